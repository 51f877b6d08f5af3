"""承诺公示: what everybody may read of commitments, on the page as on paper (requirement I).

Only what is made here reaches a public page: approved texts, accepted amendments, and results that were decided.
Remarks of whoever returned, verified or decided, reasons for a release, and notices are not among it.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.enums import PUBLIC, AmendmentState, CommitmentState, Outcome, Source
from commitments.models import Amendment, Commitment, Month, Promise
from organisation.models import Unit
from suite.theme.dates import in_full

from .counts import Counts, commitment_counts, counts_of

MONTHS_ON_A_PAGE = 12


@dataclass(frozen=True)
class Change:
    """One field of a promise that was amended."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownAmendment:
    """An amendment that was approved: on which day, why, and what it changed."""

    day: datetime.date | None
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ShownPromise:
    """One row as it holds now; ``outcome`` and ``result`` are empty until the township decided."""

    number: int
    kind: str
    work: str
    measures: str
    goal: str
    due: datetime.date
    amendments: tuple[ShownAmendment, ...]
    outcome: str = ""
    outcome_label: str = ""
    result: str = ""


@dataclass(frozen=True)
class ShownCommitment:
    """One person's commitment. ``missed``: nothing was filed that could be approved before the month was closed."""

    name: str
    posts: str
    late: bool
    on_paper: bool
    missed: bool
    filed_on: datetime.date | None
    approved_by: str
    approved_for: str
    approved_on: datetime.date | None
    outcome: str
    outcome_label: str
    promises: tuple[ShownPromise, ...]


@dataclass(frozen=True)
class Board:
    """The commitments of one unit in one month, each person once."""

    month: Month
    unit: Unit
    counts: Counts
    commitments: list[ShownCommitment] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.unit.name}{self.month}"

    @property
    def key(self) -> str:
        """For printing: 2026-11-u12."""
        return f"{self.month.code}-u{self.unit.pk}"

    @property
    def decided(self) -> bool:
        """Whether any result is there to show."""
        return any(one.outcome for one in self.commitments)


@dataclass(frozen=True)
class UnitLine:
    """One unit in the list of a month."""

    pk: int
    name: str
    counts: Counts


@dataclass(frozen=True)
class MonthLine:
    """One month in the list of all."""

    month: Month
    counts: Counts


def month_by_code(code: str) -> Month | None:
    """2026-11; None where there is no such month."""
    try:
        first = datetime.date.fromisoformat(f"{code}-01")
    except ValueError:
        return None
    return Month.objects.filter(first=first).first()


def neighbours(month: Month) -> tuple[Month | None, Month | None]:
    """The months before and after, where there are any. Two queries."""
    months = Month.objects.order_by()
    before = months.filter(first__lt=month.first).aggregate(day=Max("first"))["day"]
    after = months.filter(first__gt=month.first).aggregate(day=Min("first"))["day"]
    return (Month(first=before) if before else None), (Month(first=after) if after else None)


def month_lines(months: Iterable[Month]) -> list[MonthLine]:
    """These months with their numbers. One query."""
    shown = list(months)
    rows: Any = Commitment.objects.filter(month__in=shown).order_by().values("month").annotate(**commitment_counts())
    counts = {row["month"]: counts_of(row) for row in rows}
    return [MonthLine(month, counts.get(month.pk, Counts())) for month in shown]


def unit_lines(month: Month) -> list[UnitLine]:
    """The units in which somebody files in that month, in the office's order. One query."""
    rows: Any = (
        Commitment.objects.filter(month=month)
        .order_by("unit__order", "unit_id")
        .values("unit_id", "unit__name", "unit__order")
        .annotate(**commitment_counts())
    )
    return [UnitLine(row["unit_id"], row["unit__name"], counts_of(row)) for row in rows]


def total(lines: Iterable[UnitLine]) -> Counts:
    """All units together."""
    return sum((line.counts for line in lines), Counts())


def board(month: Month, unit: Unit) -> Board:
    """The board of one unit, in four queries however many people and rows there are."""
    here = Commitment.objects.filter(month=month, unit=unit).order_by()
    rows: Any = here.values("month").annotate(**commitment_counts())
    counts = sum(map(counts_of, rows), Counts())
    return Board(month, unit, counts, [_shown(one) for one in _public(month, unit)] if counts.public else [])


def board_by_key(key: str) -> Board | None:
    """The board of 2026-11-u12; None where there is no such month or unit."""
    code, _mark, unit_key = key.partition("-u")
    month = month_by_code(code)
    if month is None or not (unit_key.isascii() and unit_key.isdecimal() and len(unit_key) < 19):  # noqa: PLR2004
        return None
    unit = Unit.objects.filter(pk=unit_key).first()
    return board(month, unit) if unit else None


def board_keys(months: Iterable[Month] | None = None) -> list[str]:
    """The keys of all boards with something on them, newest month first."""
    found = Commitment.objects.filter(state__in=PUBLIC)
    if months is not None:
        found = found.filter(month__in=list(months))
    pairs = found.order_by("-month__first", "unit__order", "unit_id").values_list("month__first", "unit_id").distinct()
    return [f"{first:%Y-%m}-u{unit}" for first, unit in pairs]


def _public(month: Month, unit: Unit) -> QuerySet[Commitment]:
    accepted = Amendment.objects.filter(state=AmendmentState.ACCEPTED).order_by("decided_at", "pk")
    promises = Promise.objects.select_related("kind").order_by("number")
    return (
        Commitment.objects.filter(month=month, unit=unit, state__in=PUBLIC)
        .select_related("person", "approved_by__person", "approved_for")
        .defer("draft", "remark", "release_reason")
        .prefetch_related(
            Prefetch("promises", promises.prefetch_related(Prefetch("amendments", accepted, to_attr="accepted")))
        )
        .order_by("person__sort_key", "pk")
    )


def _shown(one: Commitment) -> ShownCommitment:
    ended = one.state == CommitmentState.ENDED
    missed = ended and one.approved_at is None
    approver = getattr(one.approved_by, "person", None) if one.approved_by else None
    return ShownCommitment(
        name=one.person.name,
        posts=one.posts,
        late=one.late and not missed,
        on_paper=one.source == Source.PAPER,
        missed=missed,
        filed_on=_day(one.filed_at),
        approved_by=approver.name if approver else "",
        approved_for=one.approved_for.name if one.approved_for else "",
        approved_on=_day(one.approved_at),
        outcome=one.outcome if ended else "",
        outcome_label=one.get_outcome_display() if ended and one.outcome else "",
        promises=() if missed else tuple(_promise(row, ended) for row in one.promises.all()),
    )


def _promise(row: Promise, ended: bool) -> ShownPromise:
    return ShownPromise(
        number=row.number,
        kind=row.kind.name if row.kind else "",
        work=row.work,
        measures=row.measures,
        goal=row.goal,
        due=row.due,
        amendments=amendments_in_words(row.accepted),  # type: ignore[attr-defined]  # prefetched above
        outcome=row.outcome if ended else "",
        outcome_label=str(Outcome(row.outcome).label) if ended and row.outcome else "",
        result=row.result if ended else "",
    )


def amendments_in_words(amendments: Iterable[Amendment]) -> tuple[ShownAmendment, ...]:
    """Accepted amendments with only what they changed."""
    return tuple(ShownAmendment(_day(one.decided_at), one.reason, _changes(one)) for one in amendments)


def _changes(amendment: Amendment) -> tuple[Change, ...]:
    labels: dict[str, str] = {
        "work": _("key work"),
        "measures": pgettext("commitment", "measures"),
        "goal": _("goal"),
        "due": _("to be reached by"),
    }
    found = []
    for name, label in labels.items():
        before, after = (_in_words(name, text.get(name, "")) for text in (amendment.before, amendment.after))
        if before != after:
            found.append(Change(label, before, after))
    return tuple(found)


def _in_words(name: str, value: str) -> str:
    return in_full(datetime.date.fromisoformat(value)) if name == "due" and value else value


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(moment) if moment else None
