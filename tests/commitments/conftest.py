"""A township on the first working day of November, whose month is open."""

import pytest
from django.utils import timezone

from tests.commitments import notice_staging, staging
from tests.commitments.results_stage import Stage


@pytest.fixture
def time(monkeypatch):
    """It is the first working day of the month, nine o'clock, until a test lets time pass."""
    clock = staging.Time()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def made(db, time):
    """The people and units of `staging.township`."""
    return staging.township()


@pytest.fixture
def month(made):
    """November 2026, open for filing."""
    return staging.month(made)


@pytest.fixture
def stage(db):
    """November 2026 is over, its results are being reported; see results_stage."""
    made = Stage()
    yield made
    made.close()


@pytest.fixture
def december(monkeypatch):
    """It is Wednesday, 2 December 2026, ten o'clock: the results of November are decided."""
    clock = staging.Time(notice_staging.NOW)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def town(db, december):
    """The people and units of `notice_staging.township`."""
    return notice_staging.township()
