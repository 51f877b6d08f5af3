"""What the clerk's page shows of a session (requirement H). Nothing here changes anything."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from hearings.enums import EntryKind, HearingState, ProblemState, SeatState
from hearings.models import Assent, Entry, Hearing, Officer, Problem, Representative

# So many numbers are named where something is missing; the rest is counted.
NAMED = 12


@dataclass(frozen=True)
class Speaker:
    """Who can be chosen as having said something: ``r`` or ``o`` with the key of the representative or officer."""

    value: str
    label: str


def is_open(hearing: Hearing) -> bool:
    """Whether the session is going on: what is said can be written down."""
    return hearing.state == HearingState.FIXED and hearing.begun_at is not None


def seated(hearing: Hearing) -> list[Representative]:
    """The representatives who hold a seat, village by village."""
    rows = hearing.representatives.filter(state=SeatState.SEATED).select_related("village")
    return list(rows.order_by("village__order", "village_id", "pk"))


def officers(hearing: Hearing) -> list[Officer]:
    return list(hearing.officers.select_related("person"))


def problems(hearing: Hearing) -> QuerySet[Problem]:
    """The agenda with ``said``, how many contributions stand in the record."""
    return (
        hearing.problems.select_related("village", "raised_by")
        .annotate(said=Count("entries", filter=Q(entries__removed=False)))
        .order_by("number")
    )


def speakers(representatives: Iterable[Representative], officials: Iterable[Officer]) -> list[Speaker]:
    """Everybody who may speak: those recorded as present, representatives first."""
    return [
        *(Speaker(f"r{row.pk}", named(row)) for row in representatives if row.present),
        *(Speaker(f"o{row.pk}", str(row)) for row in officials if row.present),
    ]


def named(representative: Representative) -> str:
    """The name with what the person speaks for."""
    speaks_for = representative.village or representative.represents
    return f"{representative.name}（{speaks_for}）" if speaks_for else representative.name


def speaker_of(entry: Entry) -> str:
    """Who said it, as the clerk reads it."""
    if entry.representative:
        return named(entry.representative)
    return str(entry.officer) if entry.officer else entry.speaker


@dataclass(frozen=True)
class Said:
    """A contribution as the page shows it and as its form holds it; ``who`` is a `Speaker.value`."""

    key: str
    version: int
    kind: str
    kind_label: str
    who: str
    speaker: str
    said_by: str
    text: str


def entries_of(problem: Problem) -> list[Said]:
    """What has been said to a problem, in order."""
    rows = problem.entries.filter(removed=False).select_related("representative__village", "officer__person")
    return [said(row) for row in rows.order_by("position", "pk")]


def said(row: Entry) -> Said:
    return Said(
        str(row.key),
        row.version,
        row.kind,
        str(EntryKind(row.kind).label),
        value_of(row),
        row.speaker,
        speaker_of(row),
        row.text,
    )


def value_of(entry: Entry) -> str:
    """Which `Speaker.value` said it; empty for somebody else."""
    if entry.representative_id:
        return f"r{entry.representative_id}"
    return f"o{entry.officer_id}" if entry.officer_id else ""


def next_kind(entries: list[Said]) -> str:
    """What usually comes next: question, answer, then discussion."""
    order = [EntryKind.QUESTION, EntryKind.ANSWER]
    said = {entry.kind for entry in entries}
    return next((kind for kind in order if kind not in said), EntryKind.DISCUSSION)


@dataclass(frozen=True)
class Opinion:
    """What a representative who is present said to the conclusion; ``agrees`` is None while nothing is recorded."""

    representative: Representative
    label: str
    agrees: bool | None


def opinions(problem: Problem, representatives: Iterable[Representative]) -> list[Opinion]:
    """One line for each representative who is present."""
    said = dict(Assent.objects.filter(problem=problem).values_list("representative_id", "agrees"))
    return [Opinion(row, named(row), said.get(row.pk)) for row in representatives if row.present]


def missing_to_close(agenda: Iterable[Problem]) -> list[str]:
    """What has to be done before the session can be closed, each as a sentence."""
    rows = list(agenda)
    if not rows:
        return [_("No problem is on the agenda yet: enter at least one.")]
    waiting = [row.number for row in rows if row.state == ProblemState.OPEN]
    if not waiting:
        return []
    numbers = {"count": len(waiting), "numbers": "、".join(map(str, waiting[:NAMED]))}
    if len(waiting) > NAMED:
        return [_("%(count)s problems have no outcome yet, the first of them: %(numbers)s.") % numbers]
    return [_("No outcome yet: problem %(numbers)s.") % numbers]


def digest(hearing: Hearing, agenda: Iterable[Problem], present: Iterable[str]) -> str:
    """Changes whenever the overview would look different: what another tablet asks for every few seconds."""
    rows = [[row.number, row.title, row.state, row.version] for row in agenda]
    told = json.dumps([hearing.state, str(hearing.begun_at), rows, sorted(present)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def present_values(representatives: Iterable[Representative], officials: Iterable[Officer]) -> list[str]:
    return [
        *(f"r{row.pk}" for row in representatives if row.present),
        *(f"o{row.pk}" for row in officials if row.present),
    ]
