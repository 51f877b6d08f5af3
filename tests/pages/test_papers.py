"""The versions of a notice on paper, from going live to being taken down."""

import datetime
import re

import pytest
from django.utils import timezone

from printing.domain.door import mark_of
from printing.domain.papers import living
from printing.domain.registry import find_printable
from printing.models import PaperVersion
from suite.publishing.domain.lifecycle import approve, submit
from suite.roles.domain import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(django_user_model):
    person = django_user_model.objects.create_user("editor", "editor@example.com", "x")
    person.groups.add(group("editor"))
    return person


def publish_again(page, title, editor, two_others):
    page = type(page).objects.get(pk=page.pk)
    page.title = title
    page.save_revision(user=editor)
    submit(page, editor)
    for person in two_others:
        page = approve(page, person)


def printed(page):
    printable, found = find_printable("notice", str(page.pk))
    mark_of(living(printable, str(page.pk), found))
    return PaperVersion.objects.get(number=1).code


def test_a_printed_notice_gets_its_next_version_when_it_goes_live_anew(
    publish, notice, notices, editor, two_others, django_capture_on_commit_callbacks
):
    page = publish(notices, notice("停水通知"), days_ago=5)
    printed(page)
    with django_capture_on_commit_callbacks(execute=True):
        publish_again(page, "停水通知（更正）", editor, two_others)
    rows = PaperVersion.objects.order_by("number").values_list("number", "title", "since")
    today = timezone.localdate()
    assert list(rows) == [(1, "停水通知", today - datetime.timedelta(days=5)), (2, "停水通知（更正）", today)]


def test_a_notice_that_nobody_printed_gets_none(
    publish, notice, notices, editor, two_others, django_capture_on_commit_callbacks
):
    page = publish(notices, notice("停水通知"))
    with django_capture_on_commit_callbacks(execute=True):
        publish_again(page, "停水通知（更正）", editor, two_others)
    assert PaperVersion.objects.count() == 0


def test_the_paper_of_a_notice_that_was_taken_down_leads_nowhere(client, publish, notice, notices):
    page = publish(notices, notice("停水通知"))
    code = printed(page)
    html = client.get(f"/z/{code}").content.decode()
    assert "这份现行有效" in html
    assert re.findall(r'class="button[^>]*href="([^"]*)"', html) == [page.url, f"/print/notice/{page.pk}.pdf"]
    type(page).objects.get(pk=page.pk).unpublish()
    html = client.get(f"/z/{code}").content.decode()
    assert "这份已下架" in html
    assert page.url not in html
