"""A township with its home page and sections; pages are put live through `publish`."""

import datetime
import json

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from organisation.enums import UnitKind
from organisation.models import Unit
from pages.models import NoticePage, SectionPage
from suite.publishing.domain import publish_batch
from suite.roles.domain import group

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
def two_others(db, django_user_model):
    """A checker and an approver: the two who clear what is published here."""
    people = []
    for role in ("checker", "approver"):
        person = django_user_model.objects.create(username=role)
        person.groups.add(group(role))
        people.append(person)
    return people


@pytest.fixture
def publish(two_others):
    """publish(parent, page, days_ago=0): the page under that parent, cleared and live since so many days."""

    def put(parent, page, days_ago=0):
        parent.refresh_from_db()
        parent.add_child(instance=page)
        assert publish_batch([page], *two_others, name="test", file_hash="0" * 64).refused == []
        moment = timezone.now() - datetime.timedelta(days=days_ago)
        Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
        page.refresh_from_db()
        return page

    return put


@pytest.fixture
def notice(unit):
    """notice(title, **fields): a notice that is not saved yet."""

    def make(title, **fields):
        return NoticePage(title=title, responsible_unit=unit, body=json.dumps(TEXT), **fields)

    return make
