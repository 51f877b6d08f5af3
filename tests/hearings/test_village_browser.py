"""A liaison reports a problem in Chromium: topics near to it are shown while the text is typed."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from tests.hearings.staging import township

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def test_a_login_that_ends_while_somebody_types_leaves_the_page_as_it_is(live_server, window):
    cache.clear()
    page = window(township().people.liaison)
    page.goto(reverse("hearings_village_report"))
    page.context.clear_cookies()
    title = page.locator("[name=title]")
    for typed in ("水塘边的路", "水塘边的路没有路灯"):
        # The second time is asked when what came the first time has been looked at.
        with page.expect_response(lambda answer: "/login/" in answer.url):
            title.fill(typed)
    expect(page.locator(".similar-place")).to_be_empty()
    expect(title).to_have_value("水塘边的路没有路灯")
