"""Whose learning an account sees (requirement Q): all, or that of the units somebody is in charge of."""

from __future__ import annotations

from typing import Any

from organisation.domain.queries import units_in_charge
from suite.roles.domain import role_keys
from training.permissions import user_can_run, user_can_view

from .staff import Staff

# Who sees everybody's: besides those who run training, who supervises, and who heads the township.
_SEE_ALL = {"supervisor", "head"}


def units_seen(user: Any, staff: Staff) -> set[int] | None:
    """The units whose people `user` sees, with all below them: those they are in charge of today; None: everybody.

    The empty set for an account that is in charge of none.
    """
    if not user_can_view(user):
        return set()
    if user_can_run(user) or role_keys(user) & _SEE_ALL:
        return None
    person = getattr(user, "person", None)
    if person is None:
        return set()
    return staff.below(set(units_in_charge(person, staff.on).values_list("pk", flat=True)))


def people_seen(user: Any, staff: Staff) -> set[int]:
    """The people in service whose learning `user` sees, by the unit they work in."""
    units = units_seen(user, staff)
    if units is None:
        return set(staff.people)
    return {one.pk for one in staff.people.values() if one.unit in units}
