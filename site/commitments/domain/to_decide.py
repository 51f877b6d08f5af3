"""Verified commitments that wait for this account's decision (requirement I)."""

from __future__ import annotations

from typing import Any

from commitments.enums import CommitmentState
from commitments.models import Commitment

from .deciding import may_decide


def waiting_decisions(user: Any) -> list[Commitment]:
    """Those this account may decide, the month's oldest first, in the order of the tree."""
    rows = Commitment.objects.filter(state=CommitmentState.VERIFIED).select_related("person__user", "unit", "month")
    return [row for row in rows.order_by("month__first", "unit__order", "unit_id", "pk") if may_decide(user, row)]
