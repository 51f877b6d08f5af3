"""What became of people's notes and articles in a year, for a person's year and for unit tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from organisation.models import Person
from training.enums import WritingKind, WritingState
from training.models import Writing, WritingRelease


@dataclass(frozen=True)
class Row:
    """One person's year. ``note``, ``article``: how many were accepted; ``states``: every writing as (kind, state,
    title), in the order they were begun; ``released``: why nothing need be written, '' otherwise."""

    note: int = 0
    article: int = 0
    states: tuple[tuple[str, str, str], ...] = ()
    released: str = ""


def for_people(people: Iterable[Person], year: int) -> dict[int, Row]:
    """Primary key of every person -> their row; two queries."""
    keys = [one.pk for one in people]
    written: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Writing.objects.filter(year=year, person__in=keys).order_by("pk")
    for person, kind, state, title in rows.values_list("person_id", "kind", "state", "title"):
        written[person].append((kind, state, title))
    reasons = dict(
        WritingRelease.objects.filter(year=year, person__in=keys).order_by().values_list("person_id", "reason")
    )
    return {
        pk: Row(
            note=_accepted(written[pk], WritingKind.NOTE),
            article=_accepted(written[pk], WritingKind.ARTICLE),
            states=tuple(written[pk]),
            released=reasons.get(pk, ""),
        )
        for pk in keys
    }


def _accepted(written: list[tuple[str, str, str]], kind: str) -> int:
    return sum(one[0] == kind and one[1] == WritingState.ACCEPTED for one in written)
