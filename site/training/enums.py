"""The closed lists of training (requirement Q)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MaterialKind(models.TextChoices):
    DOCUMENT = "document", _("document")
    SLIDES = "slides", _("slides")
    VIDEO = "video", _("video")
    PICTURES = "pictures", _("picture series")


class Audience(models.TextChoices):
    VILLAGERS = "villagers", _("villagers and staff")
    STAFF = "staff", _("staff only")


class FileState(models.TextChoices):
    DRAWING = "drawing", pgettext_lazy("file of a material", "its pages are being drawn")
    READY = "ready", pgettext_lazy("file of a material", "ready to be read")
    REFUSED = "refused", pgettext_lazy("file of a material", "cannot be shown")


class CourseKind(models.TextChoices):
    STUDY = "study", _("monthly study")
    COACHING = "coaching", _("quarterly coaching")
    COURSE = "course", _("staff course")
    VILLAGERS = "villagers", _("training for villagers")


class Rhythm(models.TextChoices):
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("training session", "planned")
    OPEN = "open", pgettext_lazy("training session", "open for sign-up")
    HELD = "held", pgettext_lazy("training session", "held")
    CANCELLED = "cancelled", pgettext_lazy("training session", "cancelled")


class EnrolmentState(models.TextChoices):
    ENROLLED = "enrolled", pgettext_lazy("enrolment", "has a seat")
    WAITING = "waiting", pgettext_lazy("enrolment", "on the waiting list")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "withdrawn")


class EnrolmentWay(models.TextChoices):
    DESK = "desk", pgettext_lazy("enrolment", "on the desk")
    WEB = "web", pgettext_lazy("enrolment", "on the web")
    OFFICE = "office", pgettext_lazy("enrolment", "entered by the office")


class RequirementState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("required reading", "to be read")
    WITHDRAWN = "withdrawn", pgettext_lazy("required reading", "withdrawn")


class AttendanceWay(models.TextChoices):
    CODE = "code", pgettext_lazy("attendance", "by the code on the screen")
    TRAINER = "trainer", pgettext_lazy("attendance", "ticked by who took the attendance")
    PAPER = "paper", pgettext_lazy("attendance", "keyed in from the paper list")


class AttendanceState(models.TextChoices):
    RECORDED = "recorded", pgettext_lazy("attendance", "was there")
    STRUCK = "struck", pgettext_lazy("attendance", "struck out")


class CertificateState(models.TextChoices):
    ISSUED = "issued", pgettext_lazy("certificate", "issued")
    VOIDED = "voided", pgettext_lazy("certificate", "voided")


class QuizState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("quiz", "being written")
    OPEN = "open", pgettext_lazy("quiz", "open")
    CLOSED = "closed", pgettext_lazy("quiz", "closed")


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("one right answer")
    MULTIPLE = "multiple", _("several right answers")
    TRUTH = "truth", _("right or wrong")
    TEXT = "text", _("short text")


class Explained(models.TextChoices):
    EACH = "each", _("after each try")
    LAST = "last", _("once it is passed, or after the last try")
    NEVER = "never", pgettext_lazy("quiz", "never")


class AttemptState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("quiz", "under way")
    MARKING = "marking", pgettext_lazy("quiz", "waits to be marked")
    ENDED = "ended", pgettext_lazy("quiz", "ended")


class SkillLevel(models.IntegerChoices):
    """How well somebody has mastered a skill; a higher number is more."""

    USES = 1, pgettext_lazy("level of a skill", "can do it")
    SKILLED = 2, pgettext_lazy("level of a skill", "does it well")
    TEACHES = 3, pgettext_lazy("level of a skill", "can teach it")


class SkillState(models.TextChoices):
    CLAIMED = "claimed", pgettext_lazy("skill", "waiting for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("skill", "confirmed")
    REFUSED = "refused", pgettext_lazy("skill", "not confirmed")
    ENDED = "ended", pgettext_lazy("skill", "ended")


class WritingKind(models.TextChoices):
    NOTE = "note", _("study note")
    ARTICLE = "article", _("research article")


class WritingState(models.TextChoices):
    WRITING = "writing", pgettext_lazy("writing", "being written")
    HANDED_IN = "handed_in", pgettext_lazy("writing", "handed in")
    RETURNED = "returned", pgettext_lazy("writing", "returned")
    ACCEPTED = "accepted", pgettext_lazy("writing", "accepted")


# What its author changes; what others may read.
BEING_WRITTEN = (WritingState.WRITING, WritingState.RETURNED)
HANDED_IN_ONCE = (WritingState.HANDED_IN, WritingState.RETURNED, WritingState.ACCEPTED)


class VideoState(models.TextChoices):
    UPLOADING = "uploading", pgettext_lazy("video", "not all here yet")
    CHECKING = "checking", pgettext_lazy("video", "being checked")
    READY = "ready", pgettext_lazy("video", "ready")
    REFUSED = "refused", pgettext_lazy("video", "refused")


class News(models.TextChoices):
    SEAT = "seat", _("moved up to a seat")
    MOVED = "moved", pgettext_lazy("training session", "moved")
    CANCELLED = "cancelled", pgettext_lazy("training session", "cancelled")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")


class Season(models.TextChoices):
    """As villagers say it: three months each, and the weeks in which those who work elsewhere are at home."""

    SPRING = "spring", pgettext_lazy("season", "spring")
    SUMMER = "summer", pgettext_lazy("season", "summer")
    AUTUMN = "autumn", pgettext_lazy("season", "autumn")
    WINTER = "winter", pgettext_lazy("season", "winter")
    RETURNING = "returning", pgettext_lazy("season", "back home for Spring Festival")


class ShadowingState(models.TextChoices):
    """Whether one is under way follows from its days and is kept nowhere."""

    PLANNED = "planned", pgettext_lazy("shadowing", "planned")
    REPORTED = "reported", pgettext_lazy("shadowing", "report handed in")
    RETURNED = "returned", pgettext_lazy("shadowing", "report sent back")
    CLOSED = "closed", pgettext_lazy("shadowing", "closed")
    CANCELLED = "cancelled", pgettext_lazy("shadowing", "cancelled")


# Whose report is still to be written, or written anew.
REPORT_WANTED = (ShadowingState.PLANNED, ShadowingState.RETURNED)
