import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from wagtail.models import ModelLogEntry

from suite.clock import domain, rules
from suite.clock.enums import Outcome, States
from suite.clock.models import CalendarDay, ClockSettings, DueDate
from suite.clock.signals import due_moved

pytestmark = pytest.mark.django_db

MONDAY = datetime.datetime(2026, 9, 28, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def clerk():
    return User.objects.create_user("clerk")


@pytest.fixture
def clock(clerk):
    return domain.start_clock(("case", 7), "cases.promise", 5, "working", clerk, MONDAY)


def log(clock):
    return [(e.action, e.user and e.user.username, e.data) for e in ModelLogEntry.objects.for_instance(clock)][::-1]


def test_a_clock_says_until_when_and_how_that_was_reckoned(clock):
    clock.refresh_from_db()
    assert (clock.state, clock.due, clock.provisional) == (States.RUNNING, day("2026-10-10"), False)
    assert clock.explanation == "自2026年9月28日起5个工作日，国庆节放假7天，10月10日调休上班，至2026年10月10日"
    assert list(domain.clocks_of("case", 7)) == [clock]


def test_the_explanation_is_in_the_office_s_language_whoever_is_at_work():
    with translation.override("en"):
        clock = domain.start_clock(("case", 7), "r", 1, "working", None, MONDAY)
    assert clock.explanation == "自2026年9月28日起1个工作日，至2026年9月29日"


def test_holidays_that_meet_are_told_together():
    start = MONDAY.replace(year=2025, day=30)
    clock = domain.start_clock(("case", 7), "r", 1, "working", None, start)
    assert clock.explanation == "自2025年9月30日起1个工作日，国庆节、中秋放假8天，至2025年10月9日"


def test_a_limit_in_natural_days_says_when_it_was_moved_to_a_working_day():
    clock = domain.start_clock(("case", 7), "r", 7, "natural", None, MONDAY)
    assert (clock.due, clock.explanation) == (
        day("2026-10-08"),
        "自2026年9月28日起7个自然日，2026年10月5日为休息日，顺延至下一工作日，至2026年10月8日",
    )


def test_an_instant_matter_received_after_hours_is_due_the_next_working_day():
    same = domain.start_clock(("case", 1), "instant", 0, "working", None, MONDAY)
    after = domain.start_clock(("case", 2), "instant", 0, "working", None, MONDAY.replace(day=30, hour=18))
    assert (same.due, after.due) == (day("2026-09-28"), day("2026-10-08"))
    assert after.explanation == "2026年10月8日受理，当日办结，至2026年10月8日"


def test_beyond_the_known_calendar_a_due_date_is_provisional_until_the_office_enters_it():
    clock = domain.start_clock(("case", 7), "r", 3, "working", None, MONDAY.replace(month=12, day=30))
    assert (clock.due, clock.provisional) == (day("2027-01-04"), True)
    assert clock.explanation.endswith("至2027年1月4日，暂定：2027年放假安排尚未公布")
    CalendarDay.objects.create(date=day("2027-01-01"), reason="元旦")
    ClockSettings.objects.create(complete_until=day("2027-12-31"))
    clock.refresh_from_db()
    assert (clock.due, clock.provisional) == (day("2027-01-05"), False)
    assert clock.explanation == "自2026年12月30日起3个工作日，1月1日休息（元旦），至2027年1月5日"


def test_it_is_called_what_its_rule_is_called(clock, monkeypatch):
    clock.refresh_from_db()
    assert str(clock) == "时限 2026-10-10"
    monkeypatch.setattr(rules, "_labels", {})
    rules.declare("cases.promise", "承诺时限")
    assert str(clock) == "承诺时限 2026-10-10"


def test_a_subject_has_one_open_clock_for_each_rule(clock):
    with pytest.raises(ValidationError, match="停止"):
        domain.start_clock(("case", 7), "cases.promise", 5, "working", None, MONDAY)
    domain.start_clock(("case", 7), "cases.joint:unit 3", 5, "working", None, MONDAY)
    domain.stop(clock, None, day("2026-09-30"))
    domain.start_clock(("case", 7), "cases.promise", 5, "working", None, MONDAY)
    assert domain.open_clocks().count() == 2


@pytest.mark.parametrize(("amount", "unit"), [(-1, "working"), (5, "moons"), (4000, "natural")])
def test_a_limit_that_makes_no_sense_is_refused(amount, unit):
    with pytest.raises(ValidationError):
        domain.start_clock(("case", 7), "r", amount, unit, None, MONDAY)
    assert DueDate.objects.count() == 0


def test_a_pause_moves_the_due_day_by_its_working_days(clock, clerk):
    domain.pause(clock, "等待补正", clerk, on=day("2026-09-29"))
    clock = domain.open_clocks().get()
    assert (clock.state, clock.due) == (States.PAUSED, None)
    assert clock.explanation.endswith("2026年9月29日起中止计时（等待补正），恢复计时后重新确定到期日")
    # 30 September and 8 October are lost: 9 and 10 October, 12 and 13 October remain.
    clock = domain.resume(clock, clerk, on=day("2026-10-08"))
    assert (clock.state, clock.due) == (States.RUNNING, day("2026-10-13"))
    assert "2026年9月29日至2026年10月8日中止计时（等待补正）" in clock.explanation
    (pause,) = clock.pauses.all()
    assert (pause.since, pause.until, pause.reason, pause.by) == (
        day("2026-09-29"),
        day("2026-10-08"),
        "等待补正",
        clerk,
    )


def test_a_pause_with_an_expected_end_shows_a_due_day_meanwhile(clock):
    clock = domain.pause(clock, "等待补正", None, on=day("2026-09-29"), expected_until=day("2026-10-08"))
    assert (clock.state, clock.due) == (States.PAUSED, day("2026-10-13"))
    clock = domain.resume(clock, None, on=day("2026-09-30"))
    assert clock.due == day("2026-10-12")


def test_an_extension_moves_the_due_day_and_says_so(clock, clerk):
    clock = domain.extend(clock, 3, "需现场核实", clerk)
    assert clock.due == day("2026-10-14")
    assert clock.explanation.startswith("自2026年9月28日起8个工作日（其中延长3日），")
    assert [(e.amount, e.reason, e.by) for e in clock.extensions.all()] == [(3, "需现场核实", clerk)]


@pytest.mark.parametrize(
    ("on", "outcome"), [("2026-10-09", Outcome.EARLY), ("2026-10-10", Outcome.ON_TIME), ("2026-10-11", Outcome.LATE)]
)
def test_early_on_time_or_late_follows_from_the_day_it_stopped(clock, on, outcome):
    assert domain.outcome(clock) is None
    clock = domain.stop(clock, None, day(on))
    assert (clock.state, domain.outcome(clock), domain.level(clock)) == (States.STOPPED, outcome, None)


def test_a_paused_clock_that_stops_ends_its_pause(clock):
    domain.pause(clock, "等待补正", None, on=day("2026-09-29"))
    clock = domain.stop(clock, None, day("2026-10-08"))
    assert (clock.pauses.get().until, clock.due) == (day("2026-10-08"), day("2026-10-13"))
    assert domain.outcome(clock) == Outcome.EARLY


def refused(function, *arguments, **more):
    with pytest.raises(ValidationError), transaction.atomic():
        function(*arguments, **more)


def test_what_makes_no_sense_is_refused_and_changes_nothing(clock):
    before = DueDate.objects.values().get()
    refused(domain.resume, clock, None)
    refused(domain.pause, clock, " ", None, on=day("2026-09-29"))
    refused(domain.pause, clock, "早于起算", None, on=day("2026-09-27"))
    refused(domain.pause, clock, "x", None, on=day("2026-09-29"), expected_until=day("2026-09-28"))
    refused(domain.extend, clock, 0, "x", None)
    refused(domain.extend, clock, 1, "", None)
    refused(domain.stop, clock, None, day("2026-09-27"))
    assert DueDate.objects.values().get() == before
    assert clock.pauses.count() == clock.extensions.count() == 0


def test_a_paused_clock_is_not_paused_again_nor_resumed_in_the_past(clock):
    domain.pause(clock, "x", None, on=day("2026-09-29"))
    refused(domain.pause, clock, "x", None, on=day("2026-09-30"))
    refused(domain.resume, clock, None, on=day("2026-09-28"))
    domain.resume(clock, None, on=day("2026-09-30"))
    refused(domain.pause, clock, "x", None, on=day("2026-09-29"))


def test_a_stopped_clock_stays_as_it_is(clock):
    domain.stop(clock, None, day("2026-09-30"))
    for function, arguments in (
        (domain.stop, (None,)),
        (domain.resume, (None,)),
        (domain.pause, ("x", None)),
        (domain.extend, (1, "x", None)),
    ):
        refused(function, clock, *arguments)
    CalendarDay.objects.create(date=day("2026-10-08"), reason="停电")
    clock.refresh_from_db()
    assert clock.due == day("2026-10-10")


def test_everything_done_to_a_clock_is_in_the_log(clock, clerk):
    domain.pause(clock, "等待补正", clerk, on=day("2026-09-29"))
    domain.resume(clock, clerk, on=day("2026-10-08"))
    domain.extend(clock, 1, "需现场核实", clerk)
    domain.stop(clock, clerk, on=day("2026-10-09"))
    assert log(clock) == [
        ("clock.start", "clerk", {"after": "2026-10-10", "how": clock.explanation}),
        ("clock.pause", "clerk", {"before": "2026-10-10", "after": None, "reason": "等待补正", "until": None}),
        ("clock.resume", "clerk", {"before": None, "after": "2026-10-13"}),
        ("clock.extend", "clerk", {"before": "2026-10-13", "after": "2026-10-14", "days": 1, "reason": "需现场核实"}),
        ("clock.stop", "clerk", {"before": "2026-10-14", "after": "2026-10-14", "on": "2026-10-09"}),
    ]


def test_moving_a_holiday_moves_every_open_clock_and_logs_and_signals_it(clock):
    other = domain.start_clock(("case", 8), "r", 1, "working", None, MONDAY)
    heard = []

    def hear(due_date, before, after, **kwargs):
        heard.append((due_date.pk, before, after))

    due_moved.connect(hear)
    try:
        row = CalendarDay.objects.create(date=day("2026-10-08"), reason="停电")
        clock.refresh_from_db()
        other.refresh_from_db()
        assert (clock.due, other.due) == (day("2026-10-12"), day("2026-09-29"))
        assert "10月8日休息（停电）" in clock.explanation
        row.date = day("2026-10-09")
        row.save()
        clock.refresh_from_db()
        assert "10月9日休息（停电）" in clock.explanation
        row.delete()
        clock.refresh_from_db()
        assert clock.due == day("2026-10-10")
    finally:
        due_moved.disconnect(hear)
    assert heard == [
        (clock.pk, day("2026-10-10"), day("2026-10-12")),
        (clock.pk, day("2026-10-12"), day("2026-10-10")),
    ]
    entries = [data for action, _, data in log(clock) if action == "clock.recompute"]
    assert [(data["before"], data["after"]) for data in entries] == [
        ("2026-10-10", "2026-10-12"),
        ("2026-10-12", "2026-10-10"),
    ]
    assert entries[0]["reason"] == "工作日历变更：2026-10-08"


def test_a_calendar_edit_that_cannot_move_the_clocks_does_not_happen(clock):
    def fall(**kwargs):
        raise RuntimeError("no disk")

    due_moved.connect(fall)
    try:
        with pytest.raises(RuntimeError):
            CalendarDay.objects.create(date=day("2026-10-08"), reason="停电")
    finally:
        due_moved.disconnect(fall)
    assert CalendarDay.objects.count() == 0
    clock.refresh_from_db()
    assert clock.due == day("2026-10-10")
