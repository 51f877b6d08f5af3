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
from organisation.domain.queries import descendant_ids, units_in_charge
from organisation.enums import UnitKind
from organisation.models import Person, Unit
from suite.roles.domain import user_has_role
from suite.theme.dates import in_list
from training.domain import whom
from training.enums import AttemptState
from training.models import Attempt, Quiz
from training.permissions import user_can_run, user_can_view

from .marking import Score, best, counted, score
from .own import due_at


@dataclass(frozen=True)
class Result:
    """How far one person is with one quiz. ``passed_at``: the end of the first try that passed."""

    person: Person
    tries: int
    best: Score | None
    passed_at: datetime.datetime | None
    late: bool
    waits: bool

    @property
    def standing(self) -> str:
        """In one word for the table."""
        if self.passed_at:
            return pgettext("quiz", "passed late") if self.late else pgettext("quiz", "passed")
        if self.waits:
            return pgettext("quiz", "waits to be marked")
        return pgettext("quiz", "not passed") if self.tries else pgettext("quiz", "not begun")

    @property
    def shape(self) -> str:
        """The class of the mark beside that word."""
        if self.passed_at:
            return "state-done"
        return "state-urgent" if self.late else "state-soon"


@dataclass(frozen=True)
class UnitResults:
    """The results of a unit's people. ``unit`` None: people without a post today."""

    unit: Unit | None
    rows: list[Result]

    @property
    def passed(self) -> int:
        return sum(row.passed_at is not None for row in self.rows)


def seen_units(user: Any) -> set[int] | None:
    """The units whose results this account sees; None for all of them, which runs training or supervises."""
    if user_can_run(user) or user_has_role(user, "supervisor") or user.is_superuser:
        return None
    person = getattr(user, "person", None)
    if person is None or not user_can_view(user):
        return set()
    return {pk for unit in units_in_charge(person) for pk in descendant_ids(unit)}


def results(quiz: Quiz, user: Any) -> list[UnitResults]:
    """Everybody whom the quiz asks today, by the unit of their first post, as far as this account sees them."""
    people = list(whom.persons(quiz).order_by("sort_key", "pk"))
    first = {one.person.pk: one.unit for one in cadres(timezone.localdate(), UnitKind.values, people)}
    tries: dict[int, list[Attempt]] = defaultdict(list)
    for one in counted(Attempt.objects.filter(quiz=quiz, person__in=people)).order_by("number"):
        tries[one.person_id].append(one)
    seen, due = seen_units(user), due_at(quiz)
    by_unit: dict[Unit | None, list[Result]] = defaultdict(list)
    for person in people:
        unit = first.get(person.pk)
        if seen is None or (unit is not None and unit.pk in seen):
            by_unit[unit].append(_result(person, tries[person.pk], due))
    order = sorted(by_unit, key=lambda unit: (unit is None, (unit.order, unit.pk) if unit else ()))
    return [UnitResults(unit, by_unit[unit]) for unit in order]


def _result(person: Person, tries: list[Attempt], due: datetime.datetime | None) -> Result:
    ended = [one for one in tries if one.state != AttemptState.RUNNING]
    passed = min((one.ended_at for one in ended if one.ended_at and score(one).passed), default=None)
    late = due is not None and (passed or timezone.now()) > due
    waits = any(one.state == AttemptState.MARKING for one in ended)
    return Result(person, len(tries), best(ended), passed, late, waits)


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
