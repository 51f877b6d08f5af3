"""Who has read what is asked of them and who has not, for many people at once (requirement Q).

Nothing of it is stored: it is computed from requirements, posts, versions and confirmations as they are today, in the
same number of queries for a village and for a county.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Max

from suite.clock.calendar import Calendar
from suite.clock.domain import calendar
from training.domain.staff import Member, Staff
from training.domain.whom import circles_of
from training.enums import RequirementState
from training.models import ReadingConfirmation, Requirement, SheetShown

from .arrivals import arrivals
from .parts import Left
from .versions import Versions, versions_of

NO_UNIT = 0
_SHOWN = ("version", "person", "numbers")


@dataclass
class Asked:
    """A material that is asked of people: ``due`` by person; ``confirmed``, the newest version by person."""

    pk: int
    title: str
    versions: Versions
    due: dict[int, datetime.date] = field(default_factory=dict)
    confirmed: dict[int, int] = field(default_factory=dict)

    def has_read(self, person: int) -> bool:
        return self.confirmed.get(person, 0) >= self.versions.floor

    def unread(self) -> Iterator[int]:
        """Those who are asked and have not read it, in no order."""
        return (person for person in self.due if not self.has_read(person))


@dataclass
class Count:
    """People asked to read one material, or (person, material) pairs: ``asked``, ``read``, ``overdue``."""

    asked: int = 0
    read: int = 0
    overdue: int = 0

    @property
    def unread(self) -> int:
        return self.asked - self.read

    @property
    def share(self) -> int:
        """Read of those asked, in per cent, rounded down: 100 means everybody."""
        return self.read * 100 // self.asked if self.asked else 100

    def add(self, is_read: bool, is_late: bool) -> None:
        self.asked += 1
        self.read += is_read
        self.overdue += is_late and not is_read


class Standing:
    """What is asked of these people (`people`: keys, all in service where None is given) and what of it they have read.

    ``materials`` are in the order in which they are due. ``requirement``: only what this one asks; ``material``: only
    this one; ``due_before``: only what was due before that day.
    """

    def __init__(
        self,
        staff: Staff,
        people: Collection[int] | None = None,
        *,
        requirement: int | None = None,
        material: int | None = None,
        due_before: datetime.date | None = None,
    ) -> None:
        self.staff = staff
        everybody = people is None or staff.people.keys() <= set(people)
        self._people = None if everybody else frozenset(people or ())
        found = Requirement.objects.filter(state=RequirementState.ACTIVE, material__live=True)
        if requirement is not None:
            found = found.filter(pk=requirement)
        if material is not None:
            found = found.filter(material=material)
        if due_before is not None:
            found = found.filter(due__lt=due_before)
        rows = list(found.select_related("material").only("due", "state", "material__title").order_by("-due", "-pk"))
        self.materials = self._asked(rows)
        self._read()

    def unread_by_person(self) -> Iterator[tuple[Member, list[Asked]]]:
        """Everybody who has something left to read, unit by unit, with what it is."""
        left: dict[int, list[Asked]] = defaultdict(list)
        for one in self.materials:
            for person in one.unread():
                left[person].append(one)
        return ((member, left[member.pk]) for member in self.staff.people.values() if member.pk in left)

    def left(self, people: Iterable[int]) -> dict[tuple[int, int], Left]:
        """(material, person) -> what of its present version they have still to come through; one query."""
        people, materials = set(people), {one.versions.key: one for one in self.materials}
        rows = SheetShown.objects.filter(version__in=list(materials), person__in=people)
        seen = {(version, person): numbers for version, person, numbers in rows.values_list(*_SHOWN)}
        found = {}
        for version, one in materials.items():
            for person in one.due.keys() & people:
                numbers = seen.get((version, person))
                found[one.pk, person] = Left(one.versions.parts, None if numbers is None else frozenset(numbers))
        return found

    def by_unit(self) -> dict[int, Count]:
        """Unit -> what is asked of the people who work in it, in the order of the tree; `NO_UNIT` for who has none."""
        return self._ordered(self._counted(self.materials))

    def by_unit_of(self, asked: Asked) -> dict[int, Count]:
        """The same for one material."""
        return self._ordered(self._counted([asked]))

    def total(self, asked: Asked) -> Count:
        """Everybody who is asked to read one material."""
        found = Count()
        today = self.staff.on
        for person, due in asked.due.items():
            found.add(asked.has_read(person), due < today)
        return found

    def _asked(self, rows: list[Requirement]) -> list[Asked]:
        if not rows:
            return []
        circles = circles_of(rows, staff=self.staff)
        # The last row is due first.
        newcomers = arrivals(self.staff, rows[-1].due)
        later: dict[tuple[int, int], datetime.date] = {}
        versions = versions_of({one.material_id for one in rows})
        found: dict[int, Asked] = {}
        # What is due first comes last, and so counts where several ask the same.
        for one in rows:
            if one.material_id not in versions:
                continue
            circle = circles[one.pk]
            people = circle.people if self._people is None else circle.people & self._people
            material = found.pop(one.material_id, None) or Asked(
                one.material_id, one.material.title, versions[one.material_id]
            )
            material.due.update(dict.fromkeys(people, one.due))
            for person in people & newcomers.people:
                due = newcomers.due(person, circle, one.due, self._days)
                place = one.material_id, person
                later[place] = material.due[person] = min(due, later.get(place, due))
            found[one.material_id] = material
        return [one for one in reversed(found.values()) if one.due]

    def _read(self) -> None:
        asked = {one.pk: one for one in self.materials}
        rows = ReadingConfirmation.objects.filter(version__material__in=list(asked)).order_by()
        if self._people is not None:
            rows = rows.filter(person__in=self._people)
        newest = rows.values_list("version__material", "person").annotate(newest=Max("version__number"))
        for material, person, number in newest:
            one = asked[material]
            one.confirmed[person] = number
            if number < one.versions.floor and person in one.due:
                one.due[person] = one.versions.due(one.due[person], number, self._days)

    @cached_property
    def _days(self) -> Calendar:
        return calendar()

    def _counted(self, materials: list[Asked]) -> dict[int, Count]:
        found: dict[int, Count] = defaultdict(Count)
        today, people = self.staff.on, self.staff.people
        for one in materials:
            for person, due in one.due.items():
                found[people[person].unit or NO_UNIT].add(one.has_read(person), due < today)
        return found

    def _ordered(self, found: dict[int, Count]) -> dict[int, Count]:
        last = len(self.staff.units)
        units = self.staff.units
        return dict(sorted(found.items(), key=lambda row: units[row[0]].order if row[0] else last))
