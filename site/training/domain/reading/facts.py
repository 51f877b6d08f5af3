"""What of a year's required reading people have read, for their year's page and tables (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max
from django.utils.timezone import localdate

from organisation.models import Person
from training.domain.staff import Staff
from training.domain.whom import persons_of
from training.enums import RequirementState
from training.models import ReadingConfirmation, Requirement

from .versions import versions_of


@dataclass(frozen=True)
class Row:
    """Materials that fell due in a year: ``asked``, and ``read``, however late.

    Asked counts by posts of the year's last day (today in the present one) and by present roles.
    """

    asked: int = 0
    read: int = 0

    @property
    def share(self) -> int:
        """Read of those asked, in per cent, rounded down; 100 where nothing was asked."""
        return self.read * 100 // self.asked if self.asked else 100


def for_people(people: Collection[Person], year: int, staff: Staff | None = None) -> dict[int, Row]:
    """The required reading of a year for each of these people, by key; ten queries however many there are.

    Read is who confirmed the newest version that mattered by the end of the year, or a later one: what changes next
    year does not spoil this one. Materials count whose requirement is not withdrawn; of who left nothing is asked.
    ``staff``: today's, where it is known.
    """
    last = min(datetime.date(year, 12, 31), localdate())
    rows = list(
        Requirement.objects.filter(state=RequirementState.ACTIVE, due__year=year, asked_at__date__lte=last).only(
            "due", "state", "material"
        )
    )
    if staff is None or staff.on != last:
        staff = Staff(last) if rows else None
    meant = persons_of(rows, last, staff)
    versions = versions_of({one.material_id for one in rows}, last)
    asked: dict[int, set[int]] = {person.pk: set() for person in people}
    for one in rows:
        if one.material_id in versions:
            for person in meant[one.pk] & asked.keys():
                asked[person].add(one.material_id)
    confirmed = ReadingConfirmation.objects.filter(person__in=list(asked), version__material__in=list(versions))
    newest = confirmed.order_by().values_list("person", "version__material").annotate(newest=Max("version__number"))
    read: dict[int, set[int]] = {pk: set() for pk in asked}
    for person, material, number in newest:
        if number >= versions[material].floor:
            read[person].add(material)
    return {pk: Row(len(materials), len(materials & read[pk])) for pk, materials in asked.items()}
