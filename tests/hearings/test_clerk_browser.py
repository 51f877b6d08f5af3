"""The clerk's page in Chromium: what is typed and ticked before its script has come is stored all the same."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hearings.models import Entry
from tests.hearings.sittings import sitting

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
SOON = {"timeout": 15_000}


@pytest.fixture
def room(transactional_db, time):
    return sitting()


@pytest.fixture
def late(room, live_server, window):
    """late(name): the clerk's page of this name, whose script waits; with it what lets the script come."""

    def opened(name, *args):
        page, waiting = window(room.clerk), []
        page.route("**/session.js", lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright takes no builtin
        with page.expect_request("**/session.js"):
            page.goto(reverse(name, args=[room.hearing.pk, *args]), wait_until="commit")
        page.locator("body > :last-child").wait_for(state="attached")
        return page, waiting[0].continue_

    return opened


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
