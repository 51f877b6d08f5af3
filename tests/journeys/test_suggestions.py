"""Somebody types into the search box and picks a title from what is offered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import SMALL_TARGETS

PAGE_WIDTH = "document.documentElement.scrollWidth"
# Events as input methods send them: Chromium's own are not driven by Playwright.
COMPOSE = """(box, [type, text, value]) => {
    if (value !== null) box.value = value;
    if (type === 'input') box.dispatchEvent(new InputEvent('input', {data: text, isComposing: true, bubbles: true}));
    else box.dispatchEvent(new CompositionEvent(type, {data: text, bubbles: true}));
}"""
# Keys that follow one another more quickly than the script waits, however slow the machine is.
IN_ONE_GO = """(box, text) => {
    for (const letter of text) {
        box.value += letter;
        box.dispatchEvent(new InputEvent('input', {data: letter, bubbles: true}));
    }
}"""
PAUSE = 700  # milliseconds: longer than the script waits


@pytest.fixture
def box(visitor):
    """box(width=…): the home page's search box, and the addresses that it asks."""

    def open_(width=1280, address="/", **options):
        page = visitor(width=width, **options)
        asked = []
        page.on("request", lambda request: asked.append(request.url) if "/search/suggest/" in request.url else None)
        page.goto(address)
        return page.locator("main input[name=q]").first, asked

    return open_


def options(box):
    return box.page.locator("main [role=option]")


def state(box):
    """What a screen reader is told about the box."""
    names = ("role", "aria-autocomplete", "aria-haspopup", "aria-expanded", "aria-activedescendant")
    return [box.get_attribute(name) for name in names]


@pytest.mark.parametrize("typed", ["低", "dibao", "db"])
def test_titles_come_while_typing_characters_syllables_or_initials(box, typed):
    box, asked = box()
    box.focus()
    box.evaluate(IN_ONE_GO, typed)
    expect(options(box).first).to_contain_text("低保")
    assert 1 <= options(box).count() <= 8
    assert len(asked) == 1


def test_arrow_keys_walk_through_the_titles_and_enter_opens_one(box):
    box, _asked = box()
    assert state(box) == ["combobox", "list", "listbox", "false", None]
    box.fill("zjd")
    expect(options(box).first).to_contain_text("宅基地")
    count = options(box).count()
    listed = box.page.locator(f"#{box.get_attribute('aria-controls')}")
    assert [listed.get_attribute("role"), listed.get_attribute("aria-label")] == ["listbox", "可能要找的内容"]
    expect(box.page.locator("main form.search [role=status]")).to_have_text(
        f"有 {count} 条可能要找的内容，用上下方向键选择"
    )
    assert state(box) == ["combobox", "list", "listbox", "true", None]
    box.press("ArrowDown")
    assert state(box)[3:] == ["true", options(box).first.get_attribute("id")]
    assert [option.get_attribute("aria-selected") for option in options(box).all()] == ["true"] + ["false"] * (
        count - 1
    )
    box.press("ArrowUp")
    assert state(box)[3:] == ["true", None]
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == options(box).last.get_attribute("id")
    assert box.input_value() == "zjd"
    box.press("ArrowDown")
    box.press("ArrowDown")
    title = options(box).first.inner_text().rsplit(" ", 1)[0]
    box.press("Enter")
    expect(box.page.locator("main h1")).to_have_text(title)


def test_escape_closes_the_list_and_keeps_what_was_typed_and_enter_searches_for_it(box):
    box, _asked = box()
    box.fill("低保")
    expect(options(box).first).to_be_visible()
    box.press("Escape")
    expect(options(box).first).to_be_hidden()
    assert (box.input_value(), state(box)[3:]) == ("低保", ["false", None])
    box.press("ArrowDown")
    expect(options(box).first).to_be_visible()
    box.press("Escape")
    box.press("Enter")
    box.page.wait_for_url("**/search/?q=%E4%BD%8E%E4%BF%9D")


def test_enter_with_no_title_chosen_searches_for_what_was_typed(box):
    box, _asked = box()
    box.fill("低保")
    expect(options(box).first).to_be_visible()
    box.press("Enter")
    box.page.wait_for_url("**/search/?q=%E4%BD%8E%E4%BF%9D")


def test_leaving_the_box_closes_the_list(box):
    box, _asked = box()
    box.fill("低保")
    expect(options(box).first).to_be_visible()
    box.press("Tab")
    expect(options(box).first).to_be_hidden()
    box.fill("没有这样的标题")
    expect(options(box)).to_have_count(0)
    assert state(box)[3:] == ["false", None]


def test_nothing_is_asked_while_an_input_method_composes(box):
    box, asked = box()
    box.focus()
    for event in (["compositionstart", "", None], ["compositionupdate", "d", None], ["input", "d", "d"]):
        box.evaluate(COMPOSE, event)
    for spelt in ("di", "di b", "di bao"):
        box.evaluate(COMPOSE, ["compositionupdate", spelt, None])
        box.evaluate(COMPOSE, ["input", spelt, spelt])
    # The keys that choose among the input method's own candidates.
    for key in ("ArrowDown", "Enter"):
        init = f"new KeyboardEvent('keydown', {{key: '{key}', keyCode: 229, bubbles: true, cancelable: true}})"
        assert box.evaluate(f"box => box.dispatchEvent({init})")
    box.page.wait_for_timeout(PAUSE)
    assert (asked, options(box).count(), box.page.url.endswith("/")) == ([], 0, True)
    box.evaluate(COMPOSE, ["input", "低保", "低保"])
    box.evaluate(COMPOSE, ["compositionend", "低保", None])
    expect(options(box).first).to_contain_text("低保")
    assert [address.split("?")[1] for address in asked] == ["q=%E4%BD%8E%E4%BF%9D"]


def test_what_was_asked_before_composing_is_not_shown_over_it(box):
    box, asked = box()
    box.press_sequentially("低", delay=0)
    box.evaluate(COMPOSE, ["compositionstart", "", None])
    box.page.wait_for_timeout(PAUSE)
    assert (options(box).count(), len(asked) <= 1) == (0, True)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_list_fits_every_screen_and_its_titles_a_finger(box, width):
    box, _asked = box(width=width)
    box.fill("低保")
    expect(options(box).first).to_be_visible()
    assert box.page.evaluate(PAGE_WIDTH) == width
    assert box.page.evaluate(SMALL_TARGETS) == []
    places = [option.bounding_box() for option in options(box).all()]
    assert all(place["height"] >= 44 and place["x"] >= 0 and place["x"] + place["width"] <= width for place in places)
    style = "e => getComputedStyle(e).backgroundColor"
    assert box.page.locator("main .suggestions").evaluate(style) != "rgba(0, 0, 0, 0)"


def test_a_tap_on_a_title_opens_it(site, chromium):
    with chromium.new_context(
        base_url=site.url, viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    ) as phone:
        page = phone.new_page()
        page.goto("/")
        box = page.locator("main input[name=q]")
        box.tap()
        box.fill("低保")
        expect(options(box).first).to_be_visible()
        title = options(box).first.inner_text().rsplit(" ", 1)[0]
        options(box).first.tap()
        expect(page.locator("main h1")).to_have_text(title)
        page.go_back()
        expect(page.locator("main [role=option]").first).to_be_hidden()


def test_the_box_among_the_guides_offers_guides_alone(box):
    box, asked = box(address="/guides/")
    box.fill("低保")
    expect(options(box).first).to_be_visible()
    assert "kind=guide" in asked[0]
    assert {option.locator("span").inner_text() for option in options(box).all()} == {"办事指南"}


def test_without_javascript_it_is_a_plain_box(visitor):
    page = visitor(width=320, javascript=False)
    page.goto("/")
    box = page.locator("main input[name=q]")
    assert state(box) == [None, None, None, None, None]
    box.fill("低保")
    box.press("Enter")
    page.wait_for_url(re.compile("/search/"))
    expect(page.locator("article.result").first).to_be_visible()


def test_when_nobody_answers_the_box_still_searches(box):
    box, asked = box()
    box.page.route("**/search/suggest/**", lambda route: route.abort())
    box.fill("低保")
    box.page.wait_for_timeout(PAUSE)
    assert (options(box).count(), len(asked)) == (0, 1)
    box.press("Enter")
    box.page.wait_for_url("**/search/?q=%E4%BD%8E%E4%BF%9D")
