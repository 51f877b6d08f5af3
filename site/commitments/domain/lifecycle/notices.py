"""Notices about promises not kept: proposed, approved with a number, served, answered, closed (requirement I).

What was written never goes into the log: more people read the log than may see a notice.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.grades import next_grade
from commitments.domain.notice_access import approver_of_notice, is_account_of
from commitments.domain.notice_record import notice_settings, objects_until, open_rows, proposal_for
from commitments.enums import CommitmentState, Grade, NoticeState, Outcome, Service
from commitments.models import (
    ANSWER_RULE,
    NOTICE_CLOCK,
    EarlierAnswer,
    Promise,
    ServedNotice,
)
from commitments.permissions import user_can_approve_notice, user_can_run
from organisation.models import Person
from suite import audit
from suite.evidence.domain import attach
from suite.numbering.domain import issue
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_full

from .notice_checks import (
    cleaned_field,
    noon,
    require_asked,
    require_not_lighter,
    require_other,
    require_person,
    require_still_failed,
    require_still_grave_enough,
    require_talker,
    require_time_left,
)
from .notice_clocks import start_answer, start_clocks, stop_clocks


@transaction.atomic
def propose(notice: ServedNotice, promises: Iterable[Promise], user: Any) -> ServedNotice:
    """Propose a notice about failed promises of one commitment. ``notice``: unsaved, with commitment, grade, grave,
    facts, and what the grade needs (`require_asked`).

    Raises ValidationError: no failed row, a row that has a notice already, a lighter grade than the rule's, a notice
    to oneself.
    """
    require_may(user, user_can_run)
    commitment = notice.commitment = locked(notice.commitment)
    require_other(user, notice)
    require_state(
        commitment,
        [CommitmentState.ENDED],
        _("A notice rests on what the township decided: decide on this commitment first."),
    )
    rows = _require_failed(notice, list(promises))
    proposal = proposal_for(commitment, notice.grave)
    require_not_lighter(notice.grade, proposal)
    notice.repeats = proposal.repeats
    return _proposed(notice, rows, user)


@transaction.atomic
def approve(notice: ServedNotice, user: Any, at: datetime.datetime | None = None) -> ServedNotice:
    """Approve a notice and give it its number, in one transaction. For the leader in charge alone.

    ``at``: when (aware; default: now), for samples.

    Raises ValidationError: somebody else, no series of numbers chosen, a row that is not failed any more, a grade that
    has become too light since it was proposed.
    """
    notice = locked(notice)
    _require_approver(notice, user)
    require_state(notice, [NoticeState.PROPOSED], _("Only a proposed notice can be approved."))
    require_still_failed(notice)
    moment = at or timezone.now()
    require_time_left(notice, timezone.localdate(moment))
    require_still_grave_enough(notice, timezone.localdate(moment))
    series = notice_settings().notice_series
    if series is None:
        raise ValidationError(
            _(
                "Notices have no series of numbers yet: have the efficiency office choose one in the settings of "
                "monthly commitments."
            )
        )
    # The register of numbers is read by many: it says that this is a notice, not to whom.
    number = issue(
        series, user, str(ServedNotice._meta.verbose_name), reference=(notice._meta.label_lower, notice.pk), at=moment
    )
    notice.number, notice.approved_by, notice.approved_at = number.text, user, moment
    moved(notice, notice.to_approved, "commitments.approve_notice", user, number=notice.number)
    return notice


@transaction.atomic
def refuse(notice: ServedNotice, reason: str, user: Any) -> ServedNotice:
    """Do not approve a notice, with a reason for the efficiency office. For the leader in charge alone."""
    notice = locked(notice)
    _require_approver(notice, user)
    require_state(notice, [NoticeState.PROPOSED], _("Only a proposed notice can be refused."))
    _reasoned(notice, reason)
    notice.ended_at = timezone.now()
    moved(notice, notice.to_refused, "commitments.refuse_notice", user)
    return notice


@transaction.atomic
def withdraw(notice: ServedNotice, reason: str, user: Any) -> ServedNotice:
    """Take back a notice that was not served yet, with a reason; its number stays in the register."""
    require_may(user, user_can_run)
    notice = locked(notice)
    require_other(user, notice)
    require_state(
        notice,
        [NoticeState.PROPOSED, NoticeState.APPROVED],
        _("Only a notice that was not served can be withdrawn; a served one falls when an objection to it is upheld."),
    )
    _reasoned(notice, reason)
    notice.ended_at = timezone.now()
    moved(notice, notice.to_withdrawn, "commitments.withdraw_notice", user)
    return notice


@transaction.atomic
def acknowledge(notice: ServedNotice, user: Any) -> ServedNotice:
    """The person has read it on the desk: it is served now, and the days for answer and objection begin."""
    notice = locked(notice)
    require_person(notice, user)
    notice.acknowledged_at = timezone.now()
    return _served(notice, timezone.now(), Service.DESK, user)


@transaction.atomic
def serve_on_paper(notice: ServedNotice, day: datetime.date, user: Any) -> ServedNotice:
    """It was handed over on paper on ``day``; the days begin then. For the efficiency office, with the receipt."""
    require_may(user, user_can_run)
    notice = locked(notice)
    require_other(user, notice)
    approved = timezone.localdate(notice.approved_at) if notice.approved_at else None
    if day > timezone.localdate() or (approved and day < approved):
        raise ValidationError(
            {"day": _("It was served between the day it was approved and today: enter the day on the receipt.")}
        )
    return _served(notice, noon(day), Service.PAPER, user)


@transaction.atomic
def record_talk(notice: ServedNotice, held_at: datetime.datetime, by: Person, text: str, user: Any) -> ServedNotice:
    """Write down the admonishing talk: when (aware), by whom, what was said. Until the notice ends it can be mended.

    For whoever holds the talk and the efficiency office. Raises ValidationError.
    """
    notice = locked(notice)
    if not is_account_of(user, notice.talk_by):
        require_may(user, user_can_run)
    require_other(user, notice)
    if notice.grade != Grade.TALK:
        raise ValidationError(_("This notice asks for no talk: there is nothing to record."))
    require_state(
        notice,
        [NoticeState.SERVED, NoticeState.ANSWERED],
        _("The talk follows the service of the notice: record it once that is done and no objection waits."),
    )
    if by.pk != notice.talk_by_id:
        require_talker(notice, by, "by")
    served = timezone.localdate(notice.served_at) if notice.served_at else None
    if held_at > timezone.now() or (served and timezone.localdate(held_at) < served):
        raise ValidationError({"held_at": _("The talk was held between the service of the notice and now.")})
    notice.talk_at, notice.talk_by = held_at, by
    cleaned_field(notice, "talk_record", text, _("Write down what was said in the talk."), field="text")
    notice.save()
    audit.record(notice, "commitments.record_talk", user)
    return notice


@transaction.atomic
def answer(notice: ServedNotice, text: str, user: Any, files: Iterable[File] = ()) -> ServedNotice:
    """The person's answer, with files that show it (suite.evidence, kind "commitments.notice")."""
    notice = locked(notice)
    require_person(notice, user)
    return _answered(notice, text, timezone.now(), user, files)


@transaction.atomic
def key_in_answer(
    notice: ServedNotice, text: str, day: datetime.date, user: Any, files: Iterable[File] = ()
) -> ServedNotice:
    """An answer that came on paper on ``day``, keyed in by the efficiency office."""
    require_may(user, user_can_run)
    notice = locked(notice)
    require_other(user, notice)
    if not _asked_since(notice) <= day <= timezone.localdate():
        raise ValidationError({"day": _("An answer comes after it was asked for, and not after today: mend the day.")})
    return _answered(notice, text, noon(day), user, files)


@transaction.atomic
def ask_again(notice: ServedNotice, remark: str, user: Any) -> ServedNotice:
    """Ask for a better answer, saying what is wanting; the one that was given is kept, the days begin anew."""
    notice = _checkable(notice, user)
    cleaned_field(notice, "check_remark", remark, _("Say what is wanting, so that it can be mended."), field="remark")
    EarlierAnswer.objects.create(
        notice=notice,
        text=notice.answer,
        answered_at=notice.answered_at or timezone.now(),
        answered_by=notice.answered_by,
        remark=notice.check_remark,
        asked_by=user,
        asked_at=timezone.now(),
    )
    notice.answered_at = notice.answered_by = None
    notice.answer_until = start_answer(notice, timezone.now())
    moved(notice, notice.to_asked_again, "commitments.ask_again", user)
    return notice


@transaction.atomic
def close(notice: ServedNotice, remark: str, user: Any) -> ServedNotice:
    """End a notice after the check of its answer. Raises ValidationError: no remark, a talk without a record."""
    notice = _checkable(notice, user)
    if notice.grade == Grade.TALK and not notice.talk_record:
        raise ValidationError(_("The talk is not on record yet: record it, then close the notice."))
    cleaned_field(notice, "check_remark", remark, _("Write down what the check of the answer found."), field="remark")
    return _ended(notice, notice.to_closed, "commitments.close_notice", user)


@transaction.atomic
def escalate(notice: ServedNotice, remark: str, user: Any, **asked: Any) -> ServedNotice:
    """Pass on to a notice of the next grade: the answer did not come in time, or the check found it not enough.

    ``remark``: why; the new notice, which is returned and waits for approval, gives it among its facts. ``asked``:
    talk_at, talk_by, rectify_until for the new one. Raises ValidationError: time to answer is left, no graver grade.
    """
    require_may(user, user_can_run)
    notice = locked(notice)
    require_other(user, notice)
    require_state(
        notice,
        [NoticeState.SERVED, NoticeState.ANSWERED],
        _("Only a notice that was served and is not under objection can be passed on."),
    )
    today = timezone.localdate()
    if notice.state == NoticeState.SERVED and notice.answer_until and today <= notice.answer_until:
        raise ValidationError(
            _("The answer may still come until %(day)s: wait for it.") % {"day": in_full(notice.answer_until)}
        )
    if last := objects_until(notice):
        raise ValidationError(_("An objection may still come until %(day)s: wait for it.") % {"day": in_full(last)})
    grade = next_grade(notice.grade)
    if grade is None:
        raise ValidationError(
            _("There is no graver notice: ask for a better answer, or close it and bring it before the leading group.")
        )
    cleaned_field(notice, "check_remark", remark, _("Say why a graver notice follows."), field="remark")
    rows = list(notice.promises.all())
    follower = ServedNotice(
        commitment=notice.commitment,
        grade=grade,
        grave=notice.grave,
        repeats=notice.repeats,
        follows=notice,
        facts=f"{notice.check_remark}\n{notice.facts}"[:2000],
        **asked,
    )
    _ended(notice, notice.to_escalated, "commitments.escalate_notice", user)
    return _proposed(follower, rows, user)


def _require_failed(notice: ServedNotice, rows: list[Promise]) -> list[Promise]:
    if not rows:
        raise ValidationError({"promises": _("Choose the promises that were not kept.")})
    if any(row.commitment_id != notice.commitment_id for row in rows):
        raise ValidationError({"promises": _("A notice is about one month: choose promises of this commitment.")})
    fresh = {row.pk: row for row in Promise.objects.filter(pk__in=[row.pk for row in rows])}
    if kept := [row for row in fresh.values() if row.outcome != Outcome.NOT]:
        raise ValidationError(
            {
                "promises": _("“%(promise)s” is not decided as not fulfilled: a notice needs a failed row.")
                % {"promise": kept[0]}
            }
        )
    free = {row.pk for row in open_rows(notice.commitment)}
    if taken := [row for row in fresh.values() if row.pk not in free]:
        raise ValidationError(
            {
                "promises": _(
                    "There was a notice about “%(promise)s” already, or an objection to one was upheld: leave it out."
                )
                % {"promise": taken[0]}
            }
        )
    return list(fresh.values())


def _require_approver(notice: ServedNotice, user: Any) -> None:
    if user is None:
        return
    require_may(user, user_can_approve_notice)
    require_other(user, notice)
    if user.pk == notice.proposed_by_id:
        raise ValidationError(_("Whoever proposed a notice does not approve it: the leader in charge does."))
    approver = approver_of_notice(notice)
    if approver is None:
        raise ValidationError(
            _("Nobody is in charge who could approve this notice: have the efficiency office name a leader in charge.")
        )
    if not is_account_of(user, approver):
        raise ValidationError(_("%(person)s approves this notice, as the leader in charge.") % {"person": approver})


def _reasoned(notice: ServedNotice, reason: str) -> None:
    cleaned_field(notice, "refusal", reason, _("Say why: the efficiency office reads it."), field="reason")


def _proposed(notice: ServedNotice, rows: Collection[Promise], user: Any) -> ServedNotice:
    require_asked(notice)
    cleaned_field(notice, "facts", notice.facts, _("Write down the facts and what is asked for."))
    notice.proposed_by, notice.proposed_at = user, timezone.now()
    notice.full_clean(exclude=["promises", "follows"])
    notice.save()
    notice.promises.set(rows)
    audit.record(notice, "commitments.propose_notice", user)
    return notice


def _served(notice: ServedNotice, at: datetime.datetime, service: Service, user: Any) -> ServedNotice:
    require_state(notice, [NoticeState.APPROVED], _("Only an approved notice is served, and only once."))
    require_still_failed(notice)
    require_time_left(notice, timezone.localdate(at))
    notice.served_at, notice.service, notice.served_by = at, service, user
    notice.answer_until = start_clocks(notice, at)
    moved(notice, notice.to_served, "commitments.serve_notice", user, how=str(notice.get_service_display()))
    return notice


def _answered(notice: ServedNotice, text: str, at: datetime.datetime, user: Any, files: Iterable[File]) -> ServedNotice:
    require_state(
        notice,
        [NoticeState.SERVED],
        _("A notice is answered once it was served, and not while an objection to it waits."),
    )
    cleaned_field(notice, "answer", text, _("Write your answer to the notice."), field="text")
    notice.answered_at, notice.answered_by = at, user
    if kept := list(files):
        attach((NOTICE_CLOCK, notice.pk), kept, (), user)
    stop_clocks(notice, [ANSWER_RULE], timezone.localdate(at))
    moved(notice, notice.to_answered, "commitments.answer_notice", user)
    return notice


def _asked_since(notice: ServedNotice) -> datetime.date:
    """The day on which an answer was asked for last; the first of all days for a notice that was not served."""
    again = notice.earlier_answers.last()
    asked = again.asked_at if again else notice.served_at
    return timezone.localdate(asked) if asked else datetime.date.min


def _checkable(notice: ServedNotice, user: Any) -> ServedNotice:
    require_may(user, user_can_run)
    notice = locked(notice)
    require_other(user, notice)
    require_state(notice, [NoticeState.ANSWERED], _("There is no answer to check yet."))
    return notice


def _ended(notice: ServedNotice, transition: Any, action: str, user: Any) -> ServedNotice:
    notice.checked_by, notice.ended_at = user, timezone.now()
    stop_clocks(notice)
    moved(notice, transition, action, user)
    return notice
