"""Whose learning an account sees (requirement Q), where the staff is known already."""

from __future__ import annotations

from typing import Any

from training.permissions import user_can_view

from .leaders import charges_of, sees_everybody
from .staff import Staff


def people_seen(user: Any, staff: Staff) -> set[int]:
    """The people in service among those of `leaders.people_seen`, in two queries at most beside those of `staff`."""
    if sees_everybody(user):
        return set(staff.people)
    leader = getattr(user, "person", None)
    if leader is None or not user_can_view(user):
        return set()
    led: set[int] = set().union(*(staff.posted.get(unit, ()) for unit in charges_of(leader, staff.on)))
    return (led & staff.people.keys()) - {leader.pk}
