"""The ways in: life events, units, places, letters; how many queries they and a guide cost."""

import datetime
import json
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction, Site

from guides.models import GuidePlace, LifeEvent
from organisation.enums import UnitKind
from organisation.models import Unit
from suite.theme.models import OfficeSettings
from suite.theme.plugins import home_tiles
from tests.guides.conftest import LONG_AGO, material, question, step
from tests.guides.copies import copies
from tests.reading import text

pytestmark = pytest.mark.django_db


def titles(response):
    """The names of the guides in the list."""
    found = re.search(r'<ul class="guides.*?</ul>', response.content.decode(), re.S)
    return re.findall(r"<a href=\"[^\"]*\">([^<]*)</a>", found.group()) if found else None


@pytest.fixture
def station(db):
    return Unit.objects.create(kind=UnitKind.VILLAGE, name="柳岸村", since=LONG_AGO)


@pytest.fixture
def lawyers(db):
    return Unit.objects.create(kind=UnitKind.TEAM, name="法律服务队", since=LONG_AGO)


@pytest.fixture
def birth(db):
    return LifeEvent.objects.create(name="生孩子", slug="birth", examples="生育登记、上户口", order=1)


@pytest.fixture
def address(draft, publish, station, lawyers, birth):
    """The index's address, with three guides that differ in everything one can come in by."""
    publish(draft(title="低保"))
    registration = draft(title="生育登记", case_kind="instant", promised_limit=None, steps=[step("当场办")])
    registration.life_events = [birth]
    registration.places = [GuidePlace(unit=station)]
    registration.save()
    publish(registration)
    aid = draft(title="法律援助")
    aid.responsible_unit = lawyers
    aid.save()
    return publish(aid).get_parent().url


def test_the_index_offers_every_way_with_what_is_in_it(client, address):
    words = text(client.get(address))
    assert "您遇到了什么事？ 生活困难 2件事 生孩子 1件事 生育登记、上户口" in words
    assert "按名称的拼音首字母找 D F S 全部事项" in words
    assert "按部门找 民政社保服务队 法律服务队" in words
    assert "按办理地点找 便民服务受理室 柳岸村" in words


def test_each_way_leads_to_its_guides(client, address, lawyers, station):
    def found(query):
        return titles(client.get(address + query))

    assert found("") is None
    assert found("?event=birth") == ["生育登记"]
    assert found("?event=hardship") == ["低保", "法律援助"]
    assert found(f"?unit={lawyers.pk}") == ["法律援助"]
    assert found(f"?place={station.pk}") == ["生育登记"]
    assert found("?letter=D") == found("?letter=d") == ["低保"]
    assert found("?all=1") == ["低保", "法律援助", "生育登记"]


def test_a_line_of_the_list_says_what_one_gets_who_does_it_and_how_long(client, address):
    words = text(client.get(address + "?all=1"))
    assert "3件事 低保 家里收入低于低保标准的，可以按月领生活补助。 民政社保服务队 · 20个工作日" in words
    assert "生育登记 家里收入低于低保标准的，可以按月领生活补助。 民政社保服务队 · 当场办结" in words


@pytest.mark.parametrize(
    "query",
    [
        "?event=x",
        "?unit=x",
        "?unit=9999",
        "?place=%27",
        "?event=%00",
        "?unit=99999999999999999999999",
        "?letter=%E9%97%A8",
        "?all=2",
        "?p=9",
    ],
)
def test_an_old_or_invented_way_leads_to_all_ways(client, address, query):
    response = client.get(address + query)
    assert titles(response) is None
    assert "您遇到了什么事？" in text(response)


def test_what_has_ended_or_is_for_some_eyes_only_is_on_no_list(client, address, publish, draft):
    publish(draft(title="旧办法", valid_until=timezone.localdate() - datetime.timedelta(days=1)))
    hidden = publish(draft(title="内部事项"))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    draft(title="草稿", live=False)
    assert titles(client.get(address + "?all=1")) == ["低保", "法律援助", "生育登记"]


def test_an_index_without_guides_says_whom_to_call(client, index, publish, draft):
    OfficeSettings.objects.create(site=Site.objects.get(), township_name="石门乡", hall_phone="8812 0110")
    guide = publish(draft())
    address = guide.get_parent().url
    guide.unpublish()
    for query, why in (("", "还没有公布办事指南。"), ("?all=1", "这里还没有可办的事项。")):
        assert f"{why} 要办事请打受理室电话问： 8812 0110" in text(client.get(address + query))


def test_a_long_list_is_paged_and_keeps_its_way(client, publish, draft):
    guide = publish(draft())
    copies(guide, 44)
    address = guide.get_parent().url
    response = client.get(address + "?event=hardship&p=2")
    assert len(titles(response)) == 20
    assert re.findall(r'rel="(prev|next)" href="([^"]*)"', response.content.decode()) == [
        ("prev", "?p=1&amp;event=hardship"),
        ("next", "?p=3&amp;event=hardship"),
    ]


def test_the_home_page_leads_to_the_guides_and_the_fullest_life_events(client, address, rf):
    request = rf.get("/")
    ours = [tile for tile in home_tiles(request, "do") if tile.url.startswith(address)]
    assert [(tile.title, tile.url, tile.text) for tile in ours] == [
        ("办事指南", address, "带什么、去哪里、多久办好"),
        ("生活困难", f"{address}?event=hardship", ""),
        ("生孩子", f"{address}?event=birth", "生育登记、上户口"),
    ]


@pytest.fixture
def alone(monkeypatch):
    """What other plugins' tiles and facts cost is theirs to count."""
    hooks.search_for_hooks()
    for name in ("home_tiles", "page_facts"):
        monkeypatch.setitem(hooks._hooks, name, [])


@pytest.fixture
def empty_page(publish, index, team):
    """A page as deep as a guide that holds nothing."""
    if not apps.is_installed("pages"):
        pytest.skip("an empty page with the site's frame comes from the plugin pages")
    from pages.models import NewsPage, SectionPage

    section = SectionPage.objects.get(title="工作动态")
    body = [{"type": "paragraph", "value": "<p>空白</p>"}]
    return publish(
        section.add_child(instance=NewsPage(title="空白", body=json.dumps(body), responsible_unit=team, live=False))
    )


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_guide_costs_ten_queries_beyond_an_empty_page_and_no_more_among_three_hundred(
    alone, client, draft, publish, empty_page
):
    form = get_document_model().objects.create(title="申请表", file="form.docx", file_size=2048)
    older = publish(draft(title="社会救助暂行办法"))
    guide = publish(
        draft(
            questions=[question("谁来申请？", "本人", "代办人")],
            materials=[material("申请表", blank=form.pk, sample=form.pk), material("委托书", only_for="1B")],
            result_sample=form,
            basis=[{"type": "basis", "value": {"title": "办法", "article": "", "page": older.pk}}],
            valid_until=timezone.localdate(),
            replaced_by=older,
        )
    )
    few = count(client, guide.url + "?1=A")
    assert few - count(client, empty_page.url) <= 10
    copies(guide, 300)
    assert count(client, guide.url + "?1=A") == few


def test_the_index_by_life_event_costs_fifteen_queries_with_thirty_guides_and_with_three_hundred(
    alone, client, draft, publish
):
    guide = publish(draft())
    address = guide.get_parent().url
    for more in (30, 270):
        copies(guide, more)
        for query in ("", "?event=hardship"):
            assert count(client, address + query) <= 15
