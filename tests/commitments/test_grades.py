"""Which grade follows: first, repeated within the months, grave; the months as the calendar has them."""

import datetime

import pytest

from commitments.domain.grades import counting, is_lighter, months_before, next_grade, proposed
from commitments.domain.lifecycle import notices, objections
from commitments.domain.notice_record import proposal_for
from commitments.enums import Grade
from commitments.models import CommitmentsSettings
from tests.commitments import notice_staging as staging

DATE = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("repeats", "grave", "grade"),
    [
        (0, False, Grade.EXPLAIN),
        (1, False, Grade.TALK),
        (2, False, Grade.RECTIFY),
        (7, False, Grade.RECTIFY),
        (0, True, Grade.RECTIFY),
        (1, True, Grade.RECTIFY),
    ],
)
def test_first_second_third_and_grave(repeats, grave, grade):
    assert proposed(repeats, grave, 12).grade == grade


@pytest.mark.parametrize(
    ("repeats", "grave", "why"),
    [
        (0, False, "12个月内第一次：责令说明情况。"),
        (1, False, "12个月内第2次：诫勉谈话。"),
        (2, False, "12个月内第3次：限期整改。"),
        (1, True, "情节严重：限期整改。"),
    ],
)
def test_the_rule_is_said_in_words(repeats, grave, why):
    assert proposed(repeats, grave, 12).why == why


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-12-02", 12, "2025-12-02"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2028-03-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2029-02-28", 12, "2028-02-28"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-01-15", 60, "2021-01-15"),
    ],
)
def test_months_before_a_day(day, months, before):
    assert months_before(DATE(day), months) == DATE(before)


@pytest.mark.parametrize(
    ("served", "on", "counts"),
    [
        ("2025-12-03", "2026-12-02", 1),
        ("2025-12-02", "2026-12-02", 0),
        # Served on the day that most years do not have.
        ("2028-02-29", "2029-02-28", 1),
        ("2028-02-29", "2029-03-01", 0),
        ("2027-03-01", "2028-02-29", 1),
        ("2027-02-28", "2028-02-29", 0),
        # Later than asked.
        ("2026-12-03", "2026-12-02", 0),
    ],
)
def test_a_notice_counts_for_so_many_months(served, on, counts):
    assert counting([DATE(served)], DATE(on), 12) == counts


def test_grades_are_ordered():
    assert [next_grade(grade) for grade in Grade] == [Grade.TALK, Grade.RECTIFY, None]
    assert is_lighter(Grade.EXPLAIN, Grade.TALK)
    assert not is_lighter(Grade.TALK, Grade.TALK)
    assert not is_lighter(Grade.RECTIFY, Grade.TALK)


def earlier(town, month=10, one=None):
    """A notice about an earlier month that was served."""
    one = one or town.cadre
    commitment = staging.failed(one, town.economy, datetime.date(2026, month, 1))
    notice = notices.approve(staging.proposed(town, commitment), town.leader.user)
    return notices.acknowledge(notice, one.user)


def test_only_notices_that_were_served_and_stand_are_counted(town):
    now = staging.failed(town.cadre, town.economy)
    refused = staging.proposed(town, staging.failed(town.cadre, town.economy, datetime.date(2026, 9, 1)))
    notices.refuse(refused, "理由不足。", town.leader.user)
    staging.proposed(town, staging.failed(town.cadre, town.economy, datetime.date(2026, 8, 1)))
    staging.approved(town, staging.failed(town.cadre, town.economy, datetime.date(2026, 7, 1)))
    assert proposal_for(now).repeats == 0
    earlier(town)
    assert (proposal_for(now).repeats, proposal_for(now).grade) == (1, Grade.TALK)


def test_a_notice_to_somebody_else_is_not_counted(town):
    earlier(town, one=town.colleague)
    assert proposal_for(staging.failed(town.cadre, town.economy)).repeats == 0


def test_one_failure_counts_once_however_many_notices_it_came_to(town, december):
    notice = earlier(town)
    december.go(days=20)
    follower = notices.escalate(
        notice, "到期未答复。", town.office.user, talk_at=december.now + datetime.timedelta(days=3), talk_by=town.leader
    )
    notices.acknowledge(notices.approve(follower, town.leader.user), town.cadre.user)
    assert proposal_for(staging.failed(town.cadre, town.economy)).repeats == 1


def test_an_upheld_objection_takes_a_notice_out_of_the_count(town):
    notice = earlier(town)
    objection = objections.object_to(notice, "当月请假。", town.cadre.user)
    objections.decide_objection(objection, True, "属实。", town.head.user)
    assert proposal_for(staging.failed(town.cadre, town.economy)).repeats == 0


def test_the_office_sets_the_months(town, december):
    earlier(town)
    december.go(days=70)
    now = staging.failed(town.cadre, town.economy)
    assert proposal_for(now).repeats == 1
    CommitmentsSettings.objects.update(repeat_months=2)
    assert (proposal_for(now).repeats, proposal_for(now).months) == (0, 2)
