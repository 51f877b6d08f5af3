"""A page's rich text as the body of an official document."""

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from suite.body.headings import typed_heading

from .tables import TABLE_CHARACTERS, set_column_widths

_BLANKS = "\u3000\u00a0 \t\r\n\u200b\ufeff"
_EMPTY_HOLDS = ("img", "table", "svg", "hr")


def official_body(html: str, table_characters: float = TABLE_CHARACTERS) -> str:
    """Rich text (rendered HTML) made fit for the stylesheet of running text.

    Typed indents and empty paragraphs go (the stylesheet indents); a short paragraph without a sentence end that
    is numbered 一、 or （一） becomes a heading of that level; a heading without its number stays as it is.
    Scripts, styles, frames and forms go: paper has no use for them. ``table_characters``: the characters of a table's
    size that fit in a line.
    """
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["script", "style", "iframe", "form", "video", "audio", "embed", "object"]):
        tag.decompose()
    for tag in soup.find_all(["p", "h2", "h3", "h4", "h5"]):
        _strip_edges(tag)
        if not tag.get_text(strip=True) and not tag.find(_EMPTY_HOLDS):
            tag.decompose()
        elif tag.name == "p":
            _promote(tag)
    for table in soup.find_all("table"):
        set_column_widths(table, table_characters)
    for tag in soup.find_all("h1"):
        tag.name = "h2"
    return str(soup)


def paragraphs(text: str) -> str:
    """Plain text, one paragraph a line, as HTML for ``official_body``."""
    soup = BeautifulSoup("", "html.parser")
    for line in text.splitlines():
        if line.strip(_BLANKS):
            paragraph = soup.new_tag("p")
            paragraph.string = line.strip(_BLANKS)
            soup.append(paragraph)
    return str(soup)


def _strip_edges(tag: Tag) -> None:
    """Take typed blanks and line ends off both ends of a paragraph."""
    for first, strip in ((True, str.lstrip), (False, str.rstrip)):
        while tag.contents:
            edge = tag.contents[0 if first else -1]
            if isinstance(edge, NavigableString):
                kept = strip(edge, _BLANKS)
                if kept:
                    edge.replace_with(kept)
                    break
                edge.extract()
            elif isinstance(edge, Tag) and edge.name == "br":
                edge.extract()
            else:
                break


def _promote(paragraph: Tag) -> None:
    found = typed_heading(paragraph.get_text())
    if found is None or paragraph.find_parent(["table", "li", "blockquote"]):
        return
    paragraph.name, is_chapter = found
    if is_chapter:
        paragraph["class"] = "chapter"
