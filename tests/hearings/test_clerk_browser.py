"""The clerk's page in Chromium: what is typed and ticked before its script has come is stored all the same."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from hearings.models import Entry
from tests.browser import ARGUMENTS
from tests.hearings.sittings import sitting

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
SOON = {"timeout": 15_000}


@pytest.fixture
def room(transactional_db, time, monkeypatch):
    # Playwright's loop runs in this thread while the test asks the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    return sitting()


@pytest.fixture
def late(room, live_server):
    """late(name): the clerk's page of this name, whose script waits; with it what lets the script come."""
    client = Client()
    client.force_login(room.clerk)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 320, "height": 640}, base_url=live_server.url)
        context.add_cookies([cookie])
        waiting = []
        context.route("**/session.js", lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright takes no builtin

        def opened(name, *args):
            page = context.new_page()
            page.goto(reverse(name, args=[room.hearing.pk, *args]), wait_until="commit")
            page.locator("body > :last-child").wait_for(state="attached")

            def come():
                waiting[0].continue_()

            return page, come

        yield opened
        browser.close()


def test_a_contribution_begun_before_the_script_has_come_is_stored(room, late):
    page, come = late("hearings_session_problem", 1)
    page.locator("[data-new-entry] textarea").fill("晚上看不见路。")
    come()
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    assert page.locator("[data-new-entry] textarea").input_value() == "晚上看不见路。"
    assert list(Entry.objects.values_list("text", flat=True)) == ["晚上看不见路。"]


def test_a_name_ticked_before_the_script_has_come_is_stored(room, late):
    page, come = late("hearings_session")
    away = room.people[2]
    page.locator(f"[name=present][value=r{away.pk}]").uncheck()
    come()
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    away.refresh_from_db()
    assert away.present is False
