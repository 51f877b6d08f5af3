"""What of a year's required reading people have read, for their year's page and tables (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Max
from django.utils.timezone import localdate

from organisation.models import Person
from suite.clock.domain import calendar
from training.domain.staff import Staff
from training.domain.whom import circles_of
from training.enums import RequirementState
from training.models import ReadingConfirmation, Requirement

from .arrivals import arrivals
from .versions import versions_of


@dataclass(frozen=True)
class Row:
    """Materials that fell due in a year, for newcomers on their own last day: ``asked``, and ``read``, however late.

    Asked counts by posts of the year's last day (today in the present one) and by present roles.
    """

    asked: int = 0
    read: int = 0
    # The keys of the materials that make the difference.
    unread: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def share(self) -> int:
        """Read of those asked, in per cent, rounded down; 100 where nothing was asked."""
        return self.read * 100 // self.asked if self.asked else 100


def for_people(people: Collection[Person], year: int, staff: Staff | None = None) -> dict[int, Row]:
    """The required reading of a year for each of these people, by key; eleven queries however many there are.

    Read is who confirmed the newest version that mattered by the end of the year, or a later one: what changes next
    year does not spoil this one. Materials count whose requirement is not withdrawn; of who left nothing is asked.
    ``staff``: today's, where it is known.
    """
    last = min(datetime.date(year, 12, 31), localdate())
    # What fell due before the year is asked of those who came in it.
    rows = list(
        Requirement.objects.filter(state=RequirementState.ACTIVE, due__year__lte=year, asked_at__date__lte=last)
        .only("due", "state", "material")
        .order_by("due", "pk")
    )
    asked: dict[int, set[int]] = {person.pk: set() for person in people}
    if not rows:
        return dict.fromkeys(asked, Row())
    if staff is None or staff.on != last:
        staff = Staff(last)
    circles, newcomers = circles_of(rows, last, staff), arrivals(staff, rows[0].due)
    versions, days = versions_of({one.material_id for one in rows}, last), calendar()
    for one in rows:
        if one.material_id not in versions:
            continue
        circle = circles[one.pk]
        meant = circle.people & asked.keys()
        fell_due = meant if one.due.year == year else meant & newcomers.people
        for person in fell_due:
            if person not in newcomers.people or newcomers.due(person, circle, one.due, days).year == year:
                asked[person].add(one.material_id)
    confirmed = ReadingConfirmation.objects.filter(person__in=list(asked), version__material__in=list(versions))
    newest = confirmed.order_by().values_list("person", "version__material").annotate(newest=Max("version__number"))
    read: dict[int, set[int]] = {pk: set() for pk in asked}
    for person, material, number in newest:
        if number >= versions[material].floor:
            read[person].add(material)
    return {
        pk: Row(len(materials), len(materials & read[pk]), frozenset(materials - read[pk]))
        for pk, materials in asked.items()
    }
