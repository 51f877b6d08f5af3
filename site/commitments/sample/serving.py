"""Two served notices: one explained and closed, one for the second time, which is still to be answered."""

from __future__ import annotations

import datetime

from django.utils import timezone

from commitments.domain.lifecycle import notices
from commitments.domain.notice_access import approver_of_notice
from commitments.enums import Grade
from commitments.models import NOTICE_CLOCK, Commitment, Month, ServedNotice
from suite.clock.calendar import DAY
from suite.clock.domain import add_working_days, clocks_of

from .days import at, before, date_back
from .people import FAILS, FIRST_FAILURE, SECOND_FAILURE, Sample
from .words import ANSWER_FIRST, CLOSED_FIRST, FACTS_AGAIN, FACTS_FIRST


def serve_both(sample: Sample, months: list[Month]) -> None:
    """The one about the oldest month, the other about the month `Sample.second`."""
    _explained(sample, _failed(sample, months[0]))
    _again(sample, _failed(sample, months[sample.second]))


def days_before_service() -> tuple[datetime.date, datetime.date, datetime.date]:
    """When the second notice was proposed, approved and served: the last three working days before today."""
    served = before(timezone.localdate())
    approved = before(served)
    return before(approved), approved, served


def _failed(sample: Sample, month: Month) -> Commitment:
    return month.commitments.get(person=sample.township.people[FAILS])


def _explained(sample: Sample, commitment: Commitment) -> None:
    ended = timezone.localdate(commitment.month.closed_at)
    days = [add_working_days(ended, number) for number in (1, 2, 3, 6, 8)]
    notice = ServedNotice(commitment=commitment, grade=Grade.EXPLAIN, facts=FACTS_FIRST)
    notice = _approved(sample, notice, FIRST_FAILURE, days[0], days[1])
    notice = notices.serve_on_paper(notice, days[2], sample.officer)
    notice = notices.key_in_answer(notice, ANSWER_FIRST, days[3], sample.officer)
    notice = notices.close(notice, CLOSED_FIRST, sample.officer)
    date_back(notice, ended_at=at(days[4], 15, 20))
    clocks = clocks_of(NOTICE_CLOCK, notice.pk)
    clocks.filter(stopped_on__gt=days[4]).update(stopped_on=days[4])


def _again(sample: Sample, commitment: Commitment) -> None:
    proposed, approved, served = days_before_service()
    talk = at(add_working_days(timezone.localdate(), 1), 15)
    leader = sample.approver(commitment)
    notice = ServedNotice(
        commitment=commitment, grade=Grade.TALK, facts=FACTS_AGAIN, talk_at=talk, talk_by=leader.person
    )
    notice = _approved(sample, notice, SECOND_FAILURE, proposed, approved)
    notices.serve_on_paper(notice, served, sample.officer)


def _approved(
    sample: Sample, notice: ServedNotice, about: str, proposed: datetime.date, approved: datetime.date
) -> ServedNotice:
    promise = notice.commitment.promises.filter(work__contains=about)
    notice = notices.propose(notice, promise, sample.officer)
    date_back(notice, proposed_at=at(proposed, 16))
    approver = approver_of_notice(notice)
    assert approver is not None  # noqa: S101 - somebody is in charge of every unit of the sample
    return notices.approve(notice, approver.user, at(approved, 9, 30))


def ready_since(commitment_decided: datetime.datetime) -> bool:
    """Whether what was decided then can have had its notice proposed by the day of `days_before_service`."""
    return timezone.localdate(commitment_decided) + DAY <= days_before_service()[0]
