"""What those who were there said, so that nobody can be told from it; and until when they may say it."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from suite.theme.dates import in_full
from training.models import Session

from .records import is_over

# Fewer answers than this are not shown: among two, each knows the other's.
LEAST = 3
# Days after the session on which it may still be said: then the office has what it plans the next one by.
OPEN_DAYS = 14


@dataclass(frozen=True)
class Opinions:
    """``answers``: how many; ``shown``: enough of them; ``average`` of the ratings 1 to 5; ``words`` in no order."""

    answers: int
    shown: bool
    average: float
    words: list[str]


def last_day(session: Session) -> datetime.date:
    """The last day on which those who were there may say how it was."""
    return timezone.localdate(session.ends_at) + datetime.timedelta(days=OPEN_DAYS)


def why_too_late(session: Session, now: datetime.datetime | None = None) -> str:
    """Why nobody says any more how it was and what to do instead; "" until the end of the last day."""
    if timezone.localdate(now) <= last_day(session):
        return ""
    return _("Answers were taken until %(day)s. Tell the trainer or the office what you still want to say.") % {
        "day": in_full(last_day(session))
    }


def is_asked(session: Session, now: datetime.datetime | None = None) -> bool:
    """Whether it is over and those who were there may say how it was."""
    return is_over(session, now) and not why_too_late(session, now)


def opinions(session: Session) -> Opinions:
    """The session's feedback for who teaches and who runs training."""
    rows = list(session.feedback.values_list("rating", "words"))
    if len(rows) < LEAST:
        return Opinions(len(rows), False, 0.0, [])
    average = round(sum(rating for rating, _words in rows) / len(rows), 1)
    # Not in the order in which they came: that would tell who was first.
    return Opinions(len(rows), True, average, sorted(words for _rating, words in rows if words))
