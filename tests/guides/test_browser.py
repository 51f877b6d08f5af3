"""A villager with a cheap phone: guides in real Chromium at 320 px, with a finger and without scripts."""

import datetime
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from guides.models import GuidePlace
from tests.browser import HOST, SMALL_TARGETS, answers
from tests.guides.conftest import material, question, step

pytestmark = [pytest.mark.chromium, pytest.mark.django_db]
CHANGES = {
    "title": "城乡居民基本医疗保险参保登记和关系转移接续申请",
    "questions": [
        question("谁来申请？", "本人", "村（社区）代办员或者亲属代办"),
        question("是第一次吗？", "是", "不是"),
    ],
    "materials": [
        material("居民身份证", note="一起生活的成年人都带上，窗口当场读卡"),
        material("代办委托书", only_for="1B", deferrable=True),
        material("旧证", only_for="2B", required=False),
        material("户口簿", source="shared"),
    ],
    "steps": [
        step("受理", 1, ways=[("材料齐全", "3"), ("材料不齐", "2")]),
        step("补齐材料", ways=[("补齐以后", "1")]),
        step("审核", 10, ways=[("同意", "4"), ("不同意", "5")]),
        step("办结"),
        step("书面说明理由", action="说清楚哪一条不符合，怎样申请复议。" * 3),
    ],
    "answers": [{"type": "answer", "value": {"question": "多久复核一次？", "answer": "每年一次。" * 20}}],
    "online": "https://www.example.gov.cn/" + "a" * 80,
    "by_agent": True,
}
ANSWERED = "?1=B&2=A"
# An answer is touched by its label, which holds the radio button.
TARGETS = SMALL_TARGETS.replace("textarea, summary", "textarea, summary, label:has(> input)").replace(
    "e.checkVisibility()", "e.checkVisibility() && !e.matches('label > input')"
)


@pytest.fixture(scope="module")
def cache():
    return {}


@pytest.fixture
def phone(cache, client, draft, publish, hall, search_index, window):
    """What was seen on the phone, page by page; `answered` is where touching the answers led. Looked at once."""
    if cache:
        return cache
    guide = draft(**CHANGES)
    guide.places = [GuidePlace(unit=hall, window="综合窗口", hours="周一至周五 8:30-12:00，14:00-17:30；赶集日7:00起")]
    guide.save()
    guide = publish(guide)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ended = publish(draft(title="旧办法", valid_until=yesterday, replaced_by=guide))
    publish(draft(title="另一件事"))
    search_index()
    index = guide.get_parent().url
    addresses = [index, index + "?all=1", guide.url, guide.url + ANSWERED, ended.url, "/search/?q=低保"]
    pages = {address: client.get(address).content.decode() for address in addresses}

    screen = window(scripts=False, has_touch=True, answer=answers(pages))
    for address in addresses:
        screen.goto(address)
        cache[address] = (
            screen.evaluate("document.documentElement.scrollWidth"),
            screen.evaluate(TARGETS),
        )
    screen.goto(guide.url)
    facts = screen.locator(".six-facts").bounding_box()
    screen.get_by_text("村（社区）代办员或者亲属代办", exact=True).tap()
    screen.get_by_label("是", exact=True).tap()
    screen.get_by_role("button", name="只看我的情况").tap()
    screen.wait_for_url("**#yours")
    cache["answered"] = {
        "address": screen.url.removeprefix(HOST),
        "expected": guide.url + ANSWERED + "#yours",
        "papers": screen.locator("ol.papers h3").all_inner_texts(),
        "case": screen.locator("#yours p").first.inner_text(),
        "facts end": facts["y"] + facts["height"],
    }
    screen.get_by_role("link", name="重新选择").tap()
    cache["answered"]["again"] = screen.locator("input:checked").count()
    return cache


def test_nothing_is_wider_than_the_phone(phone):
    assert {address: seen[0] for address, seen in phone.items() if address != "answered"} == {
        address: 320 for address in phone if address != "answered"
    }


def test_whatever_is_touched_is_44_pixels_high(phone):
    assert {address: seen[1] for address, seen in phone.items() if address != "answered"} == {
        address: [] for address in phone if address != "answered"
    }


def test_answers_are_touched_and_lead_to_what_applies(phone):
    seen = phone["answered"]
    assert seen["address"] == seen["expected"]
    assert seen["case"] == "您的情况：村（社区）代办员或者亲属代办、是"
    assert seen["papers"] == ["居民身份证", "代办委托书"]
    assert seen["again"] == 0


def test_the_six_facts_end_before_two_screens(phone):
    assert phone["answered"]["facts end"] < 2 * 640


def test_a_guide_with_all_it_loads_weighs_at_most_sixty_kilobytes(client, draft, publish, search_index):
    guide = publish(draft(**CHANGES))
    search_index()
    for address in (guide.url, guide.get_parent().url, "/search/?q=低保"):
        html = client.get(address).content.decode()
        sheets = set(re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html))
        assert "guides/guides.css" in sheets
        assert len(html.encode()) + sum(Path(finders.find(sheet)).stat().st_size for sheet in sheets) <= 60_000
