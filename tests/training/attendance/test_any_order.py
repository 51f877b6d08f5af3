"""In whatever order people scan, tap, are ticked and struck out: what is recorded is what an independent model says."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.refusals import refusal
from tests.training.attendance import staging
from training.domain.attendance import codes
from training.domain.attendance.records import missing_to_close, standing
from training.domain.lifecycle import attendance, attendance_window
from training.domain.lifecycle.attendance import Who
from training.enums import AttendanceState
from training.models import Attendance

PEOPLE, DEVICES = 3, 2
who = st.integers(0, PEOPLE - 1)


class Room(RuleBasedStateMachine):
    """The model knows sets, seconds and numbers, nothing of the database."""

    def __init__(self):
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.here = staging.township()
        self.seconds, self.ends = 0, -1
        self.there, self.struck, self.used = set(), set(), {}
        self.count = None

    def teardown(self):
        transaction.set_rollback(True)
        self.rolled_back.__exit__(None, None, None)

    @property
    def now(self):
        return staging.after(seconds=self.seconds)

    def user(self, number):
        return (self.here.users.first, self.here.users.second, self.here.users.third)[number]

    @initialize()
    def begin(self):
        self.open_it(2)

    @rule(seconds=st.integers(1, 50))
    def time_passes(self, seconds):
        self.seconds += seconds

    @rule(minutes=st.integers(1, 3))
    def open_it(self, minutes):
        attendance_window.open_window(self.here.session, minutes, self.here.users.trainer, self.now)
        self.ends = self.seconds + 60 * minutes

    @rule()
    def close_it(self):
        said = refusal(attendance_window.close_window, self.here.session, self.here.users.trainer, self.now)
        assert (said == "") is (self.seconds < self.ends)
        self.ends = min(self.ends, self.seconds)

    @rule(number=who, device=st.integers(0, DEVICES - 1), age=st.integers(-30, 90))
    def somebody_types_what_stood_on_the_screen(self, number, device, age):
        """A code that came up with the step in which it was `age` seconds ago."""
        step = codes.step_at(self.now - datetime.timedelta(seconds=age))
        token = codes.code_at(self.here.session, step).token
        fresh = (self.seconds // codes.STEP) - ((self.seconds - age) // codes.STEP) in (0, 1)
        free = self.used.get(device) is None
        known = number in self.there or number in self.struck
        right = self.seconds < self.ends and fresh and free and not known
        said = refusal(attendance.attend, self.here.session, token, self.user(number), f"device {device}", self.now)
        assert (said == "") is right, said
        if right:
            self.there.add(number)
            self.used[device] = number

    @rule(number=who)
    def the_trainer_ticks(self, number):
        person = self.user(number).person
        said = refusal(attendance.tick, self.here.session, Who(person=person), self.here.users.trainer, self.now)
        assert (said == "") is (number not in self.there)
        self.there.add(number)

    @rule(number=who)
    def the_trainer_strikes_out(self, number):
        row = Attendance.objects.filter(person=self.user(number).person, state=AttendanceState.RECORDED).first()
        assert (row is not None) is (number in self.there)
        if row is not None:
            attendance.strike(row, "不在会场", self.here.users.trainer, self.now)
            self.there.remove(number)
            self.struck.add(number)

    @rule(heads=st.integers(0, PEOPLE), why=st.sampled_from(["", "服务员在场"]))
    def heads_are_counted(self, heads, why):
        attendance.count_heads(self.here.session, heads, self.here.users.trainer, why, self.now)
        self.count = (heads, bool(why), len(self.there) - heads)

    @invariant()
    def it_adds_up(self):
        found = standing(self.here.session)
        assert found.recorded == len(self.there)
        assert Attendance.objects.exclude(device="").values("device").distinct().count() == len(self.used)
        settled = False
        if self.count and self.there:
            heads, explained, difference = self.count
            off = len(self.there) - heads
            settled = off == 0 or (explained and off == difference)
        assert (missing_to_close(self.here.session) == []) is settled


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_happens_who_was_there_is_recorded_once(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: staging.NINE)
    run_state_machine_as_test(
        Room,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
