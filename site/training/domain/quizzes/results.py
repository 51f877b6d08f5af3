"""Who of those asked has passed, unit by unit; for who runs training and for who is in charge of units."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisation.domain.cadres import cadres
from organisation.enums import UnitKind
from organisation.models import Person, Unit
from suite.theme.dates import in_list
from training.domain import whom
from training.domain.leaders import people_seen
from training.enums import AttemptState
from training.models import Attempt, Quiz

from .marking import Score, best, counted, score
from .own import due_at


@dataclass(frozen=True)
class Result:
    """How far one person is with one quiz. ``passed_at``: the end of the first try that passed; ``late``: that was, or
    today is, after the day; ``running``: a try is under way."""

    person: Person
    tries: int
    best: Score | None
    passed_at: datetime.datetime | None
    late: bool
    waits: bool
    running: bool

    @property
    def standing(self) -> str:
        """In one word for the table."""
        if self.passed_at:
            return pgettext("quiz", "passed late") if self.late else pgettext("quiz", "passed")
        if self.waits:
            return pgettext("quiz", "waits to be marked")
        said = pgettext("quiz", "not passed") if self.tries else pgettext("quiz", "not begun")
        if self.running:
            said = pgettext("quiz", "under way")
        return _("%(standing)s, overdue") % {"standing": said} if self.late else said

    @property
    def shape(self) -> str:
        """The class of the mark beside that word."""
        if self.passed_at:
            return "state-done"
        return "state-urgent" if self.late and not self.waits else "state-soon"


@dataclass(frozen=True)
class UnitResults:
    """The results of a unit's people. ``unit`` None: people without a post today."""

    unit: Unit | None
    rows: list[Result]

    @property
    def passed(self) -> int:
        return sum(row.passed_at is not None for row in self.rows)


def results(quiz: Quiz, user: Any) -> list[UnitResults]:
    """Everybody whom the quiz asks today, by the unit of their first post, as far as this account sees them."""
    people = list(whom.persons(quiz).filter(pk__in=people_seen(user).values("pk")).order_by("sort_key", "pk"))
    first = {one.person.pk: one.unit for one in cadres(timezone.localdate(), UnitKind.values, people)}
    tries: dict[int, list[Attempt]] = defaultdict(list)
    for one in counted(Attempt.objects.filter(quiz=quiz, person__in=people)).order_by("number"):
        tries[one.person_id].append(one)
    due = due_at(quiz)
    by_unit: dict[Unit | None, list[Result]] = defaultdict(list)
    for person in people:
        by_unit[first.get(person.pk)].append(_result(person, tries[person.pk], due))
    order = sorted(by_unit, key=lambda unit: (unit is None, (unit.order, unit.pk) if unit else ()))
    return [UnitResults(unit, by_unit[unit]) for unit in order]


def _result(person: Person, tries: list[Attempt], due: datetime.datetime | None) -> Result:
    ended = [one for one in tries if one.state != AttemptState.RUNNING]
    passed = min((one.ended_at for one in ended if one.ended_at and score(one).passed), default=None)
    late = due is not None and (passed or timezone.now()) > due
    waits = any(one.state == AttemptState.MARKING for one in ended)
    running = len(ended) < len(tries)
    return Result(person, len(tries), best(ended), passed, late, waits, running)


def table(units: list[UnitResults]) -> tuple[list[str], Iterator[list[Any]]]:
    """Headings and rows of the workbook with the results."""
    headings = [
        _("unit"),
        _("full name"),
        _("standing"),
        pgettext("quiz", "tries"),
        _("best result (%)"),
        _("passed at"),
    ]
    rows = (
        [
            group.unit.name if group.unit else _("without a post"),
            row.person.name,
            row.standing,
            row.tries,
            row.best.percent if row.best else None,
            in_list(row.passed_at) or None,
        ]
        for group in units
        for row in group.rows
    )
    return headings, rows
