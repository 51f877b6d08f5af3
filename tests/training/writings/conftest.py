"""It is October 2026 in a town whose cadres write."""

import pytest
from django.utils import timezone

from tests.training.writings.stage import NOW, Stage


class Time:
    """The office's time, stopped at ``now`` until a test lets it pass."""

    now = NOW


@pytest.fixture
def time(monkeypatch):
    clock = Time()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def town(db, time):
    return Stage()
