"""What waits for one efficiency supervisor, by unit, and how far they have come (requirement I)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet

from commitments.enums import CommitmentState
from commitments.models import Commitment
from organisation.models import Unit

from .supervision import own_units_in


@dataclass
class UnitToVerify:
    """A unit's reported commitments; each has ``.rows`` and ``.verified``, how many of them are verified."""

    unit: Unit
    commitments: list[Any] = field(default_factory=list)


def to_verify(user: Any, among: QuerySet[Commitment]) -> list[UnitToVerify]:
    """The reported ones of `among` by unit, in the order of the tree, without those of this supervisor's own units.

    One query for the rows, and four for each month among them.
    """
    person = getattr(user, "person", None)
    own: dict[int, set[int]] = {}
    found: list[UnitToVerify] = []
    for row in _reported(among):
        if person is not None:
            if row.month_id not in own:
                own[row.month_id] = own_units_in(person, row.month)
            if row.unit_id in own[row.month_id] or row.person_id == person.pk:
                continue
        if not found or found[-1].unit != row.unit:
            found.append(UnitToVerify(row.unit))
        found[-1].commitments.append(row)
    return found


def _reported(among: QuerySet[Commitment]) -> QuerySet[Commitment]:
    rows = among.filter(state=CommitmentState.REPORTED).select_related("person", "unit", "month")
    rows = rows.annotate(rows=Count("promises"), verified=Count("promises__verification"))
    return rows.order_by("unit__order", "unit_id", F("month__first"), "person__sort_key", "pk")
