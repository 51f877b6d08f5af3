"""What the record says about notices to one person: how many came before, which rows may still have one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from commitments.enums import COUNTING, PENDING, CommitmentState, NoticeState, Outcome
from commitments.models import (
    ANSWER_RULE,
    NOTICE_CLOCK,
    OBJECTION_RULE,
    RECTIFY_RULE,
    Commitment,
    CommitmentsSettings,
    Promise,
    ServedNotice,
)
from suite.clock.domain import clocks_of
from suite.clock.enums import States
from suite.clock.models import DueDate

from .grades import Proposal, counting, proposed

RULES = (ANSWER_RULE, OBJECTION_RULE, RECTIFY_RULE)


def notice_settings() -> CommitmentsSettings:
    """What the office decided, or the defaults; writes nothing."""
    return CommitmentsSettings.objects.select_related("notice_series").first() or CommitmentsSettings()


def proposal_for(commitment: Commitment, grave: bool = False, on: datetime.date | None = None) -> Proposal:
    """The lightest grade a notice about this commitment may have on the day, and why.

    A failure counts once, however many notices it came to; those that were refused or withdrawn do not count.
    """
    months = notice_settings().repeat_months
    before = ServedNotice.objects.filter(state__in=COUNTING, commitment__person=commitment.person_id)
    others = before.exclude(commitment=commitment).order_by().values("commitment").annotate(last=Max("served_at"))
    served = [timezone.localdate(row["last"]) for row in others if row["last"]]
    repeats = counting(served, on or timezone.localdate(), months)
    return proposed(repeats, grave, months)


def open_rows(commitment: Commitment) -> list[Promise]:
    """The failed promises about which a notice may still be proposed: no notice about them stands or is being made,
    and no objection to one was upheld."""
    settled = Q(state__in={*COUNTING, *PENDING}) | Q(objection__upheld=True)
    taken = ServedNotice.objects.filter(settled, commitment=commitment).values("promises")
    return list(commitment.promises.filter(outcome=Outcome.NOT).exclude(pk__in=taken).order_by("number"))


def without_notice() -> QuerySet[Commitment]:
    """Commitments that were decided with a failed row, and about which there was never a notice; newest month first."""
    failed = Promise.objects.filter(outcome=Outcome.NOT).values("commitment")
    found = Commitment.objects.filter(state=CommitmentState.ENDED, pk__in=failed, notices=None)
    return found.select_related("person", "month", "unit")


def clock_of(notice: ServedNotice, rule: str) -> DueDate | None:
    """The newest clock of that rule on the notice, running or not."""
    return clocks_of(NOTICE_CLOCK, notice.pk).filter(rule=rule).order_by("pk").last()


def running_clocks(notice: ServedNotice, rules: Iterable[str] = RULES) -> list[DueDate]:
    """The clocks of those rules that have not stopped."""
    open_ones = clocks_of(NOTICE_CLOCK, notice.pk).filter(rule__in=list(rules)).exclude(state=States.STOPPED)
    return list(open_ones.order_by("pk"))


def objects_until(notice: ServedNotice) -> datetime.date | None:
    """The last day on which the person may object; None where they may not (any more)."""
    if notice.state != NoticeState.SERVED or hasattr(notice, "objection") or notice.earlier_answers.exists():
        return None
    clock = clock_of(notice, OBJECTION_RULE)
    return clock.due if clock and clock.due and clock.due >= timezone.localdate() else None


def is_overdue(notice: ServedNotice, on: datetime.date | None = None) -> bool:
    """Whether it was to be answered before the day (today) and has not been."""
    late = notice.answer_until is not None and notice.answer_until < (on or timezone.localdate())
    return notice.state == NoticeState.SERVED and late


def answered_late(notice: ServedNotice) -> bool:
    """Whether the answer came after its day."""
    if notice.answered_at is None or notice.answer_until is None:
        return False
    return timezone.localdate(notice.answered_at) > notice.answer_until
