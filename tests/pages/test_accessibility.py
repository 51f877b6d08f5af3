"""What every public page keeps to (requirements, last section; design section 11), read from its HTML."""

import itertools
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from pages.models import OpenAffairsPage, SectionPage
from printing.domain.papers import record_next
from printing.models import PaperVersion
from tests.reading import EVERYWHERE, Elements

pytestmark = pytest.mark.django_db

LIMIT = 60_000
LONG = [{"type": "paragraph", "value": "<h2>一、对象</h2>" + "<p>具有本乡户籍的城乡居民。</p>" * 100}]


ADDRESSES = ["/", "/tongzhi-gonggao/", "notice", "/zhengwu-gongkai/", "column", "/meiyou/", "/gongzuo-dongtai/"]
ADDRESSES += ["/z/", "/z/?code=1", "/z/K7QX3M5T", "paper"]


@pytest.fixture(scope="module")
def seen():
    """What was fetched already: each page is made and fetched once, and then only read."""
    return {}


@pytest.fixture(params=ADDRESSES)
def html(request, seen, client, publish, notice, notices, unit):
    """Each kind of public page, with content."""
    if request.param not in seen:
        shown = notice("关于做好参保缴费工作的通知", recipients="各村民委员会")
        shown.body = json.dumps(LONG)
        page = publish(notices, shown)
        for number in range(25):
            publish(notices, notice(f"关于第{number}项工作安排的通知"))
        column = OpenAffairsPage(title="财务公开", responsible_unit=unit)
        publish(SectionPage.objects.get(title="政务公开"), column)
        record_next("notice", str(page.pk))
        paper = f"/z/{PaperVersion.objects.get().code}"
        address = {"notice": page.url, "column": column.url, "paper": paper}.get(request.param, request.param)
        seen[request.param] = client.get(address).content.decode()
    return seen[request.param]


def test_elements_are_closed_in_order(html):
    assert Elements(html).left_open == []


def test_the_language_is_named(html):
    assert Elements(html).all("html") == [("html", {"lang": "zh-Hans"})]


def test_there_is_one_of_each_landmark_and_every_navigation_has_a_name(html):
    page = Elements(html)
    assert [len(page.all(tag)) for tag in ("main", "footer")] == [1, 1]
    names = [attrs.get("aria-label") for _tag, attrs in page.all("nav")]
    assert all(names)
    assert len(names) == len(set(names))


def test_there_is_one_first_heading_and_no_level_is_left_out(html):
    levels = [int(tag[1]) for tag, _attrs in Elements(html).all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))


def test_every_field_has_a_label(html):
    page = Elements(html)
    fields = [attrs["id"] for _tag, attrs in page.all("input", "select", "textarea") if attrs.get("type") != "hidden"]
    assert fields
    assert sorted(fields) == sorted(attrs["for"] for _tag, attrs in page.all("label"))


def test_no_id_stands_twice(html):
    ids = [attrs["id"] for _tag, attrs, _around in Elements(html).found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_first_link_leads_to_the_content(html):
    page = Elements(html)
    assert page.all("a")[0][1]["href"] == "#main"
    assert [attrs["id"] for _tag, attrs in page.all("main")] == ["main"]


def test_pictures_have_words(html):
    assert all("alt" in attrs for _tag, attrs in Elements(html).all("img"))


def test_only_the_search_box_has_a_script(html):
    assert Elements(html).scripts() == EVERYWHERE


def test_the_page_with_all_it_loads_weighs_at_most_sixty_kilobytes(html):
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html)
    assert len([sheet for sheet in sheets if sheet.startswith("theme/")]) == 7
    weight = len(html.encode()) + sum(Path(finders.find(sheet)).stat().st_size for sheet in sheets)
    assert weight <= LIMIT
