"""A Word file becomes the text of a note or an article; what such a text has no place for is named."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

from suite.body.from_docx import read_docx
from training.models.writings import LONGEST_TITLE

# Said of pages alone: a text keeps no pictures and no looks, and the screen says so beforehand.
_OF_PAGES = (
    "A picture has no description. Write what it shows: the page is not published without.",
    "Fonts, sizes and colours follow the site; headings and bold text are kept.",
)


@dataclass(frozen=True)
class WordText:
    """What was found: ``losses`` pairs (what, beginning of the text where it stood)."""

    title: str
    text: str
    losses: list[tuple[str, str]] = field(default_factory=list)


def read_text(content: bytes, file_name: str) -> WordText:
    """Title and text of a DOCX file, a paragraph a line; a table's row becomes a line.

    Raises ValidationError, saying what to do, for a file that is none, is damaged or has no text.
    """
    draft = read_docx(content, file_name)
    left_out = {_(what) for what in _OF_PAGES}
    losses = [(one.what, one.where) for one in draft.losses if one.what not in left_out]
    lines: list[str] = []
    for block in draft.blocks:
        before = lines[-1][:40] if lines else ""
        if block["type"] == "paragraph":
            lines += _paragraphs(str(block["value"]))
        elif block["type"] == "table":
            lines += _rows(block["value"])
            losses.append((_("A table: its rows are lines of text now."), before))
        else:
            losses.append((_("A picture was left out: notes and articles are text."), before))
    if len(draft.title) > LONGEST_TITLE:
        losses.append((_("The title is too long and was cut: %(title)s") % {"title": draft.title}, ""))
    return WordText(draft.title[:LONGEST_TITLE], "\n".join(lines), losses)


def _paragraphs(html: str) -> list[str]:
    found = []
    for tag in BeautifulSoup(html, "html.parser").find_all(["p", "h2", "h3", "h4", "li", "blockquote"]):
        text = " ".join(tag.get_text().split(" ")).strip()
        if text:
            found.append(f"{_mark(tag)}{text}")
    return found


def _mark(tag: Tag) -> str:
    """What stands before an item of a list: its number or a point."""
    if tag.name != "li" or tag.parent is None:
        return ""
    if tag.parent.name != "ol":
        return "· "
    items = list(tag.parent.find_all("li", recursive=False))
    return f"{next(number for number, one in enumerate(items, 1) if one is tag)}. "


def _rows(table: Any) -> list[str]:
    return ["　".join(str(cell or "").strip() for cell in row).strip() for row in table["data"]]
