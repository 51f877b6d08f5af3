"""Who comes to a session: enrolling, the waiting list that moves up by itself, withdrawing (requirement Q).

Every change takes the session's lock first, so that the last seat is given once.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.domain.queries import people_of, standing
from organisation.models import Person, Unit
from suite import audit
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from training.domain.courses.checks import ON_THE_PLAN, check_villager
from training.domain.courses.own import served_by
from training.domain.courses.seats import free_seats, own_enrolment, waiting, why_closed
from training.enums import CourseKind, EnrolmentState, EnrolmentWay, News
from training.models import Enrolment, Session
from training.permissions import user_can_key_in, user_can_run


@transaction.atomic
def enrol(session: Session, person: Person, user: Any, now: datetime.datetime | None = None) -> Enrolment:
    """Enrol somebody of the directory: they themselves, or whoever runs training. Full: they wait.

    Raises ValidationError: not open, full without waiting list, enrolled already, no longer in service.
    """
    own = user is not None and getattr(user, "person", None) == person
    if not own:
        require_may(user, user_can_run)
    now = now or timezone.now()
    session = locked(session)
    if session.course.kind == CourseKind.VILLAGERS:
        raise ValidationError(_("This course is for villagers: they sign up on the public page or at their village."))
    if not person.active:
        raise ValidationError(_("%(name)s is no longer in service and cannot be enrolled.") % {"name": person})
    _require_open(session, now)
    if own_enrolment(session, person):
        raise ValidationError(
            _("%(name)s is enrolled in this session already: nothing more is to be done.") % {"name": person}
        )
    way = EnrolmentWay.DESK if own else EnrolmentWay.OFFICE
    return _enter(Enrolment(session=session, person=person, way=way), session, user, now)


@transaction.atomic
def sign_up(one: Enrolment, user: Any = None, now: datetime.datetime | None = None) -> Enrolment:
    """Enrol a villager: by themselves on the public site (``user`` None), or entered by an account. ``one``: unsaved.

    The village is replaced by the one that it lives on in where it was merged; the returned record then has
    ``moved_from``, the village that was chosen. Raises ValidationError as `enrol`, and: digits or a personal number in
    the name, no phone, an account that does not serve the village.
    """
    if user is not None:
        require_may(user, user_can_key_in)
    now = now or timezone.now()
    session = one.session = locked(one.session)
    if session.course.kind != CourseKind.VILLAGERS:
        raise ValidationError(_("This course is for staff: they enrol on their desk."))
    _require_open(session, now)
    chosen = one.village
    check_villager(one)
    _require_serves(user, one.village)
    one.way = EnrolmentWay.WEB if user is None else EnrolmentWay.OFFICE
    kept = _enter(one, session, user, now)
    if chosen != kept.village:
        kept.moved_from = chosen  # type: ignore[attr-defined]  # for the screen alone, never stored
    return kept


@transaction.atomic
def withdraw(one: Enrolment, user: Any = None, now: datetime.datetime | None = None) -> Enrolment:
    """Somebody does not come: by their code (``user`` None), on their desk, or told to an account: staff to who runs
    training, villagers to who serves their village as well. The next moves up.

    Raises ValidationError where the session has begun or is over, or they are not on the list any more.
    """
    if user is not None and getattr(user, "person", None) != one.person:
        require_may(user, user_can_run if one.person else user_can_key_in)
        _require_serves(user, one.village)
    session = locked(one.session)
    one = locked(one)
    require_state(session, ON_THE_PLAN, _("The session is over or cancelled: nobody withdraws from it any more."))
    if session.starts_at <= (now or timezone.now()):
        raise ValidationError(_("The session has begun: tell the trainer, who notes who is present."))
    require_state(
        one, (EnrolmentState.ENROLLED, EnrolmentState.WAITING), _("Only who is on the list can withdraw from it.")
    )
    moved(one, one.to_withdrawn, "training.withdraw", user)
    move_up(session, user)
    return one


@transaction.atomic
def have_told(one: Enrolment, user: Any) -> Enrolment:
    """The news has reached them: they have seen it on their desk, or were called."""
    one = locked(one)
    if getattr(user, "person", None) != one.person or one.person is None:
        require_may(user, user_can_run)
    if one.tell:
        audit.record(one, "training.tell", user, news=str(one.get_tell_display()))
        one.tell = ""
        one.save()
    return one


def move_up(session: Session, user: Any) -> None:
    """Free seats go to those who wait, in their order; they are told. Under the session's lock."""
    free = free_seats(session)
    for one in list(waiting(session)[:free] if free is not None else waiting(session)):
        # Who has not heard yet that it was moved hears that first: it holds the new time.
        one.tell = one.tell or News.SEAT
        moved(one, one.to_enrolled, "training.move_up", user)


def enrol_everybody(session: Session, user: Any, now: datetime.datetime) -> None:
    """Everybody in service who has a post in the unit on the day. Under the session's lock.

    Raises ValidationError where they are more than there are seats, and nobody may wait.
    """
    day = timezone.localdate(session.starts_at)
    people = people_of(session.course.unit, day).filter(active=True)
    trainer = people.exclude(pk=session.trainer_id) if session.trainer_id else people
    expected = list(trainer)
    if not session.waiting_list and 0 < session.seats < len(expected):
        raise ValidationError(
            _("%(people)s are expected and there are %(seats)s seats: enter more seats, or tick the waiting list.")
            % {"people": len(expected), "seats": session.seats}
        )
    for person in expected:
        _enter(Enrolment(session=session, person=person, way=EnrolmentWay.OFFICE), session, user, now)


def _enter(one: Enrolment, session: Session, user: Any, now: datetime.datetime) -> Enrolment:
    # Where nobody may wait, who comes too late was refused before.
    if free_seats(session) == 0:
        one = Enrolment(
            state=EnrolmentState.WAITING,
            **{name: getattr(one, name) for name in ("session", "person", "name", "phone", "village", "way")},
        )
    one.entered_by, one.entered_at = user, now
    one.save()
    audit.record(one, "training.enrol", user, after=str(one.get_state_display()))
    return one


def _require_open(session: Session, now: datetime.datetime) -> None:
    if closed := why_closed(session, now):
        raise ValidationError(closed)


def _require_serves(user: Any, village: Unit | None) -> None:
    """Whoever runs training acts for all villages, others for those they serve."""
    if user is None or user_can_run(user) or village is None:
        return
    if not served_by(user).filter(pk=standing(village).pk).exists():
        raise ValidationError(
            {"village": _("You do not serve %(village)s: choose one of your villages.") % {"village": village}}
        )
