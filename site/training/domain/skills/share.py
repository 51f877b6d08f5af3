"""How many cadres have mastered a skill or two, by unit (R0 aims at more than 80 %)."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from organisation.domain.cadres import Cadre
from organisation.models import Person, Unit
from training.enums import SkillState
from training.models import PersonSkill

# Per cent of the cadres who should have one.
AIM = 80


@dataclass(frozen=True)
class Share:
    """Of ``people`` so many have no confirmed skill, one, or more. ``unit`` is None for all together."""

    unit: Unit | None
    none: tuple[Person, ...]
    one: int
    more: int

    @property
    def people(self) -> int:
        return len(self.none) + self.one + self.more

    @property
    def percent(self) -> str:
        """Those with at least one, in per cent with one decimal, rounded down: what is not more than 80 % never
        looks so."""
        tenths = 1000 * (self.one + self.more) // self.people if self.people else 0
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def reached(self) -> bool:
        """Whether more than AIM per cent have one."""
        return self.people > 0 and 100 * (self.one + self.more) > AIM * self.people


def shares(among: Iterable[Cadre]) -> tuple[Share, list[Share]]:
    """All together, and each unit in the order given; one query."""
    people = list(among)
    counted = skills_confirmed([one.person.pk for one in people])
    by_unit: dict[int, list[Cadre]] = defaultdict(list)
    for one in people:
        by_unit[one.unit.pk].append(one)
    rows = [_share(members[0].unit, members, counted) for members in by_unit.values()]
    return _share(None, people, counted), rows


def skills_confirmed(people: Iterable[int], on: datetime.date | None = None) -> Counter[int]:
    """Person -> skills that are confirmed now, or were at the end of the day ``on``; one query."""
    rows = PersonSkill.objects.filter(person__in=list(people)).order_by()
    if on is None:
        rows = rows.filter(state=SkillState.CONFIRMED)
    else:
        confirmed = rows.filter(state__in=(SkillState.CONFIRMED, SkillState.ENDED), decided_at__date__lte=on)
        rows = confirmed.exclude(ended_at__date__lte=on)
    return Counter(rows.values_list("person", flat=True))


def _share(unit: Unit | None, members: list[Cadre], counted: Counter[int]) -> Share:
    held = [counted[one.person.pk] for one in members]
    none = tuple(one.person for one in members if not counted[one.person.pk])
    return Share(unit, none, held.count(1), sum(number > 1 for number in held))
