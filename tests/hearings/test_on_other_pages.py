"""Hearings among the hits of the search and on the home page."""

import datetime

import pytest
from django.utils import timezone

from hearings.models import Hearing
from hearings.search_hooks import next_hearing
from search.kinds import declared_kinds, kind_of
from tests.hearings import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    """An announced hearing ten days ahead with its live notice."""
    begins = timezone.now() + datetime.timedelta(days=10)
    found = record.hearing(starts_at=begins, sign_up_until=begins - datetime.timedelta(days=3))
    found.page = record.notice(found, live=True)
    return found


def tiles(rf):
    return list(next_hearing(rf.get("/")))


def day(moment):
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日（星期{'一二三四五六日'[local.weekday()]}）"


def test_the_home_page_says_when_the_next_hearing_is_and_how_to_sign_up(announced, rf):
    (tile,) = tiles(rf)
    assert tile.title.startswith(f"听证会：{day(announced.hearing.starts_at)}")
    assert tile.text.startswith(f"报名到{day(announced.hearing.sign_up_until)}")
    assert tile.text.endswith("，网上报名或找本村驻村干部")
    assert (tile.kind, tile.url) == ("today", announced.page.get_url())


def test_after_sign_up_the_tile_says_where(announced, rf):
    Hearing.objects.filter(pk=announced.hearing.pk).update(sign_up_until=timezone.now())
    assert tiles(rf)[0].text == "石桥镇政府三楼会议室"


@pytest.mark.parametrize("state", ["planned", "postponed", "cancelled", "held"])
def test_no_tile_leads_to_a_hearing_nobody_can_come_to(rf, state):
    record.notice(record.hearing(state=state, starts_at=timezone.now() + datetime.timedelta(days=10)), live=True)
    assert tiles(rf) == []


def test_no_tile_for_one_that_is_over_or_not_public(announced, rf):
    Hearing.objects.filter(pk=announced.hearing.pk).update(starts_at=timezone.now() - datetime.timedelta(hours=1))
    assert tiles(rf) == []
    record.notice(record.hearing(starts_at=timezone.now() + datetime.timedelta(days=10), host=announced.office))
    assert tiles(rf) == []


def test_the_hits_of_hearings_are_called_by_their_kind(announced):
    kind = kind_of(type(announced.page), declared_kinds())
    assert (kind.key, str(kind.label), kind.card) == ("hearing", "听证公告", "hearings/card.html")


def test_a_hit_says_when_it_is_and_how_it_stands(announced, client, search_index):
    search_index()
    announced.page.save()
    search_index()
    html = client.get("/search/", {"q": "效能听证会的公告"}).content.decode()
    assert "石桥镇政府三楼会议室" in html
    assert "已公告" in html
