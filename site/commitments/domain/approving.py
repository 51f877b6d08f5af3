"""What waits for one leader: commitments and amendments, with on whose behalf (requirement I)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commitments.models import Amendment, Commitment
from organisation.domain.charge import Decider
from organisation.models import Person

from . import queries


@dataclass(frozen=True)
class Waiting:
    """A commitment, with the amendment of one of its promises where that is what waits.

    ``on_behalf_of``: who is away and would approve it; None where the leader does so in their own right.
    """

    commitment: Commitment
    on_behalf_of: Person | None = None
    amendment: Amendment | None = None


def commitments_waiting(user: Any) -> list[Waiting]:
    """Filed commitments that this account approves today."""
    return [
        Waiting(row, found.on_behalf_of)
        for row, found in queries.waiting_for_approval()
        if found is not None and _is(found, user)
    ]


def amendments_waiting(user: Any) -> list[Waiting]:
    """Amendments that this account decides today."""
    return [
        Waiting(row.promise.commitment, found.on_behalf_of, row)
        for row, found in queries.amendments_waiting()
        if found is not None and _is(found, user)
    ]


def unapprovable() -> list[Commitment]:
    """Filed commitments that nobody can approve: somebody has to be put in charge."""
    return [row for row, found in queries.waiting_for_approval() if found is None]


def _is(found: Decider, user: Any) -> bool:
    return found.person.user_id is not None and found.person.user_id == user.pk
