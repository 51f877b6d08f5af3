"""How far a month has come, as the efficiency office reads it: numbers, who is late, what closing would count."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from commitments.enums import WRITABLE, CommitmentState
from commitments.models import Commitment, Month

# Somebody still has to act on it: the month cannot be closed.
UNSETTLED = (CommitmentState.FILED, CommitmentState.REPORTED, CommitmentState.VERIFIED)


def commitments_of(month: Month) -> QuerySet[Commitment]:
    """The month's commitments with person and unit, in the order of the office's tree."""
    rows = Commitment.objects.filter(month=month).select_related("person__user", "unit", "month")
    return rows.order_by("unit__order", "unit_id", "person__sort_key", "pk")


def numbers_of(month: Month) -> dict[str, int]:
    """State -> how many commitments of the month stand there; states nobody is in are 0. One query."""
    rows = Commitment.objects.filter(month=month).order_by().values_list("state").annotate(Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in CommitmentState.values}


def not_filed(month: Month) -> QuerySet[Commitment]:
    """Who has to file and has not, those included whose commitment was returned."""
    return commitments_of(month).filter(state__in=WRITABLE)


def is_late(month: Month) -> bool:
    """Whether the time for filing is over."""
    return month.files_until < timezone.now()


@dataclass(frozen=True)
class Closing:
    """What closing a month comes upon: who is still open, who is counted as not kept and why."""

    unsettled: list[Commitment]
    missing: list[Commitment]
    unreported: list[Commitment]


def closing(month: Month) -> Closing:
    """What would happen if the month were closed now. One query."""
    rows = list(commitments_of(month))
    return Closing(
        unsettled=[row for row in rows if row.state in UNSETTLED],
        missing=[row for row in rows if row.state in WRITABLE],
        unreported=[row for row in rows if row.state == CommitmentState.APPROVED],
    )
