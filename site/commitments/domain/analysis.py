"""月析月评: one month by unit and by kind of work, and the twelve months up to it (requirement I).

Everything is counted by the database from commitments and promises, in QUERIES questions however many there are.
A row that stands for a commitment that was never filed is no promise: it counts with those who did not file.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.enums import PUBLIC, AmendmentState, CommitmentState, Outcome
from commitments.models import Amendment, Commitment, Month, Promise

from .board import total, unit_lines
from .counts import Counts, commitment_counts, counts_of

QUERIES = 6
TREND_MONTHS = 12


@dataclass(frozen=True)
class Results:
    """Promises that were approved, and what the township decided; ``open`` are not decided yet."""

    promises: int = 0
    fulfilled: int = 0
    partly: int = 0
    failed: int = 0

    @property
    def decided(self) -> int:
        return self.fulfilled + self.partly + self.failed

    @property
    def open(self) -> int:
        return self.promises - self.decided

    def __add__(self, other: "Results") -> "Results":
        return Results(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class UnitFigures:
    """One unit: who filed, and what became of its promises."""

    pk: int
    name: str
    counts: Counts
    results: Results


@dataclass(frozen=True)
class MonthFigures:
    """One month of the trend."""

    month: Month
    counts: Counts
    results: Results


@dataclass(frozen=True)
class Person:
    """Somebody whom the efficiency office looks at: never filed, filed late, did not keep what was promised."""

    name: str
    unit: str
    reason: str


@dataclass(frozen=True)
class Analysis:
    """``kinds``: (name, results), '' for promises without one; ``trend``: oldest first, ending with this month;
    ``amended``: promises that were changed after their approval."""

    month: Month
    as_of: datetime.date
    units: list[UnitFigures]
    kinds: list[tuple[str, Results]]
    trend: list[MonthFigures]
    amended: int = 0
    counts: Counts = field(default_factory=Counts)
    results: Results = field(default_factory=Results)

    def __str__(self) -> str:
        return str(self.month)


def analysis(month: Month, today: datetime.date | None = None) -> Analysis:
    """The figures of a month as of ``today``."""
    lines = unit_lines(month)
    by_unit, by_kind = _results(month)
    return Analysis(
        month=month,
        as_of=today or timezone.localdate(),
        units=[UnitFigures(one.pk, one.name, one.counts, by_unit.get(one.pk, Results())) for one in lines],
        kinds=by_kind,
        trend=_trend(month),
        amended=_amended(month),
        counts=total(lines),
        results=sum((results for _kind, results in by_kind), Results()),
    )


def people(month: Month) -> list[Person]:
    """Who did not file, filed late, or did not keep everything: for the efficiency office and leaders alone."""
    ended = Q(state=CommitmentState.ENDED)
    never = ~Q(state__in=[*PUBLIC, CommitmentState.FILED, CommitmentState.RELEASED]) | ended & Q(approved_at=None)
    rows: Any = (
        Commitment.objects.filter(never | Q(late=True) | ended & ~Q(outcome=Outcome.FULFILLED), month=month)
        .exclude(state=CommitmentState.RELEASED)
        .order_by("unit__order", "unit_id", "person__sort_key", "pk")
        .annotate(never=Count("pk", filter=never))
        .values_list("person__name", "unit__name", "never", "late", "state", "outcome")
    )
    return [Person(name, unit, _reason(*rest)) for name, unit, *rest in rows]


def _reason(never: int, late: bool, state: str, outcome: str) -> str:
    said = [_("not filed")] if never else []
    if late and not never:
        said.append(pgettext("commitment", "filed late"))
    if not never and state == CommitmentState.ENDED and outcome != Outcome.FULFILLED:
        said.append(str(Outcome(outcome).label))
    return "，".join(said)


def _promises(**conditions: Any) -> QuerySet[Promise]:
    return Promise.objects.filter(commitment__state__in=PUBLIC, missing=False, **conditions).order_by()


def _result_counts() -> dict[str, Count]:
    counted = {"fulfilled": Outcome.FULFILLED, "partly": Outcome.PARTLY, "failed": Outcome.NOT}
    return {"promises": Count("pk")} | {
        name: Count("pk", filter=Q(outcome=outcome)) for name, outcome in counted.items()
    }


def _results_of(row: dict[str, Any]) -> Results:
    return Results(*(row[one.name] for one in fields(Results)))


def _results(month: Month) -> tuple[dict[int, Results], list[tuple[str, Results]]]:
    """Of each unit, and of each kind of work in the office's order, those without one last. One query."""
    rows: Any = (
        _promises(commitment__month=month)
        .values(unit=F("commitment__unit"), kind_order=F("kind__order"), kind_name=F("kind__name"))
        .annotate(**_result_counts())
    )
    units: dict[int, Results] = defaultdict(Results)
    kinds: dict[tuple[bool, int, str], Results] = defaultdict(Results)
    for row in rows:
        name, found = row["kind_name"] or "", _results_of(row)
        units[row["unit"]] += found
        kinds[not name, row["kind_order"] or 0, name] += found
    return units, [(key[2], kinds[key]) for key in sorted(kinds)]


def _trend(month: Month) -> list[MonthFigures]:
    """Three queries: the months, their commitments, their promises."""
    since = _months_before(month.first, TREND_MONTHS - 1)
    months = list(Month.objects.filter(first__gte=since, first__lte=month.first).order_by("first"))
    filed: Any = Commitment.objects.filter(month__in=months).order_by().values("month").annotate(**commitment_counts())
    counts = {row["month"]: counts_of(row) for row in filed}
    kept: Any = (
        _promises(commitment__month__in=months).values(month=F("commitment__month")).annotate(**_result_counts())
    )
    results = {row["month"]: _results_of(row) for row in kept}
    return [MonthFigures(one, counts.get(one.pk, Counts()), results.get(one.pk, Results())) for one in months]


def _amended(month: Month) -> int:
    accepted = Amendment.objects.filter(promise=OuterRef("pk"), state=AmendmentState.ACCEPTED)
    return _promises(commitment__month=month).filter(Exists(accepted)).count()


def _months_before(first: datetime.date, number: int) -> datetime.date:
    year, month = divmod(first.year * 12 + first.month - 1 - number, 12)
    return datetime.date(year, month + 1, 1)
