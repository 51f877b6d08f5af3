"""What came of a draw."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from suite.draw.algorithm import Outcome
from suite.draw.listing import Candidate
from suite.draw.models import Draw


@dataclass(frozen=True)
class Drawn:
    """One candidate of a draw that was carried out, with what they came to; ``place``: 1 came up first."""

    place: int
    candidate: Candidate
    outcome: Outcome


def result_of(draw: Draw) -> list[Drawn]:
    """Every candidate in the order of the draw; [] before it is carried out."""
    people = {one.key: one for one in draw.people}
    return [Drawn(place, people[key], Outcome(outcome)) for place, (key, outcome) in enumerate(draw.result or [], 1)]


def selected(draw: Draw) -> list[str]:
    """The keys of those drawn, in the order in which they came up; [] before the draw is carried out."""
    return [key for key, outcome in draw.result or [] if outcome != Outcome.WAITING]


def waiting_lists(draw: Draw) -> dict[str, list[str]]:
    """Stratum -> keys of those not drawn, who is next first. Strata without anybody waiting are left out."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for one in result_of(draw):
        if one.outcome == Outcome.WAITING:
            waiting[one.candidate.stratum].append(one.candidate.key)
    return dict(waiting)


def waiting_list(draw: Draw, stratum: str | None = None) -> list[str]:
    """Keys of those not drawn, who is next first: of one stratum, or (None) of all, for an open seat."""
    return [
        one.candidate.key
        for one in result_of(draw)
        if one.outcome == Outcome.WAITING and stratum in (None, one.candidate.stratum)
    ]


def draws_of(kind: str, key: object) -> QuerySet[Draw]:
    """All draws on one subject, the first one first; the last one counts."""
    return Draw.objects.of(kind, key)
