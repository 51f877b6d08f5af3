"""A Monday in November, and the town whose people are asked to read."""

import pytest
from django.utils import timezone

from tests.training.reading import staging


@pytest.fixture
def time(monkeypatch):
    """It is Monday, 2 November 2026, nine o'clock, until a test lets time pass."""
    clock = staging.Time()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def room(db, time):
    return staging.Room()


@pytest.fixture
def cadre(room):
    """田野, a cadre in the office."""
    return room.person("田野", "cadre", unit=room.office)
