"""The time in which a session's codes count: opened, opened again, closed."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.state import locked
from suite.theme.dates import in_list
from training.domain.attendance.access import user_can_take
from training.domain.attendance.records import is_open, window_of
from training.enums import SessionState
from training.models import AttendanceWindow, Session
from training.permissions import user_can_run

# How long before its beginning a session's attendance can be taken, and how long after its end codes are shown.
EARLY = datetime.timedelta(minutes=30)
LATE = datetime.timedelta(hours=1)
SHORTEST, LONGEST = 1, 120


@transaction.atomic
def open_window(session: Session, minutes: int, user: Any, now: datetime.datetime | None = None) -> AttendanceWindow:
    """Let the session's codes count for so many minutes, from `now` (aware; default: the present moment).

    Raises ValidationError for who may not take the attendance, a session that is cancelled, closed, not near yet or
    over for more than `LATE`, and for more or fewer minutes than there may be.
    """
    now = now or timezone.now()
    session = locked(session)
    require_may_take(user, session)
    require_takeable(session, user, now)
    if session.state == SessionState.HELD:
        raise ValidationError(_("This session is closed: codes are shown no more. Tick who is missing in the list."))
    if now > session.ends_at + LATE:
        raise ValidationError(
            _("The session ended at %(end)s. Tick who was there in the list, or key in the paper list.")
            % {"end": in_list(session.ends_at)}
        )
    if not SHORTEST <= minutes <= LONGEST:
        raise ValidationError(
            {"minutes": _("Choose between %(least)s and %(most)s minutes.") % {"least": SHORTEST, "most": LONGEST}}
        )
    window = window_of(session) or AttendanceWindow(session=session)
    window.opened_at = window.opened_at if is_open(window if window.pk else None, now) else now
    window.until, window.opened_by = now + datetime.timedelta(minutes=minutes), user
    window.save()
    audit.record(session, "training.open_attendance", user, until=in_list(window.until))
    return window


@transaction.atomic
def close_window(session: Session, user: Any, now: datetime.datetime | None = None) -> AttendanceWindow:
    """Let no more codes count. Raises ValidationError for who may not, and where it is not open."""
    now = now or timezone.now()
    session = locked(session)
    require_may_take(user, session)
    window = window_of(session)
    if window is None or not is_open(window, now):
        raise ValidationError(_("No codes are shown at the moment; there is nothing to close."))
    window.until = now
    window.save()
    audit.record(session, "training.close_attendance", user)
    return window


def require_may_take(user: Any, session: Session) -> None:
    """Raise ValidationError for who is not trainer, responsible for the course or the office. None is the system."""
    if user is not None and not user_can_take(user, session):
        raise ValidationError(
            _("The attendance of this session is taken by its trainer, %(contact)s or the efficiency office.")
            % {"contact": session.course.contact}
        )


def require_takeable(session: Session, user: Any, now: datetime.datetime) -> None:
    """Raise ValidationError where nobody can be recorded for the session: cancelled, not near yet; closed, except
    for the efficiency office, who may still put the list right."""
    if session.state == SessionState.CANCELLED:
        raise ValidationError(_("This session was cancelled: nobody can be recorded for it."))
    if now < session.starts_at - EARLY:
        raise ValidationError(
            _("This session begins at %(start)s. Its attendance can be taken from half an hour before.")
            % {"start": in_list(session.starts_at)}
        )
    if session.state == SessionState.HELD and user is not None and not user_can_run(user):
        raise ValidationError(_("This session is closed. Ask the efficiency office to put the list right."))
