"""Counting commitments: by the database, from the entries themselves, the same way on every page and paper."""

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q

from commitments.enums import PUBLIC, CommitmentState, Outcome

# Handed in and not returned. What ended without ever having been approved was missed.
_FILED = Q(state__in=(CommitmentState.FILED, CommitmentState.APPROVED, CommitmentState.REPORTED)) | (
    Q(state__in=(CommitmentState.VERIFIED, CommitmentState.ENDED), approved_at__isnull=False)
)
_ENDED = Q(state=CommitmentState.ENDED)


@dataclass(frozen=True)
class Counts:
    """How many people: ``owed`` file (without those ``released``), filed ``in_time`` and ``late``; how many are
    ``public``; and what became of those ``decided``."""

    owed: int = 0
    released: int = 0
    in_time: int = 0
    late: int = 0
    public: int = 0
    decided: int = 0
    fulfilled: int = 0
    partly: int = 0
    failed: int = 0

    @property
    def filed(self) -> int:
        return self.in_time + self.late

    @property
    def not_filed(self) -> int:
        """Not yet, or not at all once the month is over."""
        return self.owed - self.filed

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def commitment_counts() -> dict[str, Count]:
    """What to annotate commitments with so that `counts_of` finds it."""

    def number(condition: Q) -> Count:
        return Count("pk", filter=condition)

    return {
        "owed": number(~Q(state=CommitmentState.RELEASED)),
        "released": number(Q(state=CommitmentState.RELEASED)),
        "in_time": number(_FILED & Q(late=False)),
        "late_count": number(_FILED & Q(late=True)),
        "public": number(Q(state__in=PUBLIC)),
        "decided": number(_ENDED),
        "fulfilled": number(_ENDED & Q(outcome=Outcome.FULFILLED)),
        "partly": number(_ENDED & Q(outcome=Outcome.PARTLY)),
        "failed": number(_ENDED & Q(outcome=Outcome.NOT)),
    }


def counts_of(row: dict[str, Any]) -> Counts:
    """The counts in a row that was annotated with `commitment_counts`."""
    names = {one.name: f"{one.name}_count" if one.name == "late" else one.name for one in fields(Counts)}
    return Counts(**{name: row[key] or 0 for name, key in names.items()})
