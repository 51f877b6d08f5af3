"""A town on a Wednesday in November."""

import pytest
from django.utils import timezone

from tests.training.quizzes import staging


@pytest.fixture
def time(monkeypatch):
    """It is 4 November 2026, ten o'clock, until a test lets time pass."""
    clock = staging.Time()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def stage(db, time):
    """See `staging.Stage`."""
    return staging.Stage()
