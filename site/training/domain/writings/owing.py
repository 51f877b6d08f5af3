"""Who still owes a study note or a research article (requirement Q: every cadre one of each a year)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from organisation.domain.cadres import Cadre, cadres
from organisation.domain.duty import absences_between
from organisation.enums import OWN_UNITS
from organisation.models import Appointment, Person, Unit
from training.domain.settings import training_settings
from training.enums import WritingKind, WritingState
from training.models import Writing, WritingRelease

# Who comes in the last quarter of a year begins with the next one.
LAST_DAY_THAT_COUNTS = (9, 30)


@dataclass(frozen=True)
class Owing:
    """One cadre's year. ``written``: (kind, state) -> how many; ``asked``: kind -> how many, nothing for newcomers and
    for who is released; ``released``, ``away``: why, in words, '' otherwise."""

    cadre: Cadre
    asked: dict[str, int]
    written: dict[tuple[str, str], int] = field(default_factory=dict)
    newcomer: bool = False
    released: str = ""
    away: str = ""

    def accepted(self, kind: str) -> int:
        """How many of a kind were accepted; more than are asked for count too."""
        return self.written.get((kind, WritingState.ACCEPTED), 0)

    def waiting(self, kind: str) -> int:
        """How many of a kind wait for the leader."""
        return self.written.get((kind, WritingState.HANDED_IN), 0)

    def owed(self, kind: str) -> int:
        """How many of a kind are still owed: asked for and not accepted."""
        return max(0, self.asked[kind] - self.accepted(kind))

    def to_hand_in(self, kind: str) -> int:
        """How many of a kind the person still has to hand in."""
        return max(0, self.owed(kind) - self.waiting(kind))

    @property
    def wanting(self) -> list[tuple[WritingKind, int]]:
        """How many of which kind the person still has to hand in; kinds of which none is wanting left out."""
        return [(kind, number) for kind in WritingKind if (number := self.to_hand_in(kind))]

    @property
    def owes(self) -> bool:
        """Whether anything is owed."""
        return any(self.owed(kind) for kind in WritingKind.values)


@dataclass
class UnitOwing:
    """One unit's year."""

    unit: Unit
    people: list[Owing]

    @property
    def owing(self) -> list[Owing]:
        """Those who still owe something."""
        return [one for one in self.people if one.owes]

    @property
    def asked(self) -> list[Owing]:
        """Those who are asked for something."""
        return [one for one in self.people if any(one.asked.values())]

    def accepted(self, kind: str) -> int:
        """How many of those asked have all that is asked of a kind."""
        return sum(one.owed(kind) == 0 for one in self.asked)


def day_asked(year: int, on: datetime.date | None = None) -> datetime.date:
    """The day whose posts count: `on` (today), before the year its first, after the year its last."""
    return min(max(on or timezone.localdate(), datetime.date(year, 1, 1)), datetime.date(year, 12, 31))


def owing(year: int, people: Iterable[Person] | None = None, on: datetime.date | None = None) -> list[Owing]:
    """Every cadre's year, in the order of the office's tree; ``people``: ask for these only.

    Seven queries, however many people there are.
    """
    day = day_asked(year, on)
    found = cadres(day, people=people)
    settings = training_settings()
    asked = {WritingKind.NOTE.value: settings.notes_a_year, WritingKind.ARTICLE.value: settings.articles_a_year}
    nothing = dict.fromkeys(asked, 0)
    long_enough = _here_before_the_last_quarter(year, people)
    released = _of_these(WritingRelease.objects.filter(year=year), people)
    reasons = dict(released.values_list("person_id", "reason"))
    written: dict[int, Counter[tuple[str, str]]] = {}
    rows = _of_these(Writing.objects.filter(year=year), people).order_by()
    for person, kind, state, number in rows.values_list("person_id", "kind", "state").annotate(number=Count("pk")):
        written.setdefault(person, Counter())[kind, state] = number
    absent = absences_between([one.person for one in found], day, day)
    away = {one.person_id: f"{one.get_kind_display()} {one.days}" for one in absent}
    return [
        Owing(
            cadre=one,
            asked=asked if pk in long_enough and pk not in reasons else nothing,
            written=dict(written.get(pk, {})),
            newcomer=pk not in long_enough,
            released=reasons.get(pk, ""),
            away=away.get(pk, ""),
        )
        for one, pk in ((one, one.person.pk) for one in found)
    ]


def by_unit(people: Iterable[Owing]) -> list[UnitOwing]:
    """The same, unit by unit."""
    units: dict[int, UnitOwing] = {}
    for one in people:
        units.setdefault(one.cadre.unit.pk, UnitOwing(one.cadre.unit, [])).people.append(one)
    return list(units.values())


def owing_of(person: Person, year: int) -> Owing | None:
    """One person's year; None for who is asked for nothing because they hold no post in the township's own units."""
    return next(iter(owing(year, [person])), None)


def _here_before_the_last_quarter(year: int, people: Iterable[Person] | None) -> set[int]:
    last = datetime.date(year, *LAST_DAY_THAT_COUNTS)
    held = Appointment.objects.overlapping(datetime.date(year, 1, 1), last).filter(post__unit__kind__in=OWN_UNITS)
    return set(_of_these(held, people).order_by().values_list("person_id", flat=True))


def _of_these(rows: QuerySet[Any], people: Iterable[Person] | None) -> QuerySet[Any]:
    return rows if people is None else rows.filter(person__in=[one.pk for one in people])
