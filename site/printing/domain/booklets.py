"""汇编: many documents as one, with a contents page that says where each begins (requirements E, G, R)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum, TextField
from django.db.models.functions import Cast, Length
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .gongwen import chinese_date
from .rendering import PrintingUnavailable
from .richtext import official_body
from .titles import break_title, width

# Characters of 14 pt that fit in a line of text, and of 12 pt in a table's line.
LINE = 32.0
_TABLE_LINE = 37.3
_COVER_LINE = 13.0  # of 30 pt
_TITLE_LINE = 20.0  # of 20 pt
# Characters on a page, as texts with headings and tables go.
_PAGE = 760
# A body is stored as JSON, where a Han character takes six.
_STORED = 6
# What a page head has room for.
_HEAD = 26
# What is set while somebody waits: about 80 pages, 2.5 s. More is made by the command, or in the background.
PARTS_AT_ONCE = 30
CHARACTERS_AT_ONCE = 60_000


@dataclass(frozen=True)
class Part:
    """One document of a booklet: its title, its text (rendered rich text), and a line under the title (文号).

    ``finished``: the text was made for paper by the plugin's own template and stylesheet, and is left as it is.
    """

    title: str
    html: str
    subtitle: str = ""
    finished: bool = False


def booklet_sheet(
    *,
    title: str,
    parts: Iterable[Part],
    issuer: str = "",
    day: date | None = None,
    empty: str = "",
    kind: str = "booklet",
    **standing: Any,
) -> Sheet:
    """A booklet: cover, contents with page references, each part on a new page under its title, PDF bookmarks.

    ``issuer`` and ``day`` stand on the cover. ``empty``: what to do where there is no part.
    ``standing``: status, changed, ended, draft, address and name as in Sheet. Raises PrintingUnavailable, naming the
    booklet, where there is no part.
    """
    chapters = [_chapter(number, part) for number, part in enumerate(parts, 1)]
    if not chapters:
        raise PrintingUnavailable(why_empty(title, empty))
    return Sheet(
        kind=kind,
        template="printing/booklet.html",
        style="booklet",
        context={
            "cover_lines": break_title(title, _COVER_LINE),
            "running": _shortened(title),
            "issuer": issuer,
            "date": chinese_date(day) if day else "",
            "chapters": chapters,
        },
        title=title,
        issued=day,
        **standing,
    )


def why_empty(title: str, advice: str) -> str:
    """What is said instead of printing a booklet without parts."""
    return _("There is nothing to print in “%(title)s” yet. %(advice)s") % {"title": title, "advice": advice}


def why_not_at_once(title: str, pages: QuerySet[Any], advice: str) -> str:
    """What `Printable.refusal` says of a booklet of these pages with a ``body``; '' for one that can be made at once.

    ``advice``: what to do where there is no page at all.
    """
    stored = pages.order_by().aggregate(parts=Count("pk"), length=Sum(Length(Cast("body", TextField()))))
    parts, characters = stored["parts"], (stored["length"] or 0) // _STORED
    if not parts:
        return why_empty(title, advice)
    if parts <= PARTS_AT_ONCE and characters <= CHARACTERS_AT_ONCE:
        return ""
    return why_too_much(title, parts, characters // _PAGE)


def why_too_much(title: str, parts: int, pages: int) -> str:
    """What is said instead of a booklet that nobody wants to wait for, of so many documents on about so many pages."""
    return _(
        "“%(title)s” holds %(parts)d documents and about %(pages)d pages: too much to wait for. Print what you need "
        "from its own page, or ask the office for the booklet."
    ) % {"title": title, "parts": parts, "pages": max(parts, pages)}


def _chapter(number: int, part: Part) -> dict[str, Any]:
    return {
        "number": number,
        "title": part.title,
        "lines": break_title(part.title, _TITLE_LINE),
        "running": _shortened(part.title),
        "subtitle": part.subtitle,
        # Rich text that Wagtail rendered, or what a plugin's template did.
        "body": mark_safe(part.html if part.finished else official_body(part.html, _TABLE_LINE)),  # noqa: S308
        "finished": part.finished,
    }


def _shortened(title: str) -> str:
    """As much of a title as a page's head has room for."""
    if width(title) <= _HEAD:
        return title
    kept = title
    while width(kept) >= _HEAD:
        kept = kept[:-1]
    return f"{kept}…"
