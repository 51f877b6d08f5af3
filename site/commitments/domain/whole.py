"""One commitment whole, row by row, as everybody reads it who approves, verifies or decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from commitments.enums import AmendmentState
from commitments.models import Amendment, Commitment, Promise, Verification

from .promise_evidence import evidence_by_promise


@dataclass(frozen=True)
class Whole:
    """A promise with what belongs to it: changes that were approved, evidence, what the supervisor found."""

    promise: Promise
    verification: Verification | None
    evidence: list[Any]
    changes: list[Amendment] = field(default_factory=list)
    asked: Amendment | None = None


def whole(commitment: Commitment) -> list[Whole]:
    """The commitment's promises in their order. Four queries, however many rows."""
    return wholes([commitment])[commitment.pk]


def wholes(commitments: Iterable[Commitment]) -> dict[int, list[Whole]]:
    """Commitment's key -> its promises, for many commitments in four queries."""
    found: dict[int, list[Whole]] = {commitment.pk: [] for commitment in commitments}
    promises = list(
        Promise.objects.filter(commitment__in=found).select_related("kind").order_by("commitment", "number")
    )
    keys = [promise.pk for promise in promises]
    verified = {one.promise_id: one for one in Verification.objects.filter(promise__in=keys).select_related("by")}
    shown = evidence_by_promise(promises)
    amendments: dict[int, list[Amendment]] = {}
    for one in Amendment.objects.filter(promise__in=keys).exclude(state=AmendmentState.REFUSED).order_by("pk"):
        amendments.setdefault(one.promise_id, []).append(one)
    for promise in promises:
        changes = amendments.get(promise.pk, [])
        found[promise.commitment_id].append(
            Whole(
                promise,
                verified.get(promise.pk),
                shown[promise.pk],
                [one for one in changes if one.state == AmendmentState.ACCEPTED],
                next((one for one in changes if one.state == AmendmentState.PROPOSED), None),
            )
        )
    return found
