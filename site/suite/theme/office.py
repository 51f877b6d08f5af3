"""Finding the office's settings, with a request or without one, and when the database is gone."""

from typing import Any

from wagtail.models import Site

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
