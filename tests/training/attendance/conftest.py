"""The session of `staging` on its day, at nine."""

import pytest
from django.utils import timezone

from tests.training.attendance import staging


class Time:
    """The clock on the wall, which a test moves."""

    def __init__(self):
        self.now = staging.NINE

    def go(self, **time):
        self.now = staging.after(**time)


@pytest.fixture
def time(monkeypatch):
    clock = Time()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def here(db, time):
    return staging.township()
