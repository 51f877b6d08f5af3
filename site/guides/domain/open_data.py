"""The guides as open data (requirement E): what is public, and nothing else. Described in docs/guides.md.

The identifier is the page's `translation_key`: a UUID that Wagtail gives once and keeps, whatever becomes of title and
address.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from guides.enums import Version
from guides.models import GuidePage, GuideVersion

# Raised when a field changes its meaning or goes; a new one raises nothing.
FORMAT = 1

Address = Callable[[Page], str]


def public_guides() -> "QuerySet[GuidePage]":
    """The guides that anyone may read, those that have ended too, with `newest_number` and `newest_from`."""
    newest = GuideVersion.objects.filter(page=OuterRef("pk")).order_by("-number")
    return (
        GuidePage.objects.live()
        .public()
        .filter(alias_of=None)
        .annotate(
            newest_number=Subquery(newest.values("number")[:1]), newest_from=Subquery(newest.values("valid_from")[:1])
        )
        .order_by("path")
    )


def last_change() -> datetime.datetime:
    """A moment since which nothing of this has changed: pages publish, hide and move; a day ends validity."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    logged = PageLogEntry.objects.aggregate(latest=Max("timestamp"))["latest"]
    return max(today, logged) if logged else today


def index_data(address: Address, data_address: Callable[[GuidePage], str]) -> dict[str, Any]:
    """All items. ``address``: of a page; ``data_address``: of an item's own data."""
    # What a guide says at length is not asked for.
    guides = public_guides().defer("conditions", "materials", "questions", "steps", "basis", "answers", "remedies")
    items = [{**_about(guide, address), "data": data_address(guide)} for guide in guides]
    return {"format": FORMAT, "count": len(items), "items": items}


def item_data(guide: GuidePage, address: Address) -> dict[str, Any]:
    """One item: what `index_data` says of it, and every element of its newest version."""
    version = guide.version
    elements: dict[str, Any] = dict(version.elements) if version else {}
    pages = [row["page"] for row in elements.get("basis", []) if row["page"]]
    readable = {page.pk: page for page in Page.objects.filter(pk__in=pages).live().public()} if pages else {}
    elements["basis"] = [
        {
            "title": row["title"],
            "article": row["article"],
            "url": address(readable[row["page"]]) if row["page"] in readable else None,
        }
        for row in elements.get("basis", [])
    ]
    return {
        "format": FORMAT,
        **_about(guide, address),
        "changes": version.changes if version else [],
        "replaced_by": _replaced_by(guide),
        "elements": elements,
    }


def _about(guide: GuidePage, address: Address) -> dict[str, Any]:
    since = guide.newest_from
    return {
        "id": str(guide.translation_key),
        "title": guide.title,
        "url": address(guide),
        "status": _status(guide, since),
        "version": guide.newest_number,
        "valid_from": since.isoformat() if since else None,
        "valid_until": guide.valid_until.isoformat() if guide.valid_until else None,
        "updated": timezone.localtime(guide.last_published_at).isoformat(timespec="seconds")
        if guide.last_published_at
        else None,
    }


def _status(guide: GuidePage, since: datetime.date | None) -> str:
    if guide.has_ended:
        return Version.ENDED.value
    return Version.COMING.value if since and since > timezone.localdate() else Version.CURRENT.value


def _replaced_by(guide: GuidePage) -> str | None:
    """The identifier of the guide that takes its place, if that is public."""
    if not guide.replaced_by_id:
        return None
    found = public_guides().filter(pk=guide.replaced_by_id).values_list("translation_key", flat=True).first()
    return str(found) if found else None
