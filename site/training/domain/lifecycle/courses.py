"""A session of a course: planned, opened, moved, cancelled, closed as held (requirement Q).

``now`` is when it is done; the sample township says an earlier moment.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.audit.words import differences, values
from suite.privacy.public import reason_given
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_full, in_list
from training.domain.attendance.access import user_can_take
from training.domain.attendance.records import attended, missing_to_close
from training.domain.courses.checks import ON_THE_PLAN, check_session, moved_words, why_no_trainer
from training.domain.courses.seats import taken_seats
from training.domain.courses.series import Slot, moment
from training.enums import EnrolmentState, News, SessionState
from training.models import SeriesRule, Session
from training.permissions import user_can_run

from .enrolments import enrol_everybody, move_up

LONGEST_REASON = 300
CHANGEABLE = ("place", "village", "trainer", "guest_trainer", "seats", "waiting_list", "sign_up_until")


@transaction.atomic
def plan(session: Session, user: Any, now: datetime.datetime | None = None) -> Session:
    """Keep a new session. Raises ValidationError: past, ends before it begins, no trainer, trainer away or left."""
    require_may(user, user_can_run)
    now = now or timezone.now()
    check_session(session, now)
    session.changed_at = now
    session.save()
    audit.record(session, "training.plan_session", user, begins=in_list(session.starts_at), place=session.place)
    return session


@transaction.atomic
def open_sign_up(session: Session, user: Any, now: datetime.datetime | None = None) -> Session:
    """People may enrol from now on; where everybody of the unit is expected, they are enrolled at once."""
    require_may(user, user_can_run)
    now = now or timezone.now()
    session = locked(session)
    require_state(session, (SessionState.PLANNED,), _("Sign-up is opened once, before the session."))
    if session.starts_at <= now:
        raise ValidationError(_("This session has begun: close it as held, or cancel it."))
    moved(session, session.to_open, "training.open_session", user)
    if session.course.everybody:
        enrol_everybody(session, user, now)
    return session


@transaction.atomic
def change(session: Session, changes: Mapping[str, Any], user: Any, now: datetime.datetime | None = None) -> Session:
    """Change what is not the time: `CHANGEABLE`. More seats let those who wait move up. KeyError for another field."""
    require_may(user, user_can_run)
    now = now or timezone.now()
    session = locked(session)
    require_state(session, ON_THE_PLAN, _("A session is changed before it is held."))
    if unknown := set(changes) - set(CHANGEABLE):
        raise KeyError(unknown)
    before = values(session, list(changes))
    for name, value in changes.items():
        setattr(session, name, value)
    check_session(session, now)
    if 0 < session.seats < (taken := taken_seats(session)):
        raise ValidationError(
            {
                "seats": _("%(taken)s people have a seat already: withdraw some first, or keep as many.")
                % {"taken": taken}
            }
        )
    told = differences(before, values(session, list(changes)))
    if not told:
        return session
    session.revision += 1
    session.changed_at = now
    session.save()
    audit.record(session, "training.change_session", user, changes=told)
    move_up(session, user)
    return session


@transaction.atomic
def move(
    session: Session,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    reason: str,
    user: Any,
    now: datetime.datetime | None = None,
) -> Session:
    """Hold it at another time. Who is enrolled or waits is told: staff on their desk, villagers by a call.

    Sign-up then ends as long before it as it did. Raises ValidationError as `plan`, and for the same time.
    """
    require_may(user, user_can_run)
    now = now or timezone.now()
    session = locked(session)
    require_state(session, ON_THE_PLAN, _("A session is moved before it is held."))
    if session.starts_at <= now:
        raise ValidationError(_("This session has begun: close it as held, or cancel it and plan another."))
    reason = reason_given(reason, _("Say why it is moved: those who are enrolled read it."), LONGEST_REASON)
    if (starts_at, ends_at) == (session.starts_at, session.ends_at):
        raise ValidationError({"starts_at": _("That is when it is now: choose another time.")})
    before = session.starts_at
    if session.sign_up_until:
        session.sign_up_until += starts_at - before
    session.starts_at, session.ends_at = starts_at, ends_at
    check_session(session, now)
    session.moved_from, session.moved_reason = before, reason
    session.revision += 1
    session.changed_at = now
    session.save()
    _tell(session, News.MOVED)
    audit.record(session, "training.move_session", user, moved=moved_words(before, starts_at), reason=reason)
    return session


@transaction.atomic
def cancel(session: Session, reason: str, user: Any, now: datetime.datetime | None = None) -> Session:
    """It is not held. The reason is public; who is enrolled or waits is told."""
    require_may(user, user_can_run)
    session = locked(session)
    require_state(session, ON_THE_PLAN, _("Only a session that is still to come is cancelled."))
    session.reason = reason_given(reason, _("Say why it is cancelled: everybody reads it."), LONGEST_REASON)
    session.revision += 1
    session.changed_at = now or timezone.now()
    moved(session, session.to_cancelled, "training.cancel_session", user, reason=session.reason)
    _tell(session, News.CANCELLED)
    return session


@transaction.atomic
def close_as_held(session: Session, user: Any, now: datetime.datetime | None = None, without: str = "") -> Session:
    """It was held. Who takes its attendance may say so, too: the trainer, who is responsible for the course.

    Who was there proves it; ``without``: why nobody was recorded. Raises ValidationError before it has begun, while
    nobody is recorded and no reason is given, and while heads and rows differ and nobody said why.
    """
    session = locked(session)
    require_may(user, lambda asked: user_can_take(asked, session))
    require_state(session, ON_THE_PLAN, _("A session is closed once."))
    if session.starts_at > (now or timezone.now()):
        raise ValidationError(
            _("It begins at %(moment)s: close it after that, or cancel it.") % {"moment": in_list(session.starts_at)}
        )
    if attended(session):
        without = ""
        if missing := missing_to_close(session):
            raise ValidationError(missing)
    else:
        told = _("Nobody is recorded: take the attendance, key in the paper list, or say why there is none.")
        without = reason_given(without, told, LONGEST_REASON, "without")
    moved(session, session.to_held, "training.hold_session", user, reason=without)
    return session


@transaction.atomic
def make_from_series(slot: Slot, now: datetime.datetime) -> Session | None:
    """The session of one turn of a series, open for sign-up; None where the turn has one already.

    Where its day is no working day it says so. A trainer who is away leaves it without one: who is responsible finds
    that on the desk.
    """
    rule = SeriesRule.objects.select_for_update().select_related("course", "trainer").get(pk=slot.rule.pk)
    if rule.sessions.filter(slot=slot.first).exists():
        return None
    starts_at = moment(slot.day, rule.starts)
    session = Session(
        course=rule.course, series=rule, slot=slot.first, place=rule.place, trainer=rule.trainer,
        starts_at=starts_at, ends_at=starts_at + datetime.timedelta(minutes=rule.minutes), changed_at=now,
    )  # fmt: skip
    if why_no_trainer(session):
        session.trainer = None
    if slot.day != slot.regular:
        session.moved_from = moment(slot.regular, rule.starts)
        session.moved_reason = _("%(day)s is no working day: held on the next one.") % {"day": in_full(slot.regular)}
    session.save()
    audit.record(session, "training.plan_session", None, begins=in_list(starts_at), place=session.place)
    return open_sign_up(session, None, now)


def _tell(session: Session, news: News) -> None:
    """What those who are enrolled or wait have to hear; the newest news alone."""
    session.enrolments.filter(state__in=[EnrolmentState.ENROLLED, EnrolmentState.WAITING]).update(tell=news)
