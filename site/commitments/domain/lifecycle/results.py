"""What became of the promises: reported, verified by a supervisor, decided by the township (requirement I)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.domain.deciding import may_decide, require_may_decide, require_may_revise
from commitments.domain.outcomes import outcome_of
from commitments.domain.promise_evidence import EVIDENCE_KIND, evidence_by_promise, may_report
from commitments.domain.rows import draft_text, lines
from commitments.domain.supervision import require_may_verify
from commitments.enums import CommitmentState, MonthState, Outcome, VerificationWay
from commitments.models import Commitment, Promise, Verification
from commitments.models.commitments import LONGEST_RESULT
from suite import audit
from suite.autosave.domain import accept
from suite.evidence import Link
from suite.evidence import domain as evidence
from suite.evidence.models import Evidence
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import moved, require_state

from .amendments import lapse

LONGEST_REMARK = 500
Row = tuple[str, str]


@transaction.atomic
def save_result_draft(
    commitment: Commitment,
    rows: Mapping[int, Row],
    version: int,
    writer: str,
    user: Any,
    turn: int = 0,
    links: Mapping[int, str] | None = None,
) -> Commitment:
    """Keep what is being typed about the results, however incomplete: primary key of a promise -> (claimed, result).

    ``version``, ``writer``, ``turn``: see `suite.autosave.domain.accept`, which raises Conflict. ``links``: key of a
    promise -> links that are being typed and not attached yet. Raises ValidationError where the result is not to be
    reported now, or not by this account, and for a text that no draft holds.
    """
    commitment = _reportable(commitment, user)
    accept(commitment, version, writer, turn)
    known = {promise.pk for promise in commitment.promises.all()}
    commitment.draft = [
        {
            "promise": str(pk),
            "claimed": claimed[:10],
            "result": draft_text(result),
            "links": draft_text((links or {}).get(pk, "")),
        }
        for pk, (claimed, result) in rows.items()
        if pk in known
    ]
    commitment.save(update_fields=["draft", "version", "writer", "turn", "saved_at"])
    return commitment


@transaction.atomic
def attach_evidence(promise: Promise, files: Iterable[File[bytes]], links: Iterable[Link], user: Any) -> list[Evidence]:
    """Add what shows the result of one promise, until the result is reported. Raises ValidationError."""
    _reportable(promise.commitment, user)
    return evidence.attach((EVIDENCE_KIND, promise.pk), files, links, user)


@transaction.atomic
def remove_evidence(promise: Promise, piece: Evidence, reason: str, user: Any) -> Evidence:
    """Take a file or link away again, until the result is reported. Raises ValidationError."""
    _reportable(promise.commitment, user)
    if (piece.kind, piece.key) != (EVIDENCE_KIND, str(promise.pk)):
        raise ValidationError(_("This belongs to another promise: open the form anew."))
    return evidence.remove(piece, user, reason)


@transaction.atomic
def report(
    commitment: Commitment,
    rows: Mapping[int, Row],
    user: Any,
    version: int | None = None,
    writer: str = "",
    turn: int = 0,
) -> Commitment:
    """Report what became of every promise: its primary key -> (claimed, result). Nothing is left out.

    For whose it is; for somebody without a desk, or who filed on paper, a clerk or the efficiency office. What a
    supervisor had verified before it was sent back is to be verified anew; a change that still waits for approval
    lapses. ``version``, ``writer``, ``turn``: as in
    `save_result_draft`, where a form knows them. Raises ValidationError, for a row as ``claimed-<pk>`` and
    ``result-<pk>``; Conflict.
    """
    commitment = _reportable(commitment, user)
    accept(commitment, commitment.version if version is None else version, writer, turn)
    promises = list(commitment.promises.all())
    reported = _complete(promises, rows)
    for promise in promises:
        promise.claimed, promise.result = reported[promise.pk]
        promise.save(update_fields=["claimed", "result"])
    Verification.objects.filter(promise__in=promises).delete()
    lapse(commitment, _("The result was reported before this change was decided."), user)
    # Sent back, it was reported in time nevertheless.
    commitment.reported_at = commitment.reported_at or timezone.now()
    commitment.draft, commitment.remark = [], ""
    moved(commitment, commitment.to_reported, "commitments.report", user, rows=_in_words(promises, "claimed"))
    return commitment


@transaction.atomic
def send_back(commitment: Commitment, remark: str, user: Any) -> Commitment:
    """Let the person report anew: by a supervisor who may verify it, or by who decides. Raises ValidationError."""
    commitment = locked(commitment)
    if user is not None and not may_decide(user, commitment):
        require_may_verify(user, commitment)
    require_state(
        commitment, (CommitmentState.REPORTED,), _("Only a result that is reported and not verified yet is sent back.")
    )
    commitment.remark = _remark(remark, _("Say what is wanting: the person reads it."))
    moved(commitment, commitment.to_unreported, "commitments.send_back", user, reason=commitment.remark)
    return commitment


@transaction.atomic
def verify(promise: Promise, way: str, agrees: bool, remark: str, user: Any) -> Verification:
    """Keep what the supervisor found about one promise; may be redone until all of the commitment are verified.

    A remark is needed where the supervisor does not agree, and where no evidence was added. Raises ValidationError.
    """
    commitment = locked(promise.commitment)
    require_may_verify(user, commitment)
    require_state(
        commitment,
        (CommitmentState.REPORTED,),
        _("Results are verified after they are reported, and until all of them are verified."),
    )
    if way not in VerificationWay.values:
        raise ValidationError({"way": _("How did you look at it? Choose visit, telephone or papers.")})
    remark = _optional_remark(remark)
    if not agrees and not remark:
        raise ValidationError({"remark": _("You do not agree: say what you found.")})
    if not remark and not evidence_by_promise([promise])[promise.pk]:
        raise ValidationError({"remark": _("There is no evidence for this: say what you found.")})
    found, _made = Verification.objects.update_or_create(
        promise=promise,
        defaults={"way": way, "agrees": agrees, "remark": remark, "by": user, "at": timezone.now()},
    )
    audit.record(
        commitment,
        "commitments.verify_promise",
        user,
        promise=str(promise),
        way=str(found.get_way_display()),
        finding=pgettext("verification", "agrees") if agrees else pgettext("verification", "does not agree"),
        reason=remark,
    )
    return found


@transaction.atomic
def finish_verification(commitment: Commitment, user: Any) -> Commitment:
    """All promises are verified: on to the township. Raises ValidationError, naming the rows that are wanting."""
    commitment = locked(commitment)
    if user is not None:
        require_may_verify(user, commitment)
    require_state(commitment, (CommitmentState.REPORTED,), _("Results are verified once, after they are reported."))
    promises = list(commitment.promises.select_related("verification"))
    shown = evidence_by_promise(promises)
    without = [promise for promise in promises if not hasattr(promise, "verification")]
    if without:
        raise ValidationError(
            _("Not verified yet: %(promises)s. Verify these first.") % {"promises": "；".join(map(str, without))}
        )
    bare = [promise for promise in promises if not shown[promise.pk] and not promise.verification.remark]
    if bare:
        raise ValidationError(
            _("Without evidence or remark: %(promises)s. Say what you found.") % {"promises": "；".join(map(str, bare))}
        )
    disagreed = sum(not promise.verification.agrees for promise in promises)
    moved(commitment, commitment.to_verified, "commitments.verify", user, rows=len(promises), disagreed=disagreed)
    return commitment


@transaction.atomic
def decide(commitment: Commitment, outcomes: Mapping[int, Row], user: Any) -> Commitment:
    """Decide for the township: primary key of every promise -> (outcome, remark).

    The remark is needed where the outcome is not the one that was reported, or the supervisor did not agree. Nobody
    decides on what they verified themselves. Raises ValidationError, for a row as ``outcome-<pk>``, ``remark-<pk>``.
    """
    commitment = locked(commitment)
    if user is not None:
        require_may_decide(user, commitment)
    require_state(commitment, (CommitmentState.VERIFIED,), _("A supervisor verifies the results first; then decide."))
    promises = list(commitment.promises.select_related("verification"))
    if user is not None and any(promise.verification.by_id == user.pk for promise in promises):
        raise ValidationError(_("You verified this yourself: let a colleague of the efficiency office decide."))
    _require_all(promises, outcomes)
    problems = {}
    for promise in promises:
        outcome, remark = outcomes[promise.pk]
        if outcome not in Outcome.values:
            problems[f"outcome-{promise.pk}"] = _("Choose what became of it: %(promise)s.") % {"promise": promise}
        elif not lines(remark) and (outcome != promise.claimed or not promise.verification.agrees):
            problems[f"remark-{promise.pk}"] = _(
                "%(promise)s: give the reason, for this is not what the person reported, or the supervisor disagrees."
            ) % {"promise": promise}
        _settle(promise, outcome, _optional_remark(remark, f"remark-{promise.pk}"), user)
    if problems:
        raise ValidationError(problems)
    for promise in promises:
        promise.save()
    commitment.outcome, commitment.ended_at = outcome_of(promise.outcome for promise in promises), timezone.now()
    rows = _in_words(promises, "outcome")
    moved(commitment, commitment.to_ended, "commitments.decide", user, outcome=_called(commitment.outcome), rows=rows)
    return commitment


@transaction.atomic
def revise_outcome(promise: Promise, outcome: str, remark: str, user: Any) -> Promise:
    """Correct what was decided about a promise, after an objection was upheld or a mistake was found; it is logged.

    For who decides it, and for who upheld an objection to a notice about it; nobody on their own. Raises
    ValidationError.
    """
    commitment = locked(promise.commitment)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if user is not None:
        require_may_revise(user, commitment, promise)
    require_state(commitment, (CommitmentState.ENDED,), _("Only what has been decided is corrected."))
    if outcome not in Outcome.values or outcome == promise.outcome:
        raise ValidationError({"outcome": _("Choose another outcome than the one that was decided.")})
    before = _called(promise.outcome)
    _settle(promise, outcome, _remark(remark, _("Give the reason: it stays with the promise.")), user)
    promise.save()
    commitment.outcome = outcome_of(commitment.promises.values_list("outcome", flat=True))
    commitment.save()
    audit.record(
        commitment,
        "commitments.revise_outcome",
        user,
        promise=str(promise),
        before=before,
        after=_called(outcome),
        reason=promise.outcome_remark,
    )
    return promise


def _reportable(commitment: Commitment, user: Any) -> Commitment:
    """The commitment under a lock. Raises ValidationError where its result is not to be reported, or not by `user`."""
    commitment = locked(commitment)
    if user is not None and not may_report(user, commitment):
        raise ValidationError(
            _("Everybody reports on their own promises: ask %(person)s.") % {"person": commitment.person}
        )
    if commitment.month.state == MonthState.OPEN:
        raise ValidationError(_("Results are reported once %(month)s is over.") % {"month": commitment.month})
    require_state(
        commitment, (CommitmentState.APPROVED,), _("A result is reported once, for a commitment that was approved.")
    )
    return commitment


def _complete(promises: list[Promise], rows: Mapping[int, Row]) -> dict[int, Row]:
    """The rows as they are kept. Raises ValidationError, row by row."""
    _require_all(promises, rows)
    problems, kept = {}, {}
    for promise in promises:
        claimed, result = rows[promise.pk]
        kept[promise.pk] = (claimed, result := lines(result))
        if claimed not in Outcome.values:
            problems[f"claimed-{promise.pk}"] = _("%(promise)s: fulfilled, partly or not? Choose one.") % {
                "promise": promise
            }
        if not result:
            problems[f"result-{promise.pk}"] = _("%(promise)s: say what was done.") % {"promise": promise}
        elif len(result) > LONGEST_RESULT:
            problems[f"result-{promise.pk}"] = _("%(promise)s: at most %(most)s characters, shorten it.") % {
                "promise": promise,
                "most": LONGEST_RESULT,
            }
    if problems:
        raise ValidationError(problems)
    require_public({f"result-{pk}": result for pk, (_claimed, result) in kept.items()})
    return kept


def _require_all(promises: list[Promise], rows: Mapping[int, Row]) -> None:
    if {promise.pk for promise in promises} != set(rows):
        raise ValidationError(_("The rows are not those of this commitment any more: open the form anew."))


def _settle(promise: Promise, outcome: str, remark: str, user: Any) -> None:
    promise.outcome, promise.outcome_remark = outcome, remark
    promise.decided_at, promise.decided_by = timezone.now(), user


def _remark(text: str, question: str) -> str:
    if not lines(text):
        raise ValidationError({"remark": question})
    return _optional_remark(text)


def _optional_remark(text: str, field: str = "remark") -> str:
    text = lines(text)
    if len(text) > LONGEST_REMARK:
        raise ValidationError({field: _("Say it in at most %(most)s characters.") % {"most": LONGEST_REMARK}})
    require_public({field: text})
    return text


def _called(outcome: str) -> str:
    return str(Outcome(outcome).label)


def _in_words(promises: list[Promise], field: str) -> str:
    """1 fulfilled；2 not fulfilled, for the log."""
    return "；".join(f"{promise.number} {_called(getattr(promise, field))}" for promise in promises)
