"""Running text (the cleaned HTML of a sheet) as paragraphs, lists, tables and pictures of a Word document."""

import re
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .elements import borders, element, field_around, put
from .frame import TEXT_WIDTH, paragraph
from .pictures import Picture, picture_of
from .styles import BLACK, BODY

_HEADINGS = {"h1": "Level1", "h2": "Level1", "h3": "Level2", "h4": "Level3", "h5": "Level4", "h6": "Level4"}
_LISTS = {"ul": "Bullets", "ol": "Numbers"}
_RUNS = {"b": "Strong", "strong": "Strong", "i": "Emphasis", "em": "Emphasis"}
_LEVELS = {"sub": "subscript", "sup": "superscript"}
_BLOCKS = {*_HEADINGS, *_LISTS, "p", "table", "blockquote", "div", "section", "article", "figure", "hr", "img", "svg",
           "dl", "dt", "dd", "li", "figcaption", "caption", "pre"}  # fmt: skip
_LEFT_OUT = {"script", "style", "colgroup", "title", "desc"}
_LINKS = re.compile(r"^(https?://|mailto:|tel:)")
_TALLEST = 200.0  # mm; as on paper
_WRITING = 10.0  # mm
_DOTS_PER_INCH = 96
_CELL_EDGES = 216  # twips: the margins of a cell


class Body:
    """Writes HTML to the end of a document. ``refused``: in words, the pictures that could not be put into it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lists = 0
        self.refused: list[str] = []

    def write(self, html: str) -> None:
        """All of the HTML. Pictures that cannot be had are replaced by what they show."""
        self._blocks(BeautifulSoup(html, "html.parser"), self._document, BODY)

    def _blocks(self, parent: Tag, into: Any, style: str) -> None:
        """The blocks in ``parent``; text that stands between them gets a paragraph of its own."""
        loose: list[Any] = []
        for child in [*parent.children, None]:
            if isinstance(child, PreformattedString) or (isinstance(child, Tag) and child.name in _LEFT_OUT):
                continue
            if child is not None and not (isinstance(child, Tag) and _is_block(child)):
                loose.append(child)
                continue
            if any(one.get_text(strip=True) for one in loose):
                self._runs(loose, paragraph(into, style))
            loose = []
            if isinstance(child, Tag):
                self._block(child, into, style)

    def _block(self, tag: Tag, into: Any, style: str) -> None:
        if tag.name in _HEADINGS:
            chapter = "chapter" in tag.get_attribute_list("class")
            kind = ("Chapter" if tag.name == "h2" else "Section") if chapter else _HEADINGS[tag.name]
            self._runs(tag.children, paragraph(into, kind if style == BODY else style))
        elif tag.name in _LISTS:
            self._list(tag, into, style, 0)
        elif tag.name == "table":
            self._table(tag)
        elif tag.name in ("img", "svg"):
            self._picture(tag, into)
        elif tag.name == "hr":
            line = (0.25, 1, BLACK, "single")
            put(paragraph(into, "Rule")._p.pPr, borders(where="w:pBdr", bottom=line))
        elif tag.name == "figcaption":
            self._runs(tag.children, paragraph(into, "PictureCaption"))
        elif tag.name == "dt":
            self._runs(tag.children, paragraph(into, "Level1" if style == BODY else style))
        else:
            inner = "Quotation" if tag.name == "blockquote" and style == BODY else style
            if tag.name == "p" and not tag.find(_is_block):
                self._runs(tag.children, paragraph(into, inner))
            else:
                self._blocks(tag, into, inner)

    def _list(self, tag: Tag, into: Any, style: str, level: int) -> None:
        self._lists += 1
        number = numbering(self._document, tag.name == "ol", self._lists, level)
        for item in tag.find_all("li", recursive=False):
            assert isinstance(item, Tag)  # noqa: S101 - bs4's types cannot say so
            texts = [part for part in item.children if not (isinstance(part, Tag) and part.name in _LISTS)]
            made = paragraph(into, _LISTS[tag.name] if style == BODY else style)
            put(made._p.pPr, element("w:numPr", element("w:ilvl", val=level), element("w:numId", val=number)))
            self._runs(texts, made)
            for inner in item.find_all(list(_LISTS), recursive=False):
                self._list(inner, into, style, min(level + 1, 3))

    def _runs(self, parts: Any, into: Paragraph, style: str = "", level: str = "") -> None:
        for part in parts:
            if isinstance(part, PreformattedString):
                continue
            if isinstance(part, NavigableString):
                if text := re.sub(r"[ \t\r\n]+", " ", str(part)):
                    _run(into, text, style, level)
            elif isinstance(part, Tag) and part.name not in _LEFT_OUT:
                self._inline(part, into, style, level)

    def _inline(self, tag: Tag, into: Paragraph, style: str, level: str) -> None:
        if tag.name == "br":
            into.add_run().add_break()
        elif tag.name == "img":
            self._add_picture(picture_of(tag), into)
        elif tag.name == "a" and _LINKS.match(str(tag.get("href", ""))):
            # A field and not a relationship: the file names nothing outside itself that a program would fetch.
            with field_around(into, f'HYPERLINK "{str(tag["href"]).replace(chr(34), "%22")}"'):
                self._runs(tag.children, into, style, level)
        else:
            self._runs(tag.children, into, _RUNS.get(tag.name, style), _LEVELS.get(tag.name, level))

    def _picture(self, tag: Tag, into: Any) -> None:
        self._add_picture(picture_of(tag), paragraph(into, "Picture"))

    def _add_picture(self, picture: Picture, into: Paragraph) -> None:
        if picture.refused:
            self.refused.append(picture.refused)
        if not picture.content:
            into.add_run(picture.alt)
            return
        width, height = (size / _DOTS_PER_INCH * 25.4 for size in picture.size)
        share = min(1.0, TEXT_WIDTH / width, _TALLEST / height)
        shape = into.add_run().add_picture(picture.file(), Mm(width * share), Mm(height * share))
        shape._inline.docPr.set("descr", picture.alt)

    def table(self, tag: Tag) -> None:
        """A table to fill in by hand: it stays on one page whole, its rows high enough to write in."""
        self._table(tag, whole=True)
        for row in self._document.tables[-1].rows:
            row.height = Mm(_WRITING)

    def _table(self, tag: Tag, whole: bool = False) -> None:
        from .tables import add_table

        caption = tag.find("caption", recursive=False)
        if isinstance(caption, Tag):
            self._runs(caption.children, paragraph(self._document, "TableCaption"))
        for cell, into, style in add_table(self._document, tag):
            into._tc.remove(into.paragraphs[0]._p)
            if cell is not None:
                self._blocks(cell, into, style)
            if not into.paragraphs:
                paragraph(into, style)
            if whole:
                for one in into.paragraphs:
                    put(one._p.pPr, element("w:keepNext"))


def _is_block(tag: Tag) -> bool:
    return tag.name in _BLOCKS


def _run(into: Paragraph, text: str, style: str, level: str) -> None:
    run = into.add_run(text)
    if style:
        run._r.get_or_add_rPr().insert(0, element("w:rStyle", val=style))
    if level:
        run._r.get_or_add_rPr().append(element("w:vertAlign", val=level))


def numbering(document: Document, ordered: bool, count: int, level: int) -> int:
    """A list of its own that begins at 1; its number. Marks stand two characters in, deeper lists further."""
    part = document.part.numbering_part.element
    character = 316  # twips
    depths = [
        element(
            "w:lvl",
            element("w:start", val=1),
            element("w:numFmt", val="decimal" if ordered else "bullet"),
            element("w:suff", val="nothing"),
            element("w:lvlText", val=f"%{depth + 1}." if ordered else "·"),
            element("w:lvlJc", val="left"),
            element("w:pPr", element("w:ind", left=depth * 2 * character, firstLine=2 * character)),
            ilvl=depth,
        )
        for depth in range(level + 1)
    ]
    definition = element("w:abstractNum", element("w:multiLevelType", val="multilevel"), *depths, abstractNumId=count)
    part.insert(len(part.findall(qn("w:abstractNum"))), definition)
    part.append(element("w:num", element("w:abstractNumId", val=count), numId=count))
    return count
