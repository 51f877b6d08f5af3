"""The public pages in real Chromium: a narrow screen, a finger, a keyboard, no scripts."""

import json

import pytest
from playwright.sync_api import Page
from wagtail import hooks

from pages.models import OpenAffairsPage, SectionPage
from suite.theme import HomeTile, PageFact
from tests.browser import SMALL_TARGETS, answers

pytestmark = [pytest.mark.chromium, pytest.mark.django_db]

TABLE = {
    "data": [["人员类别", "个人缴费（元）", "由谁核定"], ["农村低保对象", "160", "社会事业服务中心"]],
    "first_row_is_table_header": True,
    "table_caption": "个人缴费标准",
}
WIDE_TABLE = {"data": [["一二三四五六七八九十"] * 8, ["甲"] * 8], "first_row_is_table_header": False}
BODY = [
    {"type": "paragraph", "value": "<p>详情见<a href='https://www.example.gov.cn/'>网站</a>。</p>"},
    {"type": "table", "value": TABLE},
    {"type": "table", "value": WIDE_TABLE},
    {"type": "paragraph", "value": "<p>" + "https://www.example.gov.cn/" + "very-long-address" * 10 + "</p>"},
]
FOCUSED = """() => {
    const focused = document.activeElement, style = getComputedStyle(focused);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [focused.tagName, outlined, focused.getBoundingClientRect().bottom > 0];
}"""


def measure(screen: Page, paths: list[str]) -> dict[str, dict]:
    """Opens each page and looks at it."""
    found = {}
    for path in paths:
        screen.goto(path)
        found[path] = {
            "width": screen.evaluate("document.documentElement.scrollWidth"),
            "small targets": screen.evaluate(SMALL_TARGETS),
            "without visible focus": walk_by_keyboard(screen),
            "menu": open_menu(screen),
        }
    return found


def walk_by_keyboard(screen: Page) -> list:
    """Everything the Tab key stops at that doesn't show it, out of the first thirty stops."""
    lost = []
    for stop in range(30):
        screen.keyboard.press("Tab")
        tag, outlined, on_screen = screen.evaluate(FOCUSED)
        if tag == "BODY":
            break
        if not (outlined and on_screen):
            lost.append((stop, tag))
    return lost


def open_menu(screen: Page) -> tuple[bool, bool]:
    """Whether the menu is seen before and after the word 菜单 is touched."""
    menu = screen.locator("#menu")
    before = menu.is_visible()
    screen.locator(".menu-link").tap()
    return before, menu.is_visible()


@pytest.fixture(scope="module")
def cache():
    return {}


@pytest.fixture
def measured(cache, client, publish, notice, notices, unit, window):
    """What the browser saw of every kind of page; looked at once for all tests."""
    if not cache:
        page = notice("关于做好2027年度城乡居民基本医疗保险参保缴费工作的通知", recipients="各村民委员会")
        page.body = json.dumps(BODY)
        page = publish(notices, page)
        for number in range(22):
            publish(notices, notice(f"关于第{number}项工作安排的通知"))
        column = OpenAffairsPage(title="工程项目与招投标", responsible_unit=unit)
        publish(SectionPage.objects.get(title="政务公开"), column)
        tiles = [
            HomeTile("办低保、临时救助", "/a/", "家里有困难怎么申请"),
            HomeTile("今天有人值班", "/b/", kind="today"),
        ]
        facts = [PageFact("相关政策", "石门乡医疗救助实施细则", "/c/")]
        paths = ["/", "/tongzhi-gonggao/", page.url, "/zhengwu-gongkai/", column.url, "/gongzuo-dongtai/", "/no/"]
        with (
            hooks.register_temporarily("home_tiles", lambda request: tiles),
            hooks.register_temporarily("page_facts", lambda page: facts),
        ):
            pages = {path: client.get(path).content.decode() for path in paths}
        screen = window(scripts=False, has_touch=True, answer=answers(pages))
        cache.update(measure(screen, paths))
    return cache


def test_nothing_is_wider_than_a_screen_of_320_pixels(measured):
    assert {path: seen["width"] for path, seen in measured.items()} == dict.fromkeys(measured, 320)


def test_whatever_is_touched_is_44_pixels_high(measured):
    assert {path: seen["small targets"] for path, seen in measured.items()} == {path: [] for path in measured}


def test_the_keyboards_place_is_always_seen(measured):
    assert {path: seen["without visible focus"] for path, seen in measured.items()} == {path: [] for path in measured}


def test_the_menu_opens_without_scripts(measured):
    assert {path: seen["menu"] for path, seen in measured.items()} == dict.fromkeys(measured, (False, True))
