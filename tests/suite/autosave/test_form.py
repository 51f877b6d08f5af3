"""A form in real Chromium, over plain http, on a line that breaks: nothing that is typed is lost."""

import re
import time
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser import SMALL_TARGETS, static_file

pytestmark = pytest.mark.chromium
SAVED, LOST, CONFLICT = "已保存", "未保存：连接中断，恢复后自动保存", "未保存：别处也作了修改，请在下面选择"
SOON = {"timeout": 15_000}
# A box is ticked by its label, which holds it.
TARGETS = SMALL_TARGETS.replace("e.checkVisibility()", "e.checkVisibility() && !e.matches('label > input')")


class Device:
    """A browser with its own store and cookies. ``line``: "up", "down", "answers lost", "logged out", "slow page".

    On the last, the page is made as it is when it is asked for, and ``slow_page()`` lets it arrive.
    """

    def __init__(self, window, **options):
        self.client = Client(enforce_csrf_checks=True)
        self.line, self.sent, self.slow_page = "up", 0, None
        self.page = window(answer=self.answer, **options)
        self.context = self.page.context
        self.page.goto("/kept/")

    def open(self):
        page = self.context.new_page()
        page.goto("/kept/")
        return page

    def close(self):
        """The browser is killed: the page has no time for anything."""
        again = self.context.new_page()
        self.page.close(run_before_unload=False)
        return again

    def reopen(self):
        self.page = self.close()
        self.page.goto("/kept/")
        return self.page

    def answer(self, route):
        request, parts = route.request, urlsplit(route.request.url)
        if static_file(route):
            return None
        if self.line == "down":
            return route.abort()
        if self.line == "logged out":
            return route.fulfill(status=302, headers={"Location": "/admin/login/"})
        headers = {name: request.headers[name] for name in ("accept", "x-csrftoken") if name in request.headers}
        self.sent += request.method == "POST"
        response = self.client.generic(
            request.method, parts.path, request.post_data or "",
            content_type=request.headers.get("content-type", "text/html"), headers=headers,
        )  # fmt: skip
        if self.line == "answers lost":
            return route.abort()
        if request.is_navigation_request() and response.has_header("Location"):
            response = self.client.get(response["Location"])  # Playwright does not ask again after a redirect
        told = {name: value for name, value in response.headers.items() if name in ("Content-Type", "Location")}
        arrive = partial(route.fulfill, status=response.status_code, headers=told, body=response.content)
        if self.line == "slow page" and request.is_navigation_request():
            self.slow_page = arrive
            return None
        return arrive()

    def state(self):
        return expect(self.page.locator("[data-save-state]"))

    def work(self, number=0):
        return self.page.locator(f"[name=rows-{number}-work]")

    def button(self, name, at=0):
        return self.page.get_by_role("button", name=name).nth(at)

    def works(self):
        return [field.input_value() for field in self.page.locator("textarea").all()]


@pytest.fixture
def device(kept, window):
    """`device()`: one more device."""
    return partial(Device, window)


def works(kept):
    return [value[0] for name, value in kept.values.items() if name.endswith("-work") and value[0]]


def test_what_is_typed_is_saved_by_itself_a_few_times_only(device, kept):
    phone = device()
    phone.state().to_have_text(SAVED)
    began = time.monotonic()
    phone.work().press_sequentially("修好村口到水塘边的路灯，共六盏，夜里看得见", delay=200)
    phone.state().to_have_text(SAVED, **SOON)
    assert works(kept) == ["修好村口到水塘边的路灯，共六盏，夜里看得见"]
    # Once in three seconds, however long the typing took.
    assert phone.sent <= 1 + (time.monotonic() - began) / 3
    assert phone.page.get_by_role("button", name="保存").count() == 0


def test_a_broken_line_a_killed_browser_and_a_lost_answer_lose_nothing_and_are_no_conflict(device, kept):
    phone = device()
    phone.work().fill("修路灯")
    phone.state().to_have_text(SAVED, **SOON)
    phone.line = "answers lost"
    phone.work().fill("修路灯六盏")
    phone.state().to_have_text(LOST, **SOON)
    assert works(kept) == ["修路灯六盏"]
    phone.line = "down"
    phone.button("加一项").click()
    phone.button("加一项").click()
    phone.work(3).fill("清沟渠\n两条")
    phone.page.locator("[name=rows-3-due]").fill("2026-12-20")
    phone.page.locator("[name=rows-3-open]").check()
    phone.page.locator("[name=unit]").select_option("农业站")
    phone.line = "up"
    phone.reopen()
    assert phone.works() == ["修路灯六盏", "", "", "清沟渠\n两条"]
    phone.state().to_have_text(SAVED, **SOON)
    assert works(kept) == ["修路灯六盏", "清沟渠\n两条"]
    assert [kept.values[name] for name in ("rows-3-due", "rows-3-open", "unit")] == [["2026-12-20"], ["on"], ["农业站"]]
    phone.reopen()
    assert phone.works() == ["修路灯六盏", "", "", "清沟渠\n两条"]
    assert phone.page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(("choice", "stands"), [("用我写的", "手机写的"), ("用别处的", "电脑写的")])
def test_what_another_device_saved_is_not_overwritten_and_the_person_chooses(device, kept, choice, stands):
    phone, desk = device(), device(width=1200)
    desk.work().fill("电脑写的")
    desk.state().to_have_text(SAVED, **SOON)
    phone.work().fill("手机写的")
    phone.state().to_have_text(CONFLICT, **SOON)
    box = phone.page.locator(".conflict")
    assert box.locator("h2").all_inner_texts() == ["第1项 工作"]
    assert box.locator(".kept-text").all_inner_texts() == ["电脑写的", "手机写的"]
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 320
    assert phone.page.evaluate(TARGETS) == []
    assert works(kept) == ["电脑写的"]
    # It is asked again after a reload, and what is typed meanwhile counts.
    phone.reopen()
    phone.state().to_have_text(CONFLICT, **SOON)
    phone.button("复制我写的").click()
    expect(phone.button("已复制")).to_be_visible()
    phone.button(choice).click()
    phone.state().to_have_text(SAVED, **SOON)
    assert (works(kept), phone.works()[0]) == ([stands], stands)


def test_two_windows_of_one_browser_do_not_overwrite_each_other(device, kept):
    one = device()
    one.line = "down"
    one.work().fill("第一个窗口")
    one.state().to_have_text(LOST, **SOON)
    first, one.line = one.page, "up"
    one.page = one.open()
    one.state().to_have_text(SAVED, **SOON)
    assert works(kept) == ["第一个窗口"]
    one.work().fill("第二个窗口")
    one.state().to_have_text(SAVED, **SOON)
    one.page = first
    one.work().fill("第一个窗口又写")
    one.state().to_have_text(CONFLICT, **SOON)
    assert works(kept) == ["第二个窗口"]


def test_rows_are_moved_removed_and_brought_back_with_what_is_in_them(device, kept):
    phone = device()
    phone.work(0).fill("一")
    phone.work(1).fill("二")
    phone.page.locator("[name=rows-1-open]").check()
    phone.button("上移", 1).click()
    assert phone.works() == ["二", "一"]
    assert phone.page.locator("legend").all_inner_texts() == ["第1项", "第2项"]
    expect(phone.button("恢复")).to_have_count(0)
    phone.button("去掉", 0).click()
    assert phone.works() == ["一"]
    phone.button("恢复").click()
    assert phone.works() == ["二", "一"]
    phone.button("去掉", 1).click()
    phone.button("加一项").click()
    phone.work(1).fill("三")
    phone.state().to_have_text(SAVED, **SOON)
    assert kept.values == {
        "unit": [""], "rows-0-work": ["二"], "rows-0-due": [""], "rows-0-open": ["on"],
        "rows-1-work": ["三"], "rows-1-due": [""],
    }  # fmt: skip
    phone.button("加一项").click()
    phone.button("加一项").click()
    expect(phone.button("加一项")).to_be_disabled()


def test_handing_in_waits_until_everything_is_saved(device, kept):
    phone = device()
    phone.line = "down"
    phone.work().fill("修桥")
    phone.button("提交").click()
    phone.state().to_have_text(f"{LOST} 尚未提交：全部保存后请再点一次。", **SOON)
    phone.line = "up"
    phone.state().to_have_text(SAVED, timeout=30_000)
    assert kept.filed == []
    phone.work().fill("修桥和堤")
    phone.button("提交").click()
    expect(phone.page.get_by_role("heading", name="已提交")).to_be_visible(**SOON)
    assert [one["rows-0-work"] for one in kept.filed] == [["修桥和堤"]]
    assert works(kept) == ["修桥和堤"]
    phone.reopen()
    assert phone.works()[0] == "修桥和堤"
    assert phone.page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    ("given", "name", "stored"),
    [
        (lambda phone: phone.work().fill("修桥"), "rows-0-work", ["修桥"]),
        (lambda phone: phone.page.locator("[name=rows-0-open]").check(), "rows-0-open", ["on"]),
        (lambda phone: phone.page.locator("[name=unit]").select_option("农业站"), "unit", ["农业站"]),
    ],
    ids=["typed", "ticked", "chosen"],
)
def test_what_was_given_before_the_script_has_come_stays_and_is_saved(device, kept, given, name, stored):
    phone, late = device(), []
    phone.context.route("**/form.js", lambda route: late.append(route))  # noqa: PLW0108 - Playwright takes no builtin
    with phone.page.expect_request("**/form.js"):
        phone.page.goto("/kept/", wait_until="commit")
    given(phone)
    phone.page.locator("[name=rows-1-due]").focus()
    assert kept.values == {}
    phone.answer(late[0])
    phone.state().to_have_text(SAVED, **SOON)
    assert kept.values[name] == stored
    phone.context.unroute("**/form.js")
    fields = phone.reopen().evaluate("[...new FormData(document.querySelector('[data-autosave]'))]")
    assert fields.count([name, *stored]) == 1


def test_what_an_earlier_page_could_not_save_and_what_was_given_early_come_together(device, kept):
    phone, late = device(), []
    phone.line = "down"
    phone.work().fill("修路灯六盏")
    phone.page.locator("[name=unit]").select_option("农业站")
    phone.state().to_have_text(LOST, **SOON)
    phone.line = "up"
    phone.context.route("**/form.js", lambda route: late.append(route))  # noqa: PLW0108 - Playwright takes no builtin
    with phone.page.expect_request("**/form.js"):
        phone.page.goto("/kept/", wait_until="commit")
    phone.page.locator("[name=unit]").select_option("党政办")
    phone.work(1).fill("清沟渠")
    phone.answer(late[0])
    phone.state().to_have_text(SAVED, **SOON)
    assert (works(kept), kept.values["unit"]) == (["修路灯六盏", "清沟渠"], ["党政办"])


def test_the_way_back_shows_what_is_stored_and_not_what_the_browser_remembers(device, kept):
    phone, desk = device(), device(width=1200)
    phone.work().fill("手机写的")
    phone.state().to_have_text(SAVED, **SOON)
    phone.page.goto("/kept/filed/")
    desk.page.reload()
    desk.work().fill("电脑后来写的")
    desk.state().to_have_text(SAVED, **SOON)
    phone.page.go_back()
    phone.state().to_have_text(SAVED, **SOON)
    assert (phone.works()[0], works(kept)) == ("电脑后来写的", ["电脑后来写的"])


def test_every_form_that_saves_itself_keeps_the_browsers_memory_out():
    saved_by_itself = re.compile(r"<form [^>]*data-(?:autosave|entry|presence)\b[^>]*")
    templates = [path.read_text() for path in Path("site").rglob("templates/**/*.html")]
    forms = [form for text in templates for form in saved_by_itself.findall(text)]
    assert len(forms) >= 8
    assert [form for form in forms if 'autocomplete="off"' not in form] == []


def test_a_page_asked_for_just_before_the_last_words_were_saved_shows_them(device, kept):
    phone = device()
    phone.work().fill("修路灯")
    phone.state().to_have_text(SAVED, **SOON)
    phone.line = "slow page"
    phone.work().fill("修路灯六盏")
    with phone.page.expect_event("requestfinished", lambda request: request.method == "POST"):
        phone.page.evaluate("location.reload()")
    assert works(kept) == ["修路灯六盏"]
    phone.line = "up"
    with phone.page.expect_navigation():
        phone.slow_page()
    assert phone.works() == ["修路灯六盏", ""]
    phone.state().to_have_text(SAVED, **SOON)
    assert works(kept) == ["修路灯六盏"]
    phone.reopen()
    assert phone.page.evaluate("localStorage.length") == 0


def test_what_has_been_saved_already_is_handed_in_with_one_tap(device, kept):
    phone = device()
    phone.work().fill("修桥")
    phone.state().to_have_text(SAVED, **SOON)
    phone.button("提交").click()
    expect(phone.page.get_by_role("heading", name="已提交")).to_be_visible(**SOON)
    assert [one["rows-0-work"] for one in kept.filed] == [["修桥"]]


def test_a_refusal_is_shown_and_the_text_stays(device, kept):
    phone = device()
    phone.work().fill("天天下村")
    phone.state().to_have_text("未保存： “天天”不是可以衡量的目标。", **SOON)
    phone.reopen()
    assert phone.works()[0] == "天天下村"
    phone.work().fill("每周下村两次")
    phone.state().to_have_text(SAVED, **SOON)
    assert works(kept) == ["每周下村两次"]


def test_who_is_logged_out_is_told_and_goes_on_after_the_next_login(device, kept):
    phone = device()
    phone.line = "logged out"
    phone.work().fill("修桥")
    phone.state().to_contain_text("未保存：登录已过期", **SOON)
    link = phone.page.locator("[data-save-state] a")
    assert link.get_attribute("href") == "/admin/login/?next=/kept/"
    # The login gives another token.
    phone.client = Client(enforce_csrf_checks=True)
    phone.line = "up"
    phone.state().to_have_text(SAVED, timeout=30_000)
    assert works(kept) == ["修桥"]


def test_what_the_form_has_no_field_for_any_more_is_shown(device, kept):
    phone = device()
    phone.line = "down"
    phone.work().fill("修桥")
    phone.page = phone.close()
    phone.line = "up"
    phone.page.goto("/static/theme/tokens.css")
    phone.page.evaluate("""() => { const key = Object.keys(localStorage)[0], one = JSON.parse(localStorage[key]);
        one.text += '&gone=' + encodeURIComponent('不能丢的话'); localStorage[key] = JSON.stringify(one); }""")
    phone.page.goto("/kept/")
    expect(phone.page.locator(".message [data-mine]")).to_have_text("不能丢的话")
    phone.state().to_have_text(SAVED, **SOON)
    assert works(kept) == ["修桥"]


def test_without_scripts_the_buttons_do_it(device, kept):
    phone = device(scripts=False)
    assert [button.inner_text() for button in phone.page.get_by_role("button").all()][1:] == ["保存", "提交"]
    expect(phone.page.locator("[data-save-state]")).to_be_hidden()
    phone.work(1).fill("修桥")
    phone.button("保存").click()
    expect(phone.work(1)).to_have_value("修桥")
    assert (works(kept), kept.draft.version) == (["修桥"], 1)
    phone.button("提交").click()
    expect(phone.page.get_by_role("heading", name="已提交")).to_be_visible()
    assert (len(kept.filed), kept.draft.version) == (1, 2)
