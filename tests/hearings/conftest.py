"""A session that is going on, on its day."""

import datetime

import pytest
from django.utils import timezone

from tests.hearings.sittings import SESSION, sitting


class Time:
    """The office's time, stopped; ``go(days=1)`` lets it pass."""

    def __init__(self, now):
        self.now = now

    def go(self, **passed):
        self.now += datetime.timedelta(**passed)
        return self.now


@pytest.fixture
def time(monkeypatch):
    """It is the hour of the session until a test lets time pass."""
    clock = Time(SESSION + datetime.timedelta(minutes=30))
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def room(db, time):
    return sitting()
