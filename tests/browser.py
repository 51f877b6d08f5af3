"""What browser tests share: how Chromium is started, where the pages seem to be, what is too small for a finger."""

from playwright.sync_api import Page

HOST = "http://township.test"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
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
