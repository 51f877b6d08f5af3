"""What those who were there think of a session: once each, without a name."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suite.privacy import require_public
from suite.state import locked
from training.domain.attendance.records import own_attendance, there
from training.domain.attendance.told import why_too_late
from training.models import Attendance, Enrolment, Feedback, Session

_WORDS = 500


@transaction.atomic
def give(
    session: Session,
    rating: int,
    words: str,
    *,
    user: Any = None,
    enrolment: Enrolment | None = None,
    now: datetime.datetime | None = None,
) -> Feedback:
    """Say how useful a session was (1 to 5) and, if one likes, in words.

    By the account's person, or by the enrolment of somebody without account. Nothing keeps who said what, nor when.
    Raises ValidationError for who was not there, the second time, before the session has begun, after the last
    day (`told.last_day`), for another rating, and for words that are too long or hold a personal number.
    """
    session = locked(session)
    mine = _mine(session, user, enrolment)
    if mine is None:
        raise ValidationError(
            _("Only who was there says how it was. If you were, ask the trainer to put the list right.")
        )
    if mine.answered:
        raise ValidationError(_("You have answered already; one answer from each is counted."))
    now = now or timezone.now()
    if now < session.starts_at:
        raise ValidationError(_("The session has not begun. Answer when it is over."))
    if late := why_too_late(session, now):
        raise ValidationError(late)
    if not 1 <= rating <= 5:  # noqa: PLR2004 - from useless to very useful
        raise ValidationError({"rating": _("Choose one of the five answers.")})
    words = words.strip()
    if len(words) > _WORDS:
        raise ValidationError({"words": _("Say it in at most %(most)s characters.") % {"most": _WORDS}})
    require_public({"words": words})
    mine.answered = True
    mine.save()
    given = Feedback(session=session, rating=rating, words=words)
    given.save()
    return given


def _mine(session: Session, user: Any, enrolment: Enrolment | None) -> Attendance | None:
    if enrolment is not None:
        return there(session).filter(enrolment=enrolment).first()
    person = getattr(user, "person", None)
    return own_attendance(session, person.pk if person else None)
