"""Whose attendance somebody may take, key in and see (requirement Q)."""

from typing import Any

from django.db.models import Q, QuerySet

from organisation.domain.queries import villages_of
from training.enums import SessionState
from training.models import Session
from training.permissions import user_can_key_in, user_can_run


def user_can_take(user: Any, session: Session) -> bool:
    """Open the attendance, tick, strike out: the trainer, who is responsible for the course, the efficiency office."""
    if user_can_run(user):
        return True
    person = getattr(user, "person", None)
    return person is not None and person.pk in (session.trainer_id, session.course.contact_id)


def user_can_key_in_for(user: Any, session: Session) -> bool:
    """Key in the paper list: who takes the attendance, and of a village's session those who serve that village."""
    if user_can_take(user, session):
        return True
    person = getattr(user, "person", None)
    if person is None or session.village_id is None or not user_can_key_in(user):
        return False
    return villages_of(person).filter(pk=session.village_id).exists()


def sessions_of(user: Any) -> QuerySet[Session]:
    """The sessions that this account may take or key in, not cancelled, newest first."""
    rows = Session.objects.exclude(state=SessionState.CANCELLED).select_related("course", "trainer", "village")
    rows = rows.order_by("-starts_at", "-pk")
    if user_can_run(user):
        return rows
    person = getattr(user, "person", None)
    if person is None:
        return rows.none()
    own = Q(trainer=person) | Q(course__contact=person)
    return rows.filter(own | Q(village__in=villages_of(person))) if user_can_key_in(user) else rows.filter(own)
