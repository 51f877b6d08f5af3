"""What the screens, the desk and the papers ask about months and commitments."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from commitments.enums import (
    HANDED_IN,
    PUBLIC,
    WRITABLE,
    AmendmentState,
    CommitmentState,
    MonthState,
)
from commitments.models import Amendment, Commitment, Month, Promise
from organisation.domain.charge import Decider

from .responsibility import Approvers


def month_of(code: str) -> Month | None:
    """The month of an address, "2026-11"; None where it is not open, or there is none of that name."""
    try:
        first = datetime.date.fromisoformat(f"{code}-01")
    except ValueError:
        return None
    return Month.objects.filter(first=first).first()


def running_months() -> QuerySet[Month]:
    """Months that are not closed, the newest first."""
    return Month.objects.exclude(state=MonthState.CLOSED)


def commitments_of(month: Month) -> QuerySet[Commitment]:
    """All of a month, with person and unit, in the order of units and names."""
    return month.commitments.select_related("person", "unit", "month")


def own(user: Any) -> QuerySet[Commitment]:
    """All commitments of an account's person, the newest first."""
    return Commitment.objects.filter(person__user=user).select_related("month", "unit", "person")


def handed_in(month: Month) -> QuerySet[Commitment]:
    """Those that were filed, whatever became of them since."""
    return commitments_of(month).filter(state__in=HANDED_IN)


def public(month: Month) -> QuerySet[Commitment]:
    """Those that everybody may read, each with its promises and their accepted amendments."""
    accepted = Amendment.objects.filter(state=AmendmentState.ACCEPTED)
    promises = Promise.objects.select_related("kind").prefetch_related(Prefetch("amendments", accepted))
    return commitments_of(month).filter(state__in=PUBLIC).prefetch_related(Prefetch("promises", promises))


def not_filed(month: Month) -> QuerySet[Commitment]:
    """Those that are still to be filed, or filed again."""
    return commitments_of(month).filter(state__in=WRITABLE)


def waiting_for_approval() -> list[tuple[Commitment, Decider | None]]:
    """Every filed commitment with who approves it today; None where nobody can."""
    filed = Commitment.objects.filter(state=CommitmentState.FILED).select_related("person", "unit", "month")
    return _with_approvers(list(filed.order_by("month__first", "unit__order", "unit_id", "filed_at", "pk")))


def amendments_waiting() -> list[tuple[Amendment, Decider | None]]:
    """Every amendment that waits, with who decides it today; None where nobody can."""
    waiting = Amendment.objects.filter(state=AmendmentState.PROPOSED).select_related(
        "promise__commitment__person", "promise__commitment__unit", "promise__commitment__month"
    )
    found = list(waiting)
    approvers = _with_approvers([one.promise.commitment for one in found])
    return [(one, approver) for one, (_commitment, approver) in zip(found, approvers, strict=True)]


def _with_approvers(commitments: list[Commitment]) -> list[tuple[Commitment, Decider | None]]:
    if not commitments:
        return []
    approvers = Approvers()
    return [(one, approvers.of(one.person, one.unit)) for one in commitments]
