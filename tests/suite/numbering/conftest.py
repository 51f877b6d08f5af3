"""A series, the people who take and void numbers, and a page type that carries them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Page

from suite.numbering.models import NumberSeries
from tests.suite.publishing.steps import make_user
from tests.suite.publishing.testapp.models import Circular


def moment(year, month=6, day=1, hour=12):
    """A moment in the office's time."""
    return datetime.datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def series(db):
    return NumberSeries.objects.create(prefix="石政发", purpose="综合", first_year=2020)


@pytest.fixture
def editor(db):
    return make_user("editor", "editor")


@pytest.fixture
def checker(db):
    return make_user("checker", "checker")


@pytest.fixture
def approver(db):
    return make_user("approver", "approver")


@pytest.fixture
def circular(editor):
    """circular(title, number=""): a draft that its editor wrote."""

    def make(title="停水通报", number=""):
        page = Page.get_first_root_node().add_child(instance=Circular(title=title, number=number, owner=editor))
        page.save_revision(user=editor, log_action=True)
        return page

    return make
