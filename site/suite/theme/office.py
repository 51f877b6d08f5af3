"""Finding the office's settings (with a request, without one, without a database) and the site's address."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from .models import OfficeSettings

# What this process last read. Only the page for failures uses it: it must not ask the database.
_last_known: list[OfficeSettings] = []


def current_office(request: Any = None) -> OfficeSettings:
    """The settings of the request's site, or of the default site; unsaved defaults where none are saved.

    One query for each request, none when asked again with the same request. Unlike Wagtail's own `for_site` it
    writes nothing: a visit must not.
    """
    if request is not None and hasattr(request, "_office"):
        return request._office
    site = Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()
    office = (OfficeSettings.objects.filter(site=site).first() if site else None) or OfficeSettings(site=site)
    if request is not None:
        request._office = office
    _last_known[:] = [office]
    return office


def last_known_office() -> OfficeSettings | None:
    """The settings this process read last, without asking the database; None when it never did."""
    return _last_known[0] if _last_known else None


def outside_address(path: str) -> str:
    """The full address of ``path`` for people outside (on paper, as QR), below BIANMIN_BASE_URL.

    '' while the site is only known as this machine: a code that leads every telephone back to itself is worse than
    none.
    """
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return "" if urlsplit(base).hostname in (None, "localhost", "127.0.0.1", "::1") else f"{base}{path}"


def public_address(page: Page) -> str:
    """The page's full address for people outside; '' for a page without one, and as `outside_address`."""
    parts = page.get_url_parts()
    return "" if parts is None else outside_address(parts[2])
