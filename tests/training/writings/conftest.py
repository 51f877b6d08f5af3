"""It is October 2026 in a town whose cadres write."""

import pytest
from django.utils import timezone
from wagtail.models import Site

from tests.training.writings.stage import NOW, Stage
from training.models import StudyIndexPage


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


@pytest.fixture
def section(town):
    """学习园地, where what was accepted is published."""
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(instance=StudyIndexPage(title="学习园地", slug="study"))


@pytest.fixture
def passing(town):
    """Two accounts that pass what is published: checker and approver."""
    return town.person("闵思远", "checker").user, town.person("欧阳静", "approver").user
