"""The page of hits in real Chromium at 320 px: by finger and by keyboard, without scripts."""

import pytest
from wagtail import hooks
from wagtail.models import Page

from search import Filters, SearchKind
from tests.browser import HOST, SMALL_TARGETS, answers

pytestmark = [pytest.mark.chromium, pytest.mark.django_db]
LONG = "石门苗族瑶族自治县民政局、财政局、人力资源和社会保障局、乡村振兴局"


@pytest.fixture
def asked(client, page):
    """Answers of the site by address, made where they are asked for: Chromium may not touch the database itself."""
    kinds = [SearchKind("guide-of-test", "办事指南", Page, answers=True, filters=lambda: Filters(issuer="seo_title"))]
    with hooks.register_temporarily("search_kinds", lambda: kinds, order=-1):
        for number in range(4):
            page(f"低保第{number}次变更登记", first_published_at=f"202{number}-03-05T01:00:00Z")
        page("低保公告", seo_title=LONG, first_published_at="2026-03-05T01:00:00Z")
        questions = ["q=低保", "q=低保&year=2026", f"q=低保&issuer={LONG}", "q=", "q=飞机票"]
        addresses = [f"/search/?{question}" for question in questions]
        yield {address: client.get(address).content.decode() for address in addresses}


@pytest.fixture
def phone(asked, window):
    """A page of a browser without scripts that is 320 px wide, at the first of these addresses."""
    screen = window(scripts=False, answer=answers(asked))
    screen.goto("/search/?q=低保")
    return screen


def test_a_filter_is_opened_chosen_and_taken_away_with_the_keyboard_alone(phone):
    phone.locator(".narrow summary", has_text="年份").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**year=2026**")
    assert phone.locator("article.result").count() == 1
    assert phone.locator(".chosen a").inner_text().split() == ["去掉：", "年份", "2026年", "✕"]
    phone.locator(".chosen a").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url(lambda url: "year" not in url)
    assert phone.locator("article.result").count() == 5


def test_the_page_fits_a_narrow_phone_with_every_filter_open_and_all_of_it_can_be_tapped(phone):
    for address in ("q=低保", f"q=低保&issuer={LONG}"):
        phone.goto(f"{HOST}/search/?{address}")
        for number in range(phone.locator(".narrow summary").count()):
            phone.locator(".narrow summary").nth(number).click()
            assert phone.evaluate("document.documentElement.scrollWidth") == 320
            assert phone.evaluate(SMALL_TARGETS) == []


def test_the_heading_of_the_answers_stands_above_the_rest(phone):
    assert phone.locator("h2").all_inner_texts() == ["办事指南", "其他内容"]
    assert phone.locator("h3").count() == 5


@pytest.mark.parametrize("query", ["", "低保", "飞机票"])
def test_what_follows_the_search_box_keeps_away_from_it(phone, query):
    phone.goto(f"{HOST}/search/?q={query}")
    gap = "e => e.nextElementSibling.getBoundingClientRect().top - e.getBoundingClientRect().bottom"
    assert phone.locator(".search-large").evaluate(gap) >= 8
