"""A clerk writes down a session while the server dies and comes back; two tablets write the same contribution."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.manage import ROOT, wait_until_it_answers

SAVED = "已保存"
LOST = "未保存：连接中断，恢复后自动保存"
SCENE = "from tests.journeys.session_scene import begun; print(begun({title!r}))"
SAID = """
from hearings.models import Entry
print([(entry.kind, entry.text, str(entry.representative or entry.officer or "")) for entry in
       Entry.objects.filter(problem__hearing={hearing}, removed=False).order_by("position")])
"""


class Server:
    """A server on the site's data that can be killed and started again at its address."""

    def __init__(self, site):
        self.environment = {**site.environment, "PYTHONPATH": f"{ROOT}"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload", "--nostatic"]
        printed = Path(self.environment["BIANMIN_VAR"]) / "runserver.txt"
        with printed.open("w") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        wait_until_it_answers(f"{self.url}/admin/login/", self.process, printed)

    def kill(self):
        """Pull the plug: no goodbye to anybody."""
        if self.process:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(site):
    server = Server(site)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def tablet(site, server, chromium):
    """`tablet(username)`: a tablet's window in which somebody is logged in at the server that can be killed."""
    contexts = []

    def window(username):
        context = chromium.new_context(base_url=server.url, viewport={"width": 820, "height": 1180}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login/?next=/desk/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", site.passwords[username])
        page.click("button[type=submit]")
        page.wait_for_url("**/desk/")
        return page

    yield window
    for context in contexts:
        context.close()


def scene(site, title):
    environment = {**site.environment, "PYTHONPATH": f"{ROOT}"}
    site = type(site)(site.url, environment, site.passwords)
    return int(site.manage("shell", "-v0", "-c", SCENE.format(title=title)).stdout.strip().splitlines()[-1])


def said(site, hearing):
    return eval(site.manage("shell", "-v0", "-c", SAID.format(hearing=hearing)).stdout)  # noqa: S307 - printed above


def state(page):
    return page.locator("[data-save-state]")


def write(page, kind, who, text):
    form = page.locator("[data-new-entry]")
    form.locator(f"input[value={kind}]").check(force=True)
    form.locator("[name=who]").select_option(label=who)
    form.locator("[name=text]").fill(text)


def test_nothing_that_is_typed_is_lost_while_the_server_is_down(site, server, tablet):
    hearing = scene(site, "停电听证")
    page = tablet("efficiency_office")
    page.goto(f"/desk/hearings/{hearing}/session/1/")
    write(page, "question", "林小满（柳岸村）", "路灯什么时候装？")
    expect(state(page)).to_have_text(SAVED, timeout=15_000)
    assert said(site, hearing) == [("question", "路灯什么时候装？", "林小满")]

    server.kill()
    page.locator("[data-new-entry] [name=text]").press_sequentially("夜里看不见。")
    expect(state(page)).to_have_text(LOST, timeout=15_000)
    page.get_by_role("button", name="写完，记下一条").click()
    write(page, "answer", "沈赟（听证官）", "十二月底前装六盏。")
    expect(state(page)).to_have_text(LOST)
    expect(page.locator(".entry-text").first).to_have_text("路灯什么时候装？夜里看不见。")

    server.start()
    expect(state(page)).to_have_text(SAVED, timeout=30_000)
    assert said(site, hearing) == [
        ("question", "路灯什么时候装？夜里看不见。", "林小满"),
        ("answer", "十二月底前装六盏。", "沈赟（听证官）"),
    ]

    # The tablet is closed while the line is down, and opened again.
    server.kill()
    page.get_by_role("button", name="写完，记下一条").click()
    write(page, "discussion", "周有田（柳岸村）", "先装水塘边的。")
    expect(state(page)).to_have_text(LOST, timeout=15_000)
    again = page.context.new_page()
    page.close()
    server.start()
    again.goto(f"/desk/hearings/{hearing}/session/1/")
    expect(state(again)).to_have_text(SAVED, timeout=15_000)
    assert said(site, hearing)[2:] == [("discussion", "先装水塘边的。", "周有田")]


def test_two_tablets_see_each_other_and_nobody_overwrites_the_other(site, server, tablet):
    hearing = scene(site, "两台平板")
    one, two = tablet("efficiency_office"), tablet("efficiency_office")
    for page in (one, two):
        page.goto(f"/desk/hearings/{hearing}/session/1/")
    write(one, "question", "林小满（柳岸村）", "路灯什么时候装？")
    expect(state(one)).to_have_text(SAVED, timeout=15_000)
    one.get_by_role("button", name="写完，记下一条").click()
    expect(two.locator(".entry-text")).to_have_text(["路灯什么时候装？"], timeout=15_000)

    # Both correct the same contribution; the second one is asked.
    two.context.set_offline(True)
    for page, text in ((one, "路灯哪天装？"), (two, "路灯几时装？")):
        page.get_by_text("更正", exact=True).first.click()
        page.locator("li.entry [name=text]").fill(text)
    expect(state(one)).to_have_text(SAVED, timeout=15_000)
    two.context.set_offline(False)
    box = two.locator(".conflict")
    expect(box).to_contain_text("路灯哪天装？", timeout=15_000)
    expect(box).to_contain_text("路灯几时装？")
    assert said(site, hearing) == [("question", "路灯哪天装？", "林小满")]
    box.get_by_role("button", name="两段都留下再改").click()
    expect(state(two)).to_have_text(SAVED, timeout=15_000)
    expect(one.locator(".entry-text").first).to_contain_text("路灯几时装？", timeout=15_000)
    assert said(site, hearing) == [("question", "路灯哪天装？\n路灯几时装？", "林小满")]


def test_attendance_is_saved_by_one_tap(site, server, tablet):
    hearing = scene(site, "一点就存")
    page = tablet("efficiency_office")
    page.goto(f"/desk/hearings/{hearing}/session/")
    page.get_by_label("周有田").uncheck()
    expect(state(page)).to_have_text(SAVED, timeout=15_000)
    page.reload()
    expect(page.get_by_label("周有田")).not_to_be_checked()
    expect(page.get_by_label("林小满")).to_be_checked()
