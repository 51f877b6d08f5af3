"""Days reckoned against hand-computed ones, weeks of make-up days 调休 included."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.clock.calendar import DAY, Calendar
from suite.clock.reckoning import Break, Limit, reckon

STATE_COUNCIL = Calendar()
DATES = st.dates(datetime.date(2024, 1, 1), datetime.date(2027, 6, 30))
NUMBERS = st.integers(1, 60)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        # National Day 2025: 1–8 October off; 28 September (Sunday) and 11 October (Saturday) worked.
        ("2025-09-26", 1, "2025-09-28"),
        ("2025-09-26", 3, "2025-09-30"),
        ("2025-09-26", 4, "2025-10-09"),
        ("2025-09-26", 6, "2025-10-11"),
        ("2025-09-26", 7, "2025-10-13"),
        # Spring Festival 2025: 28 January – 4 February off; 26 January and 8 February worked.
        ("2025-01-24", 1, "2025-01-26"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-01-24", 6, "2025-02-08"),
        ("2025-01-24", 7, "2025-02-10"),
        # Spring Festival 2026: 15–23 February off; 14 and 28 February worked.
        ("2026-02-12", 2, "2026-02-14"),
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-02-12", 7, "2026-02-28"),
        ("2026-02-12", 8, "2026-03-02"),
        # Labour Day 2026: 1–5 May off; 9 May worked.
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-04-30", 4, "2026-05-09"),
        ("2026-04-30", 5, "2026-05-11"),
        # National Day 2026: 1–7 October off; 10 October (Saturday) worked.
        ("2026-09-28", 2, "2026-09-30"),
        ("2026-09-28", 5, "2026-10-10"),
        ("2026-09-28", 8, "2026-10-14"),
        # An ordinary week, from a Friday and from the Saturday after it.
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-11-21", 5, "2026-11-27"),
        # Nothing to wait for: the first working day from here on.
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-10-01", 0, "2026-10-08"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, number, due):
    assert STATE_COUNCIL.add_working_days(day(start), number) == day(due)


def test_nobody_counts_backward():
    with pytest.raises(ValueError, match="forward"):
        STATE_COUNCIL.add_working_days(day("2026-11-20"), -1)


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        ("2026-09-28", "2026-10-10", 5),
        ("2026-10-10", "2026-09-28", -5),
        ("2026-10-01", "2026-10-07", 0),
        ("2026-11-20", "2026-11-20", 0),
    ],
)
def test_working_days_between(first, last, number):
    assert STATE_COUNCIL.working_days_between(day(first), day(last)) == number


def test_the_office_s_own_days_win():
    own = Calendar({day("2026-11-23"): (False, "停电"), day("2026-11-28"): (True, "防汛")})
    assert not own.is_working_day(day("2026-11-23"))
    assert own.is_working_day(day("2026-11-28"))
    assert own.add_working_days(day("2026-11-20"), 5) == day("2026-11-28")


def test_beyond_the_known_calendar_weekends_decide_and_the_office_may_vouch():
    new_year, monday = day("2027-01-01"), day("2027-01-04")
    assert STATE_COUNCIL.is_working_day(new_year)
    assert not STATE_COUNCIL.is_working_day(day("2027-01-02"))
    assert not STATE_COUNCIL.is_known(monday)
    vouched = Calendar({new_year: (False, "元旦")}, complete_until=day("2027-12-31"))
    assert not vouched.is_working_day(new_year)
    assert vouched.is_known(monday)
    assert not vouched.is_known(day("2028-01-01"))
    limit = Limit(day("2026-12-30"), 3, "working")
    assert (reckon(limit, STATE_COUNCIL).day, reckon(limit, STATE_COUNCIL).provisional) == (day("2027-01-04"), True)
    assert (reckon(limit, vouched).day, reckon(limit, vouched).provisional) == (day("2027-01-05"), False)
    assert not reckon(Limit(day("2026-12-30"), 1, "working"), STATE_COUNCIL).provisional


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-11-20", 10, "2026-11-30"),
        # The last day is a Saturday, or falls into the holidays: the next working day counts.
        ("2026-11-18", 10, "2026-11-30"),
        ("2026-09-26", 7, "2026-10-08"),
    ],
)
def test_natural_days_end_on_a_working_day(start, amount, due):
    assert reckon(Limit(day(start), amount, "natural"), STATE_COUNCIL).day == day(due)


def test_a_pause_without_end_leaves_the_due_day_open_unless_it_came_before():
    limit = Limit(day("2026-11-16"), 3, "working", [Break(day("2026-11-17"), None)])
    assert reckon(limit, STATE_COUNCIL).day is None
    late = Limit(day("2026-11-16"), 3, "working", [Break(day("2026-11-19"), None)])
    assert reckon(late, STATE_COUNCIL).day == day("2026-11-19")


@given(DATES, NUMBERS)
def test_due_is_a_working_day_and_counts_back(start, number):
    due = STATE_COUNCIL.add_working_days(start, number)
    assert STATE_COUNCIL.is_working_day(due)
    assert STATE_COUNCIL.working_days_between(start, due) == number


@given(DATES, NUMBERS, st.sampled_from(["working", "natural"]))
def test_every_limit_ends_on_a_working_day(start, number, unit):
    assert STATE_COUNCIL.is_working_day(reckon(Limit(start, number, unit), STATE_COUNCIL).day)


@given(DATES, NUMBERS, st.integers(0, 200))
def test_a_holiday_more_never_makes_due_earlier(start, number, offset):
    more = Calendar({start + DAY * offset: (False, "停电")})
    limit = Limit(start, number, "working")
    assert reckon(limit, more).day >= reckon(limit, STATE_COUNCIL).day


@given(DATES, NUMBERS, st.integers(0, 200))
def test_a_working_day_more_never_makes_due_later(start, number, offset):
    more = Calendar({start + DAY * offset: (True, "防汛")})
    limit = Limit(start, number, "working")
    assert reckon(limit, more).day <= reckon(limit, STATE_COUNCIL).day


@given(DATES, NUMBERS, st.integers(1, 5))
def test_a_longer_limit_is_due_later_and_a_later_start_is_never_due_earlier(start, number, step):
    due = STATE_COUNCIL.add_working_days(start, number)
    assert STATE_COUNCIL.add_working_days(start, number + step) > due
    assert STATE_COUNCIL.add_working_days(start + DAY * step, number) >= due


@given(DATES, NUMBERS, st.data())
def test_a_pause_of_so_many_working_days_moves_due_by_so_many(start, number, data):
    due = STATE_COUNCIL.add_working_days(start, number)
    since = data.draw(st.dates(start, due - DAY))
    until = since + DAY * data.draw(st.integers(0, 40))
    lost = STATE_COUNCIL.working_days_between(since, until)
    paused = reckon(Limit(start, number, "working", [Break(since, until)]), STATE_COUNCIL).day
    assert paused == (STATE_COUNCIL.add_working_days(due, lost) if lost else due)


@given(DATES, NUMBERS, st.integers(0, 40))
def test_a_pause_moves_natural_days_by_its_length_up_to_the_next_working_day(start, number, length):
    paused = reckon(Limit(start, number, "natural", [Break(start, start + DAY * length)]), STATE_COUNCIL).day
    assert paused == STATE_COUNCIL.next_working_day(start + DAY * (number + length))
