"""A plain document, written as JSON, in the shape of 公文. The schema is described in docs/printing.md."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .gongwen import gongwen_sheet

TEXTS = ("title", "number", "to", "sign", "cc", "issuer", "head", "note")
DATES = ("date", "issued")
FIELDS = (*TEXTS, *DATES, "body", "attachments")
# Heading levels of the standard, and the tags that the stylesheet sets them by: the title is the page's first.
LEVELS = {"h1": "h2", "h2": "h3", "h3": "h4", "p": "p"}


def sheet_from_json(data: Any) -> Sheet:
    """The document as a Sheet.

    ``data``: a dict with ``title``, and, each may be left out: ``number`` 发文字号, ``to`` 主送, ``body``: a list of
    ``{"h1"|"h2"|"h3"|"p": text}``, ``attachments``: a list of names, ``sign`` 署名, ``date`` 成文日期, ``cc`` 抄送,
    ``issuer`` 印发机关, ``issued`` 印发日期, ``head`` 发文机关标志, ``note`` 附注. A number brings the red head,
    the signing office's name with 文件; ``head`` says what else it reads, "" is none. Dates are "YYYY-MM-DD".

    Raises ValidationError that names every field that is wrong, in one go.
    """
    if not isinstance(data, dict):
        raise ValidationError(_("A document is written as an object: {…}."))
    problems = list(_problems(data))
    if problems:
        raise ValidationError(problems)
    text = {name: str(data.get(name) or "").strip() for name in TEXTS}
    usual_head = f"{text['sign']}文件" if text["number"] and text["sign"] else ""
    return gongwen_sheet(
        title=text["title"],
        body_html=_html(data.get("body") or []),
        issuer=text["head"] if "head" in data else usual_head,
        head="document",
        number=text["number"],
        recipients=text["to"],
        signatory=text["sign"],
        day=_day(data.get("date")),
        attachments=data.get("attachments") or [],
        note=text["note"],
        copies=text["cc"],
        printed_by=text["issuer"],
        printed_on=_day(data.get("issued")),
        kind="text",
    )


def _html(body: list[dict[str, str]]) -> str:
    soup = BeautifulSoup("", "html.parser")
    for part in body:
        for level, text in part.items():
            for line in text.splitlines():
                element = soup.new_tag(LEVELS[level])
                element.string = line
                soup.append(element)
    return str(soup)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _problems(data: dict[str, Any]) -> Iterator[str]:
    if unknown := sorted(set(map(str, data)) - set(FIELDS)):
        yield _("Unknown: %(names)s. Known are: %(known)s.") % {
            "names": ", ".join(unknown),
            "known": ", ".join(FIELDS),
        }
    if not str(data.get("title") or "").strip():
        yield _("%(place)s: the document needs a title.") % {"place": "title"}
    for name in TEXTS:
        if not isinstance(data.get(name) or "", str):
            yield _("%(place)s: write text in quotation marks.") % {"place": name}
    for name in DATES:
        if not _is_day(data.get(name)):
            yield _("%(place)s: write a day as YYYY-MM-DD, for example 2026-11-21.") % {"place": name}
    yield from _list_problems(data.get("attachments") or [], "attachments", _is_text, '["…", "…"]')
    yield from _list_problems(data.get("body") or [], "body", _is_part, '[{"h1": "…"}, {"p": "…"}]')


def _list_problems(value: Any, name: str, is_good: Any, example: str) -> Iterator[str]:
    message = _("%(place)s: write it like this: %(example)s")
    if not isinstance(value, list):
        yield message % {"place": name, "example": example}
        return
    for place, one in enumerate(value):
        if not is_good(one):
            yield message % {"place": f"{name}[{place}]", "example": example}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_part(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and all(key in LEVELS and _is_text(value[key]) for key in value)


def _is_day(value: Any) -> bool:
    try:
        _day(value)
    except (TypeError, ValueError):
        return False
    return True
