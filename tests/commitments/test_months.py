"""Months of commitments: opened, turned to their results, closed, by hand and by themselves."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from commitments.domain.counts import commitment_counts, counts_of
from commitments.domain.lifecycle import commitments, months, results
from commitments.enums import CommitmentState, MonthState, Outcome
from commitments.models import FILING_RULE, MONTH_CLOCK, RESULTS_RULE, Commitment, Month
from organisation.enums import AbsenceKind
from organisation.models import Absence, Appointment, Person
from suite.clock.domain import clocks_of
from suite.clock.models import CalendarDay, ClockSettings
from suite.periodic.domain.lifecycle import tick
from tests.commitments import staging
from tests.commitments.staging import DAY, after_filing, approved, commitment, filed
from tests.refusals import refusal

NOVEMBER = datetime.date(2026, 11, 1)


def here(*when):
    return timezone.make_aware(datetime.datetime(*when))  # noqa: DTZ001


def shown(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def run(now):
    """What a tick does for commitments, by key."""
    return [key for key in tick(now).done if key.startswith("commitments.")]


def test_a_month_is_filed_until_the_office_closes_on_its_fifth_working_day(month):
    assert shown(month.files_until) == "2026-11-06 17:30"
    assert shown(month.results_until) == "2026-12-03 17:30"
    assert {clock.rule for clock in clocks_of(MONTH_CLOCK, month.pk)} == {FILING_RULE, RESULTS_RULE}
    assert (month.state, month.code, str(month)) == (MonthState.OPEN, "2026-11", "2026年11月")


def test_the_present_and_the_next_month_are_opened_and_no_other(made, time):
    told = "只能启动本月或下月的承诺，请重新选择月份。"
    for wrong in ((2026, 10, 1), (2027, 1, 1), (2026, 11, 2), (2025, 11, 1)):
        assert refusal(months.open_month, datetime.date(*wrong), made.users.clerk) == told
    time.now = here(2026, 12, 31, 10)
    assert shown(months.open_month(datetime.date(2027, 1, 1), made.users.clerk).files_until)[:7] == "2027-01"


def test_the_last_month_of_a_leap_winter_ends_on_the_29th(made, time):
    time.now = here(2028, 2, 1, 9)
    month = staging.month(made)
    assert month.last == datetime.date(2028, 2, 29)
    assert shown(month.results_until) == "2028-03-03 17:30"
    filed(made.cadre, month, due="2028-02-29")
    assert "2028年2月内" in refusal(filed, made.other, month, due="2028-03-01")


def test_the_day_is_the_one_of_this_country(made, time):
    time.now = datetime.datetime(2026, 10, 31, 16, 30, tzinfo=datetime.UTC)
    assert staging.month(made).first == NOVEMBER


def test_opened_late_it_gives_as_many_working_days(made, time):
    time.now = here(2026, 11, 12, 9)
    assert shown(staging.month(made).files_until) == "2026-11-18 17:30"


def test_opened_early_its_working_days_are_still_those_of_the_month(made, time):
    time.now = here(2026, 10, 28, 9)
    assert shown(months.open_month(NOVEMBER, made.users.clerk).files_until) == "2026-11-06 17:30"


def test_a_month_is_opened_once(made, month):
    assert refusal(months.open_month, NOVEMBER, made.users.clerk) == "该月已经启动，请在登记簿中查看。"


def test_a_month_without_anybody_to_file_is_not_opened(made):
    Appointment.objects.all().delete()
    told = "没有需要填报的人：请先登记任职，或在设置中选择填报的单位类别。"
    assert refusal(months.open_month, NOVEMBER, made.users.clerk) == told
    assert not Month.objects.exists()


def test_only_the_efficiency_office_opens_turns_and_closes_a_month(made, month):
    told = "您的账号没有这项权限，请联系效能办。"
    for who in (made.users.leader, made.users.cadre, made.users.supervisor):
        assert refusal(months.open_month, datetime.date(2026, 12, 1), who) == told
        assert refusal(months.begin_reporting, month, who) == told
        assert refusal(months.close_month, month, who) == told


def test_three_hundred_more_people_cost_opening_their_rows_alone_and_one_entry_in_the_log(made):
    with CaptureQueriesContext(connection) as few, transaction.atomic():
        staging.month(made)
        transaction.set_rollback(True)
    post = Appointment.objects.get(person=made.cadre).post
    people = Person.objects.bulk_create(Person(name=f"干部{one}", sort_key=f"{one:05}") for one in range(300))
    Appointment.objects.bulk_create(Appointment(person=one, post=post, since=staging.LONG_AGO) for one in people)
    with CaptureQueriesContext(connection) as many, transaction.atomic():
        month = staging.month(made)
    assert month.commitments.count() == 307
    rows = [one for one in many if one["sql"].startswith('INSERT INTO "commitments_commitment"')]
    assert len(many) - len(few) <= len(rows) - 1 < 10
    assert ModelLogEntry.objects.filter(action__startswith="commitments.").count() == 1


# The clocks.


def test_a_day_off_moves_the_end_of_filing(month):
    CalendarDay.objects.create(date=datetime.date(2026, 11, 4), working=False, reason="停电")
    month.refresh_from_db()
    assert shown(month.files_until) == "2026-11-09 17:30"
    assert shown(month.results_until) == "2026-12-03 17:30"


def test_when_the_office_closes_earlier_so_does_filing(month):
    ClockSettings.objects.create(closes=datetime.time(17))
    month.refresh_from_db()
    assert (shown(month.files_until), shown(month.results_until)) == ("2026-11-06 17:00", "2026-12-03 17:00")


def test_a_month_that_has_turned_to_its_results_keeps_the_day_its_filing_closed(made, month, time):
    time.now = after_filing(month)
    staging.reporting(made, month)
    CalendarDay.objects.create(date=datetime.date(2026, 11, 4), working=False, reason="停电")
    month.refresh_from_db()
    assert shown(month.files_until) == "2026-11-06 17:30"


# Results.


def test_results_begin_once_filing_has_closed(made, month, time):
    time.now = month.files_until
    told = "填报截止2026-11-06 17:30，请在此之后开始报结果。"
    assert refusal(months.begin_reporting, month, made.users.clerk) == told
    time.go(seconds=1)
    assert months.begin_reporting(month, made.users.clerk).state == MonthState.REPORTING
    again = refusal(months.begin_reporting, month, made.users.clerk)
    assert again == "本月已开始报结果。（目前：报结果和核实。）"


def test_a_month_is_closed_after_the_time_for_results(made, month, time):
    told = "只有处于报结果阶段的月份可以办结。（目前：填报和落实中。）"
    assert refusal(months.close_month, month, made.users.clerk) == told
    time.now = after_filing(month)
    staging.reporting(made, month)
    time.now = month.results_until
    told = "报结果截止2026-12-03 17:30，请在此之后办结本月。"
    assert refusal(months.close_month, month, made.users.clerk) == told
    time.go(seconds=1)
    assert months.close_month(month, made.users.clerk).state == MonthState.CLOSED


def test_a_month_is_not_closed_while_something_waits(made, month, time):
    filed(made.cadre, month)
    time.now = after_filing(month)
    staging.reporting(made, month)
    time.now = month.results_until + DAY
    told = "还有1份月承诺等待审批、核实或认定，请先办完。"
    assert refusal(months.close_month, month, made.users.clerk) == told


@pytest.fixture
def closed(made, month, time):
    """November is over: the cadre did not report, the third need not file, nobody else has filed."""
    approved(made.cadre, month)
    commitments.release(commitment(made.third, month), "支援外县", made.users.clerk)
    time.now = after_filing(month)
    staging.reporting(made, month)
    time.now = month.results_until + DAY
    return months.close_month(month, made.users.clerk)


def test_what_was_not_filed_is_one_missing_row_that_is_not_fulfilled(made, closed):
    one = commitment(made.other, closed)
    assert (one.state, one.outcome) == (CommitmentState.ENDED, Outcome.NOT)
    row = one.promises.get()
    assert (row.missing, row.outcome, row.work, row.outcome_remark) == (
        True, Outcome.NOT, "未填报月承诺", "未填报月承诺",
    )  # fmt: skip
    assert row.due == datetime.date(2026, 11, 30)


def test_what_was_not_reported_is_not_fulfilled_in_every_row(made, closed):
    one = commitment(made.cadre, closed)
    assert (one.state, one.outcome) == (CommitmentState.ENDED, Outcome.NOT)
    assert (
        list(one.promises.values_list("missing", "outcome", "outcome_remark")) == [(False, Outcome.NOT, "未报结果")] * 2
    )


def test_what_was_sent_back_and_not_reported_again_says_so(made, month, time):
    approved(made.cadre, month)
    time.now = after_filing(month)
    staging.reporting(made, month)
    one = staging.reported(made.cadre, month)
    results.send_back(one, "没有附件。", made.users.supervisor)
    time.now = month.results_until + DAY
    months.close_month(month, made.users.clerk)
    assert set(one.promises.values_list("outcome", "outcome_remark")) == {(Outcome.NOT, "结果退回后未重新报")}


# Released, and asked again.


def test_what_is_approved_is_not_released_once_one_of_its_days_is_over(made, month, time):
    """Else a release would hide from everybody that a promise was not kept."""
    one = approved(made.cadre, month)
    clerk, due = made.users.clerk, one.promises.first().due
    time.now = here(2026, 11, due.day, 23)
    assert refusal(commitments.release, commitment(made.cadre, month), "支援外县", clerk) == ""
    commitments.ask_again(commitment(made.cadre, month), clerk)
    one = approved(made.cadre, month)
    time.now = here(2026, 11, due.day + 1, 0)
    told = "这份承诺已有事项到期，应由田野报结果。只有已不在岗或今天请假外出的才能免填，请先登记。"
    assert refusal(commitments.release, one, "支援外县", clerk) == told
    away = Absence.objects.create(person=made.cadre, kind=AbsenceKind.LEAVE, since=due, until=due)
    assert refusal(commitments.release, one, "支援外县", clerk) == told
    away.until = None
    away.save()
    assert commitments.release(one, "长期病假", clerk).state == CommitmentState.RELEASED


def test_who_left_is_released_also_after_a_day_is_over(made, month, time):
    one = approved(made.cadre, month)
    Appointment.objects.filter(person=made.cadre).update(until=datetime.date(2026, 11, 20))
    time.now = here(2026, 11, 20, 12)
    assert refusal(commitments.release, one, "已调离", made.users.clerk) != ""
    time.now = here(2026, 11, 21, 12)
    assert commitments.release(one, "已调离", made.users.clerk).state == CommitmentState.RELEASED


def test_what_is_asked_again_begins_anew(made, month, time):
    """Nothing of what was approved, or reported and sent back, counts for what is filed then, or not filed."""
    approved(made.cadre, month)
    time.now = after_filing(month)
    staging.reporting(made, month)
    one = staging.reported(made.cadre, month)
    results.send_back(one, "没有附件。", made.users.supervisor)
    commitments.release(commitment(made.cadre, month), "支援外县", made.users.clerk)
    one = commitments.ask_again(commitment(made.cadre, month), made.users.clerk)
    assert (one.approved_at, one.approved_by, one.approved_for, one.reported_at) == (None, None, None, None)
    time.now = month.results_until + DAY
    months.close_month(month, made.users.clerk)
    rows = Commitment.objects.filter(person=made.cadre).order_by().values("month").annotate(**commitment_counts())
    assert [(row.filed, row.not_filed) for row in map(counts_of, rows)] == [(0, 1)]


def test_who_need_not_file_misses_nothing(made, closed):
    one = commitment(made.third, closed)
    assert (one.state, one.outcome, one.promises.count()) == (CommitmentState.RELEASED, "", 0)


def test_nothing_of_a_closed_month_changes(made, closed):
    told = "2026年11月已办结，不能再改动。如有疑问请联系效能办。"
    clerk = made.users.clerk
    assert refusal(filed, made.other, closed) == told
    assert refusal(commitments.release, commitment(made.other, closed), "事假", clerk) == told
    assert refusal(commitments.ask_again, commitment(made.third, closed), clerk) == told
    assert refusal(commitments.take_back, commitment(made.other, closed), made.users.other) == told


def test_the_clocks_of_a_closed_month_stand(closed):
    assert {clock.state for clock in clocks_of(MONTH_CLOCK, closed.pk)} == {"stopped"}


# By themselves.


@pytest.mark.parametrize(("today", "opened"), [((2026, 10, 26), []), ((2026, 10, 27), ["commitments.open:2026-11"])])
def test_a_month_opens_by_itself_so_many_days_before(made, time, today, opened):
    time.now = here(2026, 10, 1, 9)
    staging.month(made)
    time.now = here(*today, 8)
    assert [key for key in run(time.now) if "open" in key] == opened


def test_a_tick_twice_or_days_late_opens_a_month_once(made, time):
    time.now = here(2026, 11, 4, 8)
    assert "commitments.open:2026-11" in run(time.now)
    assert run(time.now) == ["commitments.newcomers:2026-11:2026-11-04", "commitments.release:2026-11:2026-11-04"]
    assert run(time.now) == []
    assert Month.objects.count() == 1
    assert Commitment.objects.count() == 7


def test_a_month_whose_filing_would_be_over_is_opened_by_hand_alone(made, time):
    time.now = here(2026, 11, 7, 8)
    assert run(time.now) == []


def test_nothing_opens_by_itself_where_nobody_files(made, time):
    Appointment.objects.all().delete()
    assert tick(time.now).failed == []
    assert not Month.objects.exists()


def test_results_begin_by_themselves_on_the_last_day(made, month, time):
    time.now = here(2026, 11, 29, 23)
    run(time.now)
    month.refresh_from_db()
    assert month.state == MonthState.OPEN
    time.now = here(2026, 11, 30, 0, 5)
    assert "commitments.report:2026-11" in run(time.now)
    month.refresh_from_db()
    assert month.state == MonthState.REPORTING


def test_three_days_late_a_tick_brings_the_months_to_where_they_would_be(made, month, time):
    time.now = here(2026, 12, 3, 8)
    assert {"commitments.report:2026-11", "commitments.open:2026-12"} <= set(run(time.now))
    assert list(Month.objects.values_list("first", "state")) == [
        (datetime.date(2026, 12, 1), MonthState.OPEN),
        (NOVEMBER, MonthState.REPORTING),
    ]
    run(time.now)
    assert run(time.now) == []
