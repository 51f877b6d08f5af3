import datetime
from zoneinfo import ZoneInfo

import pytest

from suite.clock import domain
from suite.clock.enums import Level
from suite.clock.models import CalendarDay, ClockSettings

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Asia/Shanghai")


def day(text):
    return datetime.date.fromisoformat(text)


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=HERE)


def test_the_office_edits_its_calendar():
    assert domain.is_working_day(day("2026-11-23"))
    CalendarDay.objects.create(date=day("2026-11-23"), reason="停电")
    CalendarDay.objects.create(date=day("2026-11-22"), working=True, reason="防汛")
    assert not domain.is_working_day(day("2026-11-23"))
    assert domain.is_working_day(day("2026-11-22"))
    assert domain.add_working_days(day("2026-11-21"), 2) == day("2026-11-24")
    assert domain.working_days_between(day("2026-11-21"), day("2026-11-24")) == 2


def test_a_day_beyond_the_calendar_is_provisional_until_the_office_vouches_for_it():
    assert not domain.is_provisional(day("2026-12-31"))
    assert domain.is_provisional(day("2027-01-04"))
    ClockSettings.objects.create(complete_until=day("2027-12-31"))
    assert not domain.is_provisional(day("2027-01-04"))


@pytest.mark.parametrize(
    ("received", "counts_from"),
    [
        ("2026-11-20T10:00", "2026-11-20T10:00"),
        ("2026-11-20T07:00", "2026-11-20T08:30"),
        ("2026-11-20T08:30", "2026-11-20T08:30"),
        ("2026-11-20T17:29", "2026-11-20T17:29"),
        ("2026-11-20T17:30", "2026-11-23T08:30"),
        ("2026-11-21T10:00", "2026-11-23T08:30"),
        ("2026-09-30T18:00", "2026-10-08T08:30"),
        ("2026-10-10T10:00", "2026-10-10T10:00"),
    ],
)
def test_what_comes_after_hours_counts_from_the_next_opening(received, counts_from):
    assert domain.next_working_moment(moment(received)) == moment(counts_from)


def test_office_hours_are_the_office_s_to_set():
    ClockSettings.objects.create(opens=datetime.time(9), closes=datetime.time(16))
    assert domain.next_working_moment(moment("2026-11-20T16:30")) == moment("2026-11-23T09:00")


def test_hours_are_those_of_the_office_wherever_the_moment_was_written_down():
    utc = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
    assert domain.next_working_moment(utc) == moment("2026-11-23T08:30")


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [("2026-11-01", "2026-11-09", 7), ("2026-11-01", "2026-11-02", 0), ("2026-11-09", "2026-11-01", 0)],
)
def test_whole_days_between_counts_neither_end(first, last, days):
    assert domain.whole_days_between(day(first), day(last)) == days
    assert domain.whole_days_between(moment(f"{first}T23:59"), moment(f"{last}T00:01")) == days


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-24", Level.GREEN),
        ("2026-11-25", Level.YELLOW),
        ("2026-11-26", Level.YELLOW),
        ("2026-11-27", Level.RED),
        ("2026-11-28", Level.RED),
        ("2026-12-07", Level.RED),
    ],
)
def test_a_clock_turns_yellow_then_red(today, expected):
    clock = domain.start_clock(("case", 1), "promise", 5, "working", None, moment("2026-11-20T10:00"))
    assert domain.level(clock, moment(f"{today}T10:00")) == expected


def test_when_it_turns_is_the_office_s_to_set():
    ClockSettings.objects.create(yellow_days=4, red_days=1)
    clock = domain.start_clock(("case", 1), "promise", 5, "working", None, moment("2026-11-20T10:00"))
    levels = [domain.level(clock, moment(f"2026-11-{today}T10:00")) for today in (20, 23, 25, 26)]
    assert levels == [Level.GREEN, Level.YELLOW, Level.YELLOW, Level.RED]


def test_a_clock_is_due_when_the_office_closes():
    clock = domain.start_clock(("case", 1), "promise", 5, "working", None, moment("2026-11-20T10:00"))
    assert domain.due_moment(clock) == moment("2026-11-27T17:30")
