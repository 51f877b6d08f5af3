"""States and kinds of monthly commitments 月承诺 (requirement I), and their named groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MonthState(models.TextChoices):
    OPEN = "open", pgettext_lazy("month", "open: filed and carried out")
    REPORTING = "reporting", _("results are reported and verified")
    CLOSED = "closed", pgettext_lazy("month", "closed")


class CommitmentState(models.TextChoices):
    """Where one person's commitment of one month stands."""

    OWED = "owed", pgettext_lazy("commitment", "not filed yet")
    FILED = "filed", pgettext_lazy("commitment", "filed, waits for approval")
    RETURNED = "returned", pgettext_lazy("commitment", "returned with a remark")
    APPROVED = "approved", pgettext_lazy("commitment", "approved and public")
    REPORTED = "reported", pgettext_lazy("commitment", "result reported, waits for the supervisor")
    VERIFIED = "verified", pgettext_lazy("commitment", "verified, waits for the township")
    ENDED = "ended", pgettext_lazy("commitment", "decided")
    RELEASED = "released", pgettext_lazy("commitment", "need not be filed")


# The person may still write it.
WRITABLE = (CommitmentState.OWED, CommitmentState.RETURNED)
# It was handed in, whatever became of it since.
HANDED_IN = (
    CommitmentState.FILED,
    CommitmentState.APPROVED,
    CommitmentState.REPORTED,
    CommitmentState.VERIFIED,
    CommitmentState.ENDED,
)
# Everybody may read it.
PUBLIC = (CommitmentState.APPROVED, CommitmentState.REPORTED, CommitmentState.VERIFIED, CommitmentState.ENDED)
# Nothing more happens.
SETTLED = (CommitmentState.ENDED, CommitmentState.RELEASED)


class Source(models.TextChoices):
    """Who typed a commitment in."""

    DESK = "desk", pgettext_lazy("commitment", "on the desk")
    PAPER = "paper", pgettext_lazy("commitment", "on paper, keyed in")


class Outcome(models.TextChoices):
    """What became of a promise: as the person reports it, and as the township decides."""

    FULFILLED = "fulfilled", pgettext_lazy("promise", "fulfilled")
    PARTLY = "partly", pgettext_lazy("promise", "partly fulfilled")
    NOT = "not", pgettext_lazy("promise", "not fulfilled")


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("amendment", "waits for approval")
    ACCEPTED = "accepted", pgettext_lazy("amendment", "approved")
    REFUSED = "refused", pgettext_lazy("amendment", "refused")


class VerificationWay(models.TextChoices):
    """How the supervisor looked at it (R2)."""

    VISIT = "visit", _("visit")
    PHONE = "phone", _("by phone")
    PAPERS = "papers", _("papers looked at")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    DRAWN = "drawn", pgettext_lazy("meeting", "speakers drawn")
    HELD = "held", pgettext_lazy("meeting", "held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class Grade(models.TextChoices):
    """What follows from a promise that was not kept, from light to grave (requirement I)."""

    EXPLAIN = "explain", _("explain yourself")
    TALK = "talk", _("admonishing talk")
    RECTIFY = "rectify", _("rectify by a date")


class NoticeState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("served notice", "waits for approval")
    REFUSED = "refused", pgettext_lazy("served notice", "not approved")
    APPROVED = "approved", pgettext_lazy("served notice", "approved, to be served")
    SERVED = "served", pgettext_lazy("served notice", "served, to be answered")
    OBJECTED = "objected", pgettext_lazy("served notice", "objected to")
    ANSWERED = "answered", pgettext_lazy("served notice", "answered, to be checked")
    CLOSED = "closed", pgettext_lazy("served notice", "closed")
    ESCALATED = "escalated", pgettext_lazy("served notice", "passed on to a graver one")
    WITHDRAWN = "withdrawn", pgettext_lazy("served notice", "withdrawn")


# Something is still to be done about it.
PENDING = (
    NoticeState.PROPOSED,
    NoticeState.APPROVED,
    NoticeState.SERVED,
    NoticeState.OBJECTED,
    NoticeState.ANSWERED,
)
# It counts when the next one is graded: it was served and stands.
COUNTING = (NoticeState.SERVED, NoticeState.OBJECTED, NoticeState.ANSWERED, NoticeState.CLOSED, NoticeState.ESCALATED)


class Service(models.TextChoices):
    """How a notice reached the person."""

    DESK = "desk", _("acknowledged on the desk")
    PAPER = "paper", _("handed over on paper")
