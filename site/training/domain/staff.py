"""Everybody in service on a day, with unit and roles: what is asked of many people is computed from this."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.timezone import localdate

from organisation.domain.cadres import WORKS_BY
from organisation.models import Appointment, Person, Unit


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in service. ``unit``: the one they work in, None without a post; ``can_log_in``: has an account."""

    pk: int
    name: str
    unit: int | None
    can_log_in: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, with its place when the tree is read from the top."""

    pk: int
    label: str
    above: int | None
    order: int


class Staff:
    """The people in service now with their posts on a day (today where none is given): three queries, with roles four.

    ``people`` and ``units`` by key; everybody stands under the unit they work in, units in the order of the tree.
    """

    def __init__(self, on: datetime.date | None = None) -> None:
        self.on = on or localdate()
        self.units = _tree()
        working, self.posted = self._posts()
        rows = Person.objects.filter(active=True).order_by("sort_key", "pk")
        listed = [
            Member(pk, name, working.get(pk), bool(can))
            for pk, name, can in rows.values_list("pk", "name", "user__is_active")
        ]
        listed.sort(key=self._place)
        self.people = {one.pk: one for one in listed}
        self._members: dict[int, set[int]] | None = None

    def playing(self, group: int) -> set[int]:
        """The people whose accounts play the role and are not switched off."""
        if self._members is None:
            self._members = defaultdict(set)
            users = get_user_model()._default_manager.filter(is_active=True, person__isnull=False).order_by()
            for role, person in users.filter(groups__isnull=False).values_list("groups", "person"):
                self._members[role].add(person)
        return self._members.get(group, set())

    def _posts(self) -> tuple[dict[int, int], dict[int, set[int]]]:
        """Person -> the unit they work in; unit -> who has a post in it or below."""
        held = Appointment.objects.on(self.on).order_by("post__order", "pk")
        working: dict[int, tuple[int, int, int]] = {}
        posted: dict[int, set[int]] = defaultdict(set)
        for person, unit, kind in held.values_list("person", "post__unit", "kind"):
            rank = (WORKS_BY[kind], self.units[unit].order, unit)
            working[person] = min(rank, working.get(person, rank))
            node: int | None = unit
            while node is not None:
                posted[node].add(person)
                node = self.units[node].above
        return {person: rank[2] for person, rank in working.items()}, posted

    def _place(self, member: Member) -> int:
        return self.units[member.unit].order if member.unit else len(self.units)


def _tree() -> dict[int, Place]:
    below: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    rows = Unit.objects.order_by("order", "pk").values_list("pk", "parent", "short_name", "name")
    for pk, parent, short, name in rows:
        below[parent].append((pk, short or name))
    found: dict[int, Place] = {}
    waiting: list[tuple[int, str, int | None]] = [(pk, label, None) for pk, label in below[None][::-1]]
    while waiting:
        pk, label, above = waiting.pop()
        found[pk] = Place(pk, label, above, len(found))
        waiting += [(child, name, pk) for child, name in below[pk][::-1]]
    return found
