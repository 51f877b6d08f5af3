"""What shows that a promise was kept: files and links, kept by `suite.evidence` (requirement I)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from commitments.enums import PUBLIC, Source
from commitments.models import Commitment, Promise
from commitments.permissions import user_can_file, user_can_key_in, user_can_run, user_can_see_register, user_can_verify
from organisation.domain.duty import has_a_desk
from suite.evidence.domain import evidence_of_many
from suite.evidence.models import Evidence

from .deciding import may_decide

# What suite.evidence calls a promise; the key is its primary key.
EVIDENCE_KIND = "commitments.promise"


def evidence_by_promise(promises: Iterable[Promise]) -> dict[int, list[Evidence]]:
    """Primary key of each promise -> its files and links, maybe none; one query."""
    found = evidence_of_many(EVIDENCE_KIND, [promise.pk for promise in promises])
    return {int(key): rows for key, rows in found.items()}


def may_report(user: Any, commitment: Commitment) -> bool:
    """Whether this account reports the result: whose it is; for those who cannot, a clerk or the efficiency office.

    Who cannot: without an account that works, without the right to file, or filed on paper.
    """
    account = commitment.person.user
    if account is not None and account == user:
        return user_can_file(user)
    if not (user_can_run(user) or user_can_key_in(user)):
        return False
    return commitment.source == Source.PAPER or not has_a_desk(commitment.person) or not user_can_file(account)


def may_read_evidence(user: Any, key: str) -> bool:
    """Whether this account reads the evidence of the promise ``key``: whose it is, and who reports for them, looks at
    it or decides. Colleagues and the public see what was reported, not the files."""
    promise = (
        Promise.objects.filter(pk=key).select_related("commitment__person__user").first() if key.isdecimal() else None
    )
    if promise is None:
        return False
    commitment = promise.commitment
    if user_can_see_register(user) or user_can_run(user) or may_report(user, commitment):
        return True
    return commitment.state in PUBLIC and (user_can_verify(user) or may_decide(user, commitment))
