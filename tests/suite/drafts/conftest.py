"""A section to import into, an editor, and a media folder of the test's own."""

import pytest
from wagtail.models import Site

from pages.models import SectionPage
from suite.roles.domain import group
from suite.theme.models import OfficeSettings


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Where pictures are stored; empty at first."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def section(db):
    OfficeSettings.objects.create(site=Site.objects.get(), township_name="石桥镇人民政府")
    return SectionPage.objects.get(title="通知公告")


@pytest.fixture
def editor(db, django_user_model):
    user = django_user_model.objects.create_user("bianji", "b@example.com", "x", first_name="编辑")
    user.groups.add(group("editor"))
    return user
