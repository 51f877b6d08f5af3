"""A township with its home page and sections; pages are put live through `publish`."""

import datetime
import json

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from organisation.enums import UnitKind
from organisation.models import Unit
from pages.models import NoticePage, SectionPage

TEXT = [{"type": "paragraph", "value": "<h2>参保对象</h2><p>具有本乡户籍的城乡居民。</p>"}]


@pytest.fixture
def home(db):
    return Site.objects.get(is_default_site=True).root_page.specific


@pytest.fixture
def unit(db):
    return Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石门乡人民政府")


@pytest.fixture
def notices(home):
    return SectionPage.objects.get(title="通知公告")


@pytest.fixture
def publish():
    """publish(parent, page, days_ago=0): the page under that parent, live since so many days."""

    def put(parent, page, days_ago=0):
        moment = timezone.now() - datetime.timedelta(days=days_ago)
        parent.refresh_from_db()
        parent.add_child(instance=page)
        Page.objects.filter(pk=page.pk).update(
            live=True, first_published_at=moment, last_published_at=moment, has_unpublished_changes=False
        )
        page.refresh_from_db()
        return page

    return put


@pytest.fixture
def notice(unit):
    """notice(title, **fields): a notice that is not saved yet."""

    def make(title, **fields):
        return NoticePage(title=title, responsible_unit=unit, body=json.dumps(TEXT), **fields)

    return make
