"""Who approves a commitment (requirement I): the leader in charge; for the head, whom the office names."""

from __future__ import annotations

import datetime
from typing import Any

from commitments.models import Commitment
from commitments.permissions import user_can_approve
from organisation.domain.charge import Decider, Deciders

from .settings import commitments_settings


class Approvers(Deciders):
    """Who approves what on one day, for any number of people, asked with a handful of queries."""

    def __init__(self, on: datetime.date | None = None) -> None:
        super().__init__(on, user_can_approve, commitments_settings().head_approver)


def approver_of(commitment: Commitment, on: datetime.date | None = None) -> Decider | None:
    """Who approves the commitment on the day (default: today): never its own person; None where nobody can."""
    return Approvers(on).of(commitment.person, commitment.unit)


def is_own(user: Any, commitment: Commitment) -> bool:
    """Whether the commitment is that of this account."""
    return user is not None and commitment.person.user_id is not None and commitment.person.user_id == user.pk
