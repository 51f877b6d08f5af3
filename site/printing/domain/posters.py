"""海报: what villagers read standing in front of a board, on A3 or A4 (requirement R)."""

import math
from collections.abc import Iterable
from datetime import date

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .gongwen import chinese_date
from .rendering import PrintingUnavailable
from .richtext import official_body
from .titles import break_title, width

SIZES = ("a3", "a4")
# A board has room for so many sheets of one notice, and a reader patience.
MOST_SHEETS = 12
# All lengths are in the smallest size of text, 28 pt on A3 and 20 pt on A4: a line holds 24, a sheet 32 high.
_LINE = 24.0
_SHEET = 32.0
_PITCH = 1.55
# What stands on the first sheet besides title and text: head and number; at the end the signature.
_FRAME = 5.5
_SIGNATURE = 3.9
# How large a title may be (times the smallest text) in at most so many lines; the last for any number.
_TITLES = ((2.6, 2), (2.2, 2), (1.9, 3), (1.6, 4), (1.35, 6), (1.15, 99))
# The facts are set so many times as large; as large as the text where that is larger.
_FACTS = 1.15
# A short text is set larger, so that it is read from further off.
_SCALES = (1.9, 1.6, 1.4, 1.2)
_BLOCKS = ["p", "h2", "h3", "h4", "h5", "li", "dt", "dd", "blockquote", "figcaption", "caption"]


def poster_sheet(  # noqa: PLR0913 - one argument per element, all by name
    *,
    title: str,
    body_html: str,
    size: str = "a3",
    label: str = "",
    issuer: str = "",
    number: str = "",
    facts: Iterable[tuple[str, str]] = (),
    recipients: str = "",
    signatory: str = "",
    day: date | None = None,
    attachments: Iterable[str] = (),
    unit: str = "",
    phone: str = "",
    supervision_phone: str = "",
    hung: str = "",
    kind: str = "poster",
    status: str = "",
    changed: date | None = None,
    ended: str = "",
    draft: bool = False,
    address: str = "",
    name: str = "",
) -> Sheet:
    """A poster; what is empty is left out. Text is never smaller than 28 pt on A3 and 20 pt on A4.

    ``size``: one of SIZES. ``label``: what it is (公告). ``issuer``: whose poster it is, at the head. ``facts``: the
    most important ones, (name, value), before the text: time, place. ``body_html``: rendered rich text; one that is
    too long for a sheet goes on on further ones, each with title, sheet number and foot. ``signatory`` and ``day``
    end the text, after the names of ``attachments``, which do not hang beside it. On every foot: ``unit`` that answers
    for it, ``phone`` for questions, ``supervision_phone``, ``hung`` (from when to when it hangs). ``status``,
    ``changed``, ``ended``, ``draft``, ``address``, ``name``: as in Sheet. Raises PrintingUnavailable, naming the
    document, for a text of more than MOST_SHEETS sheets.
    """
    rows = list(facts)
    title_size, title_lines = _title(title)
    height = _FRAME + len(title_lines) * title_size * 1.3
    signature = _SIGNATURE if signatory or day else 0
    for scale in (*_SCALES, 1):
        body = official_body(body_html, _LINE / scale)
        sheets = (height + _facts_height(rows, scale) + _height(body, scale) + signature * scale) / _SHEET
        if sheets <= 1:
            break
    _refuse_a_book(title, size, sheets)
    return Sheet(
        kind=kind,
        template="printing/poster.html",
        style=f"poster poster-{size}",
        context={
            "label": label,
            # A little more than are let through: they are estimated.
            "totals": range(2, 2 * MOST_SHEETS),
            "issuer": issuer,
            "title_size": title_size,
            "title_lines": title_lines,
            "number": number,
            "facts": rows,
            "facts_size": max(_FACTS, scale),
            "recipients": recipients.rstrip("：: "),
            "body": mark_safe(body),  # noqa: S308 - rich text that Wagtail rendered
            "scale": scale,
            "attachments": [text for text in attachments if text.strip()],
            "signatory": signatory,
            "date": chinese_date(day) if day else "",
            "unit": unit,
            "phone": phone,
            "supervision_phone": supervision_phone,
            "hung": hung,
        },
        title=title,
        status=status,
        changed=changed,
        ended=ended,
        draft=draft,
        issued=day,
        address=address,
        name=name or f"{title} {size.upper()}",
    )


def _title(title: str) -> tuple[float, list[str]]:
    """The largest size at which the title does not fill the sheet, and its lines at that size."""
    for size, most in _TITLES:
        lines = break_title(title, _LINE / size)
        if len(lines) <= most and max(map(width, lines)) <= _LINE / size:
            break
    return size, lines


def _facts_height(rows: list[tuple[str, str]], scale: float) -> float:
    """About how high the facts are: never smaller than the text."""
    size = max(_FACTS, scale)
    beside = max((width(name) for name, _value in rows), default=0) + 1
    lines = sum(math.ceil(width(value) * size / (_LINE - beside * size)) for _name, value in rows)
    return lines * size * _PITCH


def _height(body: str, scale: float) -> float:
    """About how high the text is, set so many times as large as the smallest."""
    soup = BeautifulSoup(body, "html.parser")
    line = _LINE / scale
    texts = (tag for tag in soup.find_all(_BLOCKS) if not tag.find_parent(["table", "li"]))
    lines = sum(math.ceil((width(tag.get_text()) + 2) / line) for tag in texts)
    rows = sum(_row_lines(row, line) * 1.4 + 0.3 for row in soup.find_all("tr"))
    return scale * (_PITCH * lines + rows) + 10 * len(soup.find_all("img"))


def _row_lines(row: Tag, line: float) -> int:
    cells = row.find_all(["td", "th"], recursive=False)
    each = max(1.0, line / max(1, len(cells)) - 1)
    return max((math.ceil(width(cell.get_text(strip=True)) / each) for cell in cells), default=0)


def _refuse_a_book(title: str, size: str, sheets: float) -> None:
    if sheets > MOST_SHEETS:
        raise PrintingUnavailable(
            _(
                "“%(title)s” would take about %(sheets)d sheets as a poster of size %(size)s, more than the "
                "%(most)d a board holds. Print it as a document, and hang up a short notice that says where it lies."
            )
            % {"title": title, "sheets": math.ceil(sheets), "size": size.upper(), "most": MOST_SHEETS}
        )
