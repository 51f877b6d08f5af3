"""A page to import under, an editor, and a media folder of the test's own. No plugin's page types."""

import pytest
from wagtail.models import Page

from tests.suite.publishing.steps import make_user
from tests.suite.publishing.testapp.models import Poster


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Where pictures are stored; empty at first."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def section(db):
    return Page.get_first_root_node().add_child(instance=Poster(title="通知公告"))


@pytest.fixture
def editor(db):
    return make_user("bianji", "editor")
