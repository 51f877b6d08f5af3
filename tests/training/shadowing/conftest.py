"""The township of `tests.training.shadowing.stage` on Wednesday, 4 November 2026."""

import pytest
from django.utils import timezone

from tests.training.shadowing.stage import Shadowed
from tests.training.years.stage import moment


@pytest.fixture
def town(db, monkeypatch):
    now = moment("2026-11-04")
    monkeypatch.setattr(timezone, "now", lambda: now)
    return Shadowed()
