"""The clerk's page in Chromium: what is typed before its script has come is stored, what was stored stays in sight."""

import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hearings.domain.lifecycle import session
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


@pytest.fixture
def old_news(room, window, live_server):
    """old_news(name): the clerk's page of this name, whose next news is made at once and arrives when it is let go."""

    def opened(name, *args):
        page, made = window(room.clerk), []
        page.goto(reverse(name, args=[room.hearing.pk, *args]))
        expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)

        # Somebody else's, so that there is something to tell.
        values = {"kind": "discussion", "representative": room.people[0], "text": "路灯坏了三盏。"}
        session.write_entry(room.problem, uuid.uuid4(), 0, values, room.clerk)

        def keep(route):
            made.append((route, route.fetch()))

        with page.expect_request("**/news/**"):
            page.route("**/news/**", keep, times=1)
        while not made:
            page.wait_for_timeout(20)

        def arrives():
            route, answer = made.pop()
            # What the page does with it is over when it asks for the next.
            with page.expect_request("**/news/**"):
                route.fulfill(response=answer)

        return page, arrives

    return opened


def test_news_from_before_a_contribution_was_stored_do_not_take_it_off_the_page_again(room, old_news):
    page, arrives = old_news("hearings_session_problem", 1)
    page.locator("[data-new-entry] textarea").fill("晚上看不见路。")
    page.get_by_role("button", name="写完，记下一条").click()
    expect(page.locator("[data-item] [data-shown=text]")).to_have_text("晚上看不见路。")
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    page.evaluate("""() => {
        window.taken = 0;
        new MutationObserver((all) => { taken += all.flatMap((one) => [...one.removedNodes]).length; })
            .observe(document.querySelector("[data-entries]"), { childList: true });
    }""")
    arrives()
    assert page.evaluate("taken") == 0
    expect(page.locator("[data-item] [data-shown=text]")).to_have_text(["路灯坏了三盏。", "晚上看不见路。"], **SOON)
    assert page.evaluate("taken") == 0


def test_news_from_before_a_tick_was_stored_do_not_take_it_back(room, old_news):
    page, arrives = old_news("hearings_session")
    box = page.locator(f"[name=present][value=r{room.people[2].pk}]")
    page.evaluate("""() => {
        window.ticked = [];
        const box = document.querySelector("[data-presence]");
        new MutationObserver(() => ticked.push(box.querySelectorAll("[name=present]:checked").length))
            .observe(box, { childList: true });
    }""")
    before = page.locator("[name=present]:checked").count()
    box.uncheck()
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    arrives()
    assert set(page.evaluate("ticked")) == {before - 1}
    assert not box.is_checked()
