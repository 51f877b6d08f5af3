"""The township of `tests.training.skills.stage` on Wednesday, 4 November 2026, ten o'clock."""

import pytest
from django.utils import timezone

from tests.training.skills.stage import Skilled
from tests.training.years.stage import moment


@pytest.fixture
def town(db, monkeypatch):
    now = moment("2026-11-04")
    monkeypatch.setattr(timezone, "now", lambda: now)
    return Skilled()
