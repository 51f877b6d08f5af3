"""Figures of a half-year: problems by village and theme, what they came to, whether promises were kept (issue 5).

Everything is counted by the database, in QUERIES questions however many hearings there were. A problem belongs to the
half-year in which its hearing was held; a measure to that of its problem; an answer to the one in which it was given.
"""

import datetime
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from hearings.enums import AFTER_THE_SESSION, MeasureState, ProblemState, TopicState
from hearings.models import Hearing, Measure, Problem, Topic

QUERIES = 6
_JULY = 7


@dataclass(frozen=True, order=True)
class HalfYear:
    """``half``: 1 January to June, 2 July to December."""

    year: int
    half: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def begins(self) -> datetime.date:
        return datetime.date(self.year, 1 if self.half == 1 else _JULY, 1)

    @property
    def before(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half > 1 else HalfYear(self.year - 1, 2)

    @property
    def after(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        """From the first moment to the first of the next half-year."""
        first, last = (
            timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
            for day in (self.begins, self.after.begins)
        )
        return first, last

    def __str__(self) -> str:
        return f"{self.year}年{'上' if self.half == 1 else '下'}半年"


def half_year_of(day: datetime.date) -> HalfYear:
    """The half-year a day lies in."""
    return HalfYear(day.year, 1 if day.month < _JULY else 2)


def half_year_by_key(key: str) -> HalfYear | None:
    """2026-2; None for anything else."""
    year, _dash, half = key.partition("-")
    if len(year) == 4 and year.isascii() and year.isdecimal() and half in ("1", "2") and int(year) > 1:  # noqa: PLR2004
        return HalfYear(int(year), int(half))
    return None


@dataclass
class Counts:
    """Problems and their measures. ``on_time`` … ``explained`` add up to ``measures``."""

    problems: int = 0
    concluded: int = 0
    studied: int = 0
    measures: int = 0
    on_time: int = 0
    late: int = 0
    running: int = 0
    overdue: int = 0
    explained: int = 0
    moved: int = 0

    def add(self, other: "Counts") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@dataclass(frozen=True)
class Answers:
    """Days from report to answer, of topics answered in the half-year; ``direct``: without a hearing."""

    reported: int
    waiting: int
    direct: int
    heard: int
    days: tuple[int, ...]

    @property
    def median(self) -> float | None:
        return statistics.median(self.days) if self.days else None

    @property
    def longest(self) -> int | None:
        return max(self.days, default=None)

    def within(self, least: int, most: int | None) -> int:
        """How many were answered in ``least`` to ``most`` days."""
        return sum(1 for day in self.days if day >= least and (most is None or day <= most))


@dataclass(frozen=True)
class Figures:
    """``villages`` and ``themes``: (name, counts), '' for problems without one; in the office's order."""

    period: HalfYear
    as_of: datetime.date
    hearings: list[Hearing]
    villages: list[tuple[str, Counts]]
    themes: list[tuple[str, Counts]]
    total: Counts
    answers: Answers


def figures(period: HalfYear, today: datetime.date | None = None) -> Figures:
    """The figures of a half-year as of ``today``."""
    today = today or timezone.localdate()
    first, last = period.moments()
    held = Q(state__in=AFTER_THE_SESSION, held_at__gte=first, held_at__lt=last)
    of_hearing = Q(**{f"hearing__{name}": value for name, value in held.children})  # type: ignore[misc]
    problems = (
        Problem.objects.filter(of_hearing)
        .order_by()
        .values(**_groups(""))
        .annotate(
            problems=Count("pk"),
            concluded=Count("pk", filter=Q(state=ProblemState.AGREED)),
            studied=Count("pk", filter=Q(state=ProblemState.STUDIED)),
        )
    )
    of_problem = Q(**{f"problem__hearing__{name}": value for name, value in held.children})  # type: ignore[misc]
    done, running = Q(state=MeasureState.DONE), Q(state=MeasureState.OPEN)
    kept = Q(due=None) | Q(ended_on=None) | Q(ended_on__lte=F("due"))
    measures = (
        Measure.objects.filter(of_problem)
        .order_by()
        .values(**_groups("problem__"))
        .annotate(
            measures=Count("pk", distinct=True),
            on_time=Count("pk", filter=done & kept, distinct=True),
            late=Count("pk", filter=done & ~kept, distinct=True),
            running=Count("pk", filter=running & (Q(due=None) | Q(due__gte=today)), distinct=True),
            overdue=Count("pk", filter=running & Q(due__lt=today), distinct=True),
            explained=Count("pk", filter=Q(state=MeasureState.EXPLAINED), distinct=True),
            moved=Count("pk", filter=Q(date_changes__isnull=False), distinct=True),
        )
    )
    rows: list[Any] = [*problems, *measures]
    total = Counts()
    for row in rows:
        total.add(_counts(row))
    return Figures(
        period=period,
        as_of=today,
        hearings=list(Hearing.objects.filter(held).order_by("held_at")),
        villages=_by("village", rows),
        themes=_by("theme", rows),
        total=total,
        answers=_answers(first, last),
    )


def _groups(prefix: str) -> dict[str, F]:
    """What is counted apart: village and theme, with their places in the office's order."""
    names = {"village_order": "village__order", "village_name": "village__name"}
    names |= {"theme_order": "theme__order", "theme_name": "theme__name"}
    return {name: F(f"{prefix}{path}") for name, path in names.items()}


def _by(name: str, rows: Iterable[dict[str, Any]]) -> list[tuple[str, Counts]]:
    """The rows added up by village or theme; those without one last."""
    found: dict[tuple[bool, object, str], Counts] = defaultdict(Counts)
    for row in rows:
        label = str(row[f"{name}_name"] or "")
        found[not label, row[f"{name}_order"] or 0, label].add(_counts(row))
    return [(key[2], found[key]) for key in sorted(found, key=lambda key: (key[0], str(key[1]).zfill(6), key[2]))]


def _counts(row: dict[str, Any]) -> Counts:
    names = {field.name for field in fields(Counts)}
    return Counts(**{name: value for name, value in row.items() if name in names})


def _answers(first: datetime.datetime, last: datetime.datetime) -> Answers:
    """Three questions: the pool, direct answers, those heard. A topic put together with another counts with it."""
    pool = Topic.objects.filter(reported_at__gte=first, reported_at__lt=last).aggregate(
        reported=Count("pk"), waiting=Count("pk", filter=Q(state=TopicState.REPORTED))
    )
    direct = Topic.objects.filter(state=TopicState.ANSWERED, answered_at__gte=first, answered_at__lt=last)
    spans = [*direct.values_list("reported_at", "answered_at")]
    heard = (
        Problem.objects.filter(closed_at__gte=first, closed_at__lt=last, topic__isnull=False)
        .exclude(state=ProblemState.OPEN)
        .order_by()
        .values_list("topic__reported_at", "closed_at")
    )
    later = list(heard)
    days = sorted((_day(until) - _day(since)).days for since, until in [*spans, *later] if since and until)
    return Answers(pool["reported"], pool["waiting"], len(spans), len(later), tuple(max(0, one) for one in days))


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)
