"""Which version of a material somebody has to have read (requirement Q: a change is asked again where it matters)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localdate

from suite.clock.calendar import Calendar
from training.models import MaterialVersion

from .parts import parts

# Who has read an earlier version gets so many working days for one that matters, where the day asked for is nearer.
DAYS_TO_READ_AGAIN = 5


@dataclass(frozen=True, slots=True)
class Versions:
    """A material's versions: ``current``, the newest, with its key and its ``parts``; ``floor``, the newest that
    matters: that one or a later one has to have been read; ``floor_since``, the day it came."""

    current: int
    floor: int
    floor_since: datetime.date
    key: int
    parts: frozenset[int]

    def due(self, asked_until: datetime.date, confirmed: int | None, calendar: Calendar) -> datetime.date:
        """Until when somebody is asked to read it who last confirmed version ``confirmed`` (None: none)."""
        if confirmed is None or confirmed >= self.floor:
            return asked_until
        return max(asked_until, calendar.add_working_days(self.floor_since, DAYS_TO_READ_AGAIN))


def versions_of(materials: Iterable[int], until: datetime.date | None = None) -> dict[int, Versions]:
    """The versions of each of these materials that has one; one query. ``until``: as they stood on that day."""
    rows = MaterialVersion.objects.filter(material__in=list(materials)).order_by("number")
    if until is not None:
        rows = rows.filter(published_at__date__lte=until)
    current: dict[int, tuple[int, int, frozenset[int]]] = {}
    floor: dict[int, tuple[int, datetime.datetime]] = {}
    for material, number, matters, at, key, sheets, has_text, video in rows.values_list(
        "material", "number", "matters", "published_at", "pk", "sheets", "has_text", "video"
    ):
        current[material] = number, key, parts(sheets, has_text, video is not None)
        # The first always matters, whatever was written.
        if matters or material not in floor:
            floor[material] = number, at
    return {
        pk: Versions(number, floor[pk][0], localdate(floor[pk][1]), key, found)
        for pk, (number, key, found) in current.items()
    }
