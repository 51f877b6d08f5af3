"""Whose a writing is, who decides about it and who may read it (requirement Q)."""

from __future__ import annotations

import datetime
from typing import Any

from organisation.domain.cadres import cadres
from organisation.domain.charge import Decider, Deciders
from organisation.domain.queries import posts_of
from organisation.models import Person, Unit
from suite.roles.domain import user_has_role
from training.enums import HANDED_IN_ONCE
from training.models import Writing
from training.permissions import user_can_run, user_can_view


def deciders(on: datetime.date | None = None) -> Deciders:
    """Who accepts what on one day, for any number of people."""
    return Deciders(on, user_can_view)


def decider_of(writing: Writing) -> Decider | None:
    """Who accepts the writing today: the leader in charge or who stands in; None where the office has to."""
    return deciders().of(writing.person, writing.unit) if writing.unit else None


def is_own(user: Any, writing: Writing) -> bool:
    """Whether the writing is that of this account."""
    return user is not None and writing.person.user_id is not None and writing.person.user_id == user.pk


def decides(user: Any, writing: Writing) -> bool:
    """Whether this account accepts or returns it today: never the author; the office where no leader can."""
    if user is None or is_own(user, writing):
        return False
    found = decider_of(writing)
    return user_can_run(user) if found is None else found.person.user_id == user.pk


def may_read(user: Any, writing: Writing) -> bool:
    """The author always; once it was handed in the office, the supervisor and who decides or has decided about it."""
    if user is None or not user.is_authenticated:
        return False
    if is_own(user, writing):
        return True
    if writing.state not in HANDED_IN_ONCE:
        return False
    return sees_all(user) or writing.decided_by_id == user.pk or decides(user, writing)


def sees_all(user: Any) -> bool:
    """Whether this account reads everything that was handed in: the efficiency office and supervisors."""
    return user_can_run(user) or (user_can_view(user) and user_has_role(user, "supervisor"))


def unit_of(person: Person, on: datetime.date) -> Unit | None:
    """Where somebody works on the day: among the township's cadres, else wherever they hold a post."""
    if found := cadres(on, people=[person]):
        return found[0].unit
    held = posts_of(person, on).first()
    return held.post.unit if held else None
