"""Changes of what has been approved 承诺变更: asked for with a reason, approved like it, both texts kept."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.rows import WRITTEN, checked_due, checked_text, label_of
from commitments.enums import AmendmentState, CommitmentState
from commitments.models import Amendment, Commitment, Promise
from commitments.permissions import user_can_approve, user_can_file
from suite import audit
from suite.audit.words import differences
from suite.privacy.public import reason_given
from suite.state import locked
from suite.state.changing import require_may, require_state

from .changing import lock_commitment, require_approver, require_own, require_running

LONGEST = 300


@transaction.atomic
def propose(
    promise: Promise, changes: Mapping[str, Any], reason: str, user: Any, at: datetime.datetime | None = None
) -> Amendment:
    """Ask to change an approved promise; ``changes`` maps some of work, measures, goal, due to what they become.

    ``at``: when (aware; default now), for samples.

    Raises ValidationError, at the field, for what could not be filed either, without a reason, where nothing changes,
    where one is waiting already, its day is over, or the commitment is not approved, or its result reported.
    """
    require_may(user, user_can_file)
    reason = reason_given(reason, _("Say why it has to change: the reason is made public."), LONGEST)
    commitment = lock_commitment(promise.commitment)
    require_own(user, commitment)
    _require_amendable(commitment)
    promise = commitment.promises.get(pk=promise.pk)
    at = at or timezone.now()
    if not may_still_change(promise, at):
        raise ValidationError(_("The day of this promise is over: report what became of it instead of changing it."))
    if promise.amendments.filter(state=AmendmentState.PROPOSED).exists():
        raise ValidationError(_("A change of this promise waits for approval already: wait for the decision."))
    before = text_of(promise)
    after = {**before, **_checked(changes, commitment)}
    if after == before:
        raise ValidationError(_("Nothing is different: change the work, the measures, the goal or the day."))
    amendment = Amendment(promise=promise, before=before, after=after, reason=reason, proposed_by=user)
    amendment.proposed_at = at
    amendment.save()
    audit.record(
        commitment, "commitments.propose_amendment", user, changes=_shown(amendment), number=promise.number,
        reason=reason,
    )  # fmt: skip
    return amendment


@transaction.atomic
def accept(amendment: Amendment, user: Any) -> Amendment:
    """Approve the change: the new text holds from now on. Raises ValidationError for anybody but the approver."""
    commitment, amendment = _decide(amendment, user)
    promise = amendment.promise
    promise.work, promise.measures, promise.goal = (amendment.after[name] for name in ("work", "measures", "goal"))
    promise.due = datetime.date.fromisoformat(amendment.after["due"])
    promise.save(update_fields=WRITTEN)
    amendment.to_accepted()
    amendment.save()
    audit.record(commitment, "commitments.accept_amendment", user, changes=_shown(amendment), number=promise.number)
    return amendment


@transaction.atomic
def refuse(amendment: Amendment, remark: str, user: Any) -> Amendment:
    """Leave the promise as it is, with a remark. Raises ValidationError as `accept`, and without a remark."""
    remark = reason_given(remark, _("Say why it stays as it is: the person reads it."), LONGEST, "remark")
    commitment, amendment = _decide(amendment, user)
    amendment.remark = remark
    amendment.to_refused()
    amendment.save()
    audit.record(commitment, "commitments.refuse_amendment", user, number=amendment.promise.number, reason=remark)
    return amendment


def lapse(commitment: Commitment, why: str, user: Any) -> None:
    """End the changes that wait while the commitment goes on without them, so that none stays undecidable.

    For `results.report` and `commitments.release`, which hold the lock; ``why`` is what the person reads.
    """
    waiting = Amendment.objects.filter(promise__commitment=commitment, state=AmendmentState.PROPOSED)
    for amendment in waiting.select_related("promise"):
        amendment.remark, amendment.decided_at = why, timezone.now()
        amendment.to_refused()
        amendment.save()
        audit.record(commitment, "commitments.refuse_amendment", user, number=amendment.promise.number, reason=why)


def may_still_change(promise: Promise, at: datetime.datetime | None = None) -> bool:
    """Whether the day of the promise is not over (now, or ``at``): afterwards nobody moves what it is measured by."""
    return timezone.localdate(at) <= promise.due


def text_of(promise: Promise) -> dict[str, str]:
    """What an amendment keeps of a promise: work, measures, goal, due (ISO)."""
    return {name: promise.due.isoformat() if name == "due" else getattr(promise, name) for name in WRITTEN}


def _decide(amendment: Amendment, user: Any) -> tuple[Commitment, Amendment]:
    require_may(user, user_can_approve)
    commitment = lock_commitment(amendment.promise.commitment)
    amendment = locked(amendment)
    require_state(amendment, (AmendmentState.PROPOSED,), _("This change has been decided already."))
    _require_amendable(commitment)
    require_approver(user, commitment)
    amendment.decided_by, amendment.decided_at = user, timezone.now()
    return commitment, amendment


def _require_amendable(commitment: Commitment) -> None:
    require_running(commitment.month)
    require_state(
        commitment,
        (CommitmentState.APPROVED,),
        _("Only what is approved, and whose result is not reported yet, can be amended."),
    )


def _checked(changes: Mapping[str, Any], commitment: Commitment) -> dict[str, str]:
    cleaned, problems = {}, {}
    for field in WRITTEN:
        if field not in changes:
            continue
        if field == "due":
            due, problem = checked_due(str(changes[field] or ""), commitment.month)
            cleaned[field] = due.isoformat() if due else ""
        else:
            cleaned[field], problem = checked_text(field, str(changes[field] or ""))
        if problem:
            problems[field] = [problem]
    if problems:
        raise ValidationError(problems)
    return cleaned


def _shown(amendment: Amendment) -> str:
    before, after = (
        {label_of(key): text for key, text in texts.items()} for texts in (amendment.before, amendment.after)
    )
    return differences(before, after)
