"""What a paper says, apart from how it is set: its paragraphs as plain text, and their digest."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from printing.sheets import Sheet

from .rendering import render_html

SMALL_PRINT = "small-print"
_UNSEEN = {"head", "style", "script", "title", "desc", "metadata"}
_WITHIN_A_LINE = {
    *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "img", "mark", "q", "rt", "ruby", "s", "small"),
    *("span", "strong", "sub", "sup", "time", "tspan", "u", "wbr"),
}
_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—\U00020000-\U0003ffff]"
_NO_BLANK = re.compile(rf"(?<={_HAN}) | (?={_HAN})")
_SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Wording:
    """``paragraphs``: the text in reading order, pictures by their words; ``pictures``: the names of their files."""

    title: str
    paragraphs: tuple[str, ...]
    pictures: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of title, text and pictures. Where paragraphs end does not matter."""
        parts = (self.title, "".join(self.paragraphs), "\n".join(self.pictures))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def wording(sheet: Sheet) -> Wording:
    """The wording of a sheet: its own content without the small print, its standing and today's date."""
    bare = replace(sheet, status="", ended="", draft=False, address="", printed=_SOME_DAY)
    reader = _Reader()
    reader.feed(render_html(bare))
    reader.close()
    reader.end_paragraph()
    return Wording(_tidy(sheet.title), tuple(reader.paragraphs), tuple(reader.pictures))


def _tidy(text: str) -> str:
    """Without the blanks that only come from line breaks: in Chinese there are none between characters."""
    return _NO_BLANK.sub("", " ".join(text.replace("\u200b", "").split()))


class _Reader(HTMLParser):
    """Collects the visible text of a sheet, block by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.pictures: list[str] = []
        self._words: list[str] = []
        # The element that is being left out, and how many of its name are open.
        self._skipped, self._depth = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
            return
        attributes = dict(attrs)
        if tag in _UNSEEN or SMALL_PRINT in (attributes.get("class") or "").split():
            self._skipped, self._depth = tag, 1
            return
        if tag not in _WITHIN_A_LINE:
            self.end_paragraph()
        if tag == "br":
            self._words.append(" ")
        if tag == "img":
            self._picture(attributes.get("src") or "", attributes.get("alt") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            if not self._depth:
                self._skipped = ""
        elif tag not in _WITHIN_A_LINE:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._words.append(data)

    def end_paragraph(self) -> None:
        """What follows belongs to another paragraph."""
        if text := _tidy("".join(self._words)):
            self.paragraphs.append(text)
        self._words.clear()

    def _picture(self, address: str, words: str) -> None:
        self._words.append(f"〔{words}〕" if words else "")
        if not address.startswith("data:"):
            # Wagtail names a rendition after the upload: road.2e16d0ba.width-800.png is road in another size.
            self.pictures.append(PurePosixPath(unquote(urlsplit(address).path)).name.split(".")[0])
