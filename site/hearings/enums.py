"""States and kinds of efficiency hearings 效能听证 (requirement H), and their named groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TopicState(models.TextChoices):
    """What became of a problem that somebody reported."""

    REPORTED = "reported", _("waiting for the efficiency office")
    MERGED = "merged", _("put together with a similar one")
    ANSWERED = "answered", _("answered directly")
    TAKEN = "taken", _("taken to a hearing")


class HearingState(models.TextChoices):
    COLLECTING = "collecting", _("collecting topics")
    PLANNED = "planned", _("planned")
    NOTIFIED = "notified", _("notified")
    FIXED = "fixed", _("representatives fixed")
    HELD = "held", _("held")
    PUBLISHED = "published", _("minutes published")
    FOLLOWING = "following", _("following up")
    CLOSED = "closed", _("closed")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


# What was announced may still be changed, postponed or called off.
BEFORE_THE_SESSION = (HearingState.PLANNED, HearingState.NOTIFIED, HearingState.FIXED)
# The session has taken place.
AFTER_THE_SESSION = (HearingState.HELD, HearingState.PUBLISHED, HearingState.FOLLOWING, HearingState.CLOSED)
# Nothing more happens.
ENDED = (HearingState.CLOSED, HearingState.CANCELLED)


class PostingKind(models.TextChoices):
    """How a notice reached those who read no screen."""

    POSTER = "poster", _("poster on a board")
    BROADCAST = "broadcast", _("village broadcast")


class Way(models.TextChoices):
    """How somebody comes to be a representative."""

    VOLUNTEER = "volunteer", _("signed up")
    INVITED = "invited", _("invited")


class Source(models.TextChoices):
    """Who typed something in."""

    WEB = "web", _("on the public site")
    PAPER = "paper", _("on paper, keyed in")
    OFFICE = "office", _("by the office")


class SeatState(models.TextChoices):
    APPLIED = "applied", _("signed up")
    INVITED = "invited", _("invited, has not answered yet")
    SEATED = "seated", _("representative")
    WAITING = "waiting", _("on the waiting list")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrew")


# These hold a place in the hearing, or wait for one.
TAKING_PART = (SeatState.APPLIED, SeatState.INVITED, SeatState.SEATED, SeatState.WAITING)


class OfficerRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    OFFICER = "officer", _("hearing officer")
    CLERK = "clerk", _("clerk")


class ProblemState(models.TextChoices):
    """What the session came to. There is no third outcome: silence is no consensus."""

    OPEN = "open", _("not yet heard to the end")
    AGREED = "agreed", _("agreed conclusion")
    STUDIED = "studied", _("no conclusion: the township studies it")


class EntryKind(models.TextChoices):
    QUESTION = "question", _("question")
    ANSWER = "answer", _("answer")
    DISCUSSION = "discussion", _("discussion")


class MeasureKind(models.TextChoices):
    DONE = "done", _("done on the spot")
    PLANNED = "planned", pgettext_lazy("measure", "planned")
    COMMITMENT = "commitment", _("cannot be done now: time-limited commitment")
    STUDY = "study", _("study by the township")


class MeasureState(models.TextChoices):
    OPEN = "open", _("being done")
    DONE = "done", _("carried out")
    EXPLAINED = "explained", _("publicly explained why not")


class CorrectionState(models.TextChoices):
    OPEN = "open", _("waiting for the clerk")
    TAKEN_OVER = "taken_over", _("taken over")
    REFUSED = "refused", _("not taken over")


class FeedbackKind(models.TextChoices):
    """How the fulfilment is made public (requirement H)."""

    COLUMN = "column", _("open-affairs column")
    LETTER = "letter", _("notice letter to who raised it")
    CIRCULAR = "circular", _("circular")
