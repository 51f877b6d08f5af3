"""What shadowing tells of a year: what somebody did of it, and how much of that has been closed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localdate

from organisation.models import Person
from suite.theme.dates import in_list
from training.enums import ShadowingState
from training.models import Shadowing


@dataclass(frozen=True)
class Row:
    """Of the year that holds the last day: ``over``, how many are; ``closed``, how many of these were closed;
    ``entries``, each that was not cancelled, in words."""

    over: int = 0
    closed: int = 0
    entries: tuple[str, ...] = ()


def for_people(people: Iterable[Person], year: int) -> dict[int, Row]:
    """Person -> their shadowing of that year, for everybody asked about; one query."""
    keys, today = [person.pk for person in people], localdate()
    last_days = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    rows = Shadowing.objects.filter(person__in=keys, until__range=last_days).exclude(state=ShadowingState.CANCELLED)
    found: dict[int, list[Shadowing]] = defaultdict(list)
    for row in rows.select_related("unit").order_by("since", "pk"):
        found[row.person_id].append(row)
    return {
        key: Row(
            over=sum(row.until < today for row in found[key]),
            closed=sum(row.state == ShadowingState.CLOSED for row in found[key]),
            entries=tuple(_told(row) for row in found[key]),
        )
        for key in keys
    }


def _told(row: Shadowing) -> str:
    return f"{in_list(row.since)}—{in_list(row.until)} {row.place}（{row.standing}）"
