"""What skills tell of a year: how many somebody had confirmed at its end, and who was confirmed in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localdate

from organisation.models import Person
from training.enums import SkillState
from training.models import PersonSkill


@dataclass(frozen=True)
class Row:
    """``confirmed``: skills that counted at the end of the year (of today, while it runs), with their level in words;
    ``new``, how many of all were confirmed during the year; ``waiting``, claims nobody has decided."""

    confirmed: tuple[str, ...] = ()
    new: int = 0
    waiting: int = 0


def for_people(people: Iterable[Person], year: int) -> dict[int, Row]:
    """Person -> what they could do in that year, for everybody asked about; one query."""
    keys = [person.pk for person in people]
    last = min(datetime.date(year, 12, 31), localdate())
    rows = PersonSkill.objects.filter(person__in=keys).exclude(state=SkillState.REFUSED).select_related("skill")
    held: dict[int, list[str]] = {key: [] for key in keys}
    new, waiting = dict.fromkeys(keys, 0), dict.fromkeys(keys, 0)
    for row in rows.order_by("decided_at", "pk"):
        if row.state == SkillState.CLAIMED:
            waiting[row.person_id] += localdate(row.claimed_at) <= last
        if row.decided_at is None:
            continue
        since, until = localdate(row.decided_at), localdate(row.ended_at) if row.ended_at else None
        new[row.person_id] += since.year == year
        if since <= last and (until is None or until > last):
            held[row.person_id].append(f"{row.skill}（{row.get_level_display()}）")
    return {key: Row(tuple(held[key]), new[key], waiting[key]) for key in keys}
