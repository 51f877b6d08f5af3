"""What browser tests share: Chromium, windows in it, what answers them, and what is too small for a finger.

The fixtures `chromium` and `window` are there for every test (tests/conftest.py).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

HOST = "http://township.test"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# What is awaited comes late on a machine that has much to do; a test waits for it, and ends as soon as it is there.
expect.set_options(timeout=20_000)
# Links inside a sentence are excepted (WCAG 2.5.8); the skip link is out of sight until it has the focus.
SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => e.checkVisibility() && !e.matches('.skip-link') && !(e.matches('p a, li a') && e.closest('.running')))
    .filter(e => !(e.matches('p a') && !e.matches('.button')))
    .filter(e => e.getBoundingClientRect().height < 44)
    .map(e => (e.textContent || e.name) + ' ' + e.getBoundingClientRect().height)"""
# A choice is touched by its label.
SMALL_CHOICES = SMALL_TARGETS.replace("e.checkVisibility()", "e.checkVisibility() && !e.matches('label > input')")


def fits(page: Page) -> None:
    """Nothing is wider than the phone, nothing too small for a finger; a page that is still coming is waited for."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.evaluate(SMALL_CHOICES) == []


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Closed after each module: while Playwright is open nothing else here can open it."""
    # Playwright's loop runs in this thread while tests ask the database.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`window(user, width=320)`: a page in a browser of its own, where that user is logged in; without one, nobody.

    It opens addresses of the live server in a test that has one, else of HOST, where ``answer(route)`` answers.
    Without ``scripts`` there is no JavaScript; the other options are those of Playwright's new_context.
    """
    url = request.getfixturevalue("live_server").url if "live_server" in request.fixturenames else HOST
    with ExitStack() as closing:

        def opened(user=None, width=320, height=640, scripts=True, answer=None, **options) -> Page:
            options = {"base_url": url, "locale": "zh-CN", "java_script_enabled": scripts, **options}
            context = chromium.new_context(viewport={"width": width, "height": height}, **options)
            closing.callback(context.close)
            if user:
                client = Client()
                client.force_login(user)
                context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
            if answer:
                context.route("**/*", answer)
            return context.new_page()

        yield opened


def static_file(route: Route) -> bool:
    """Answers with a static file from where it lies; False where another address is asked for."""
    path = urlsplit(route.request.url).path
    file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if file:
        route.fulfill(path=Path(file))
    return bool(file)


def answers(pages: Mapping[str, str]) -> Callable[[Route], None]:
    """What answers with static files and with ``pages``: HTML by address, in which nothing is escaped."""

    def answer(route: Route) -> None:
        if static_file(route):
            return
        parts = urlsplit(route.request.url)
        body = pages.get(unquote_plus(parts.path + (f"?{parts.query}" if parts.query else "")))
        status = 404 if body is None else 200
        route.fulfill(body=body or "", status=status, content_type="text/html; charset=utf-8")

    return answer
