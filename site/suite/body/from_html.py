"""HTML of a Word or Markdown file to the blocks of a page's body; whatever the editor does not know is left out."""

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.html import escape
from markdown_it import MarkdownIt

from .from_text import Blocks

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
INLINE = {"b": "b", "strong": "b"}
LISTS = ("ul", "ol")
SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
BLOCK_LEVEL = {*HEADINGS, *LISTS, "p", "table", "blockquote", "pre", "div", "hr"}


def blocks_from_html(html: str, title: str = "") -> Blocks:
    """Paragraph and table blocks in the order of the HTML.

    Arguments: ``html``, from a converter of ours, not trusted; ``title``, left out where the first heading repeats
    it. Scripts, styles, pictures, unknown tags and links that are not http(s), mailto or tel do not get through.
    """
    soup = BeautifulSoup(html, "html.parser")
    for junk in soup(["script", "style", "img", "iframe", "object", "svg"]):
        junk.decompose()
    first = soup.find(list(HEADINGS))
    if isinstance(first, Tag) and first.get_text(strip=True) == title.strip():
        first.decompose()
    blocks: Blocks = []
    _walk(soup, blocks)
    return blocks


def blocks_from_markdown(text: str, title: str = "") -> Blocks:
    """The same for Markdown (CommonMark with tables); HTML within it is shown as text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    return blocks_from_html(markdown.render(text), title)


def _walk(parent: Tag, blocks: Blocks) -> None:
    for child in parent.children:
        if isinstance(child, NavigableString):
            if child.strip():
                _add_text(blocks, f"<p>{escape(child.strip())}</p>")
        elif isinstance(child, Tag):
            _add_tag(child, blocks)


def _add_tag(tag: Tag, blocks: Blocks) -> None:
    if tag.name == "table":
        blocks.append({"type": "table", "value": _table(tag)})
    elif tag.name in HEADINGS:
        name = HEADINGS[tag.name]
        _add_text(blocks, f"<{name}>{escape(tag.get_text(' ', strip=True))}</{name}>")
    elif tag.name in LISTS:
        items = "".join(f"<li>{_inline(item)}</li>" for item in tag.find_all("li") if isinstance(item, Tag))
        _add_text(blocks, f"<{tag.name}>{items}</{tag.name}>")
    elif any(isinstance(child, Tag) and child.name in BLOCK_LEVEL for child in tag.children):
        _walk(tag, blocks)
    elif text := _inline(tag).strip():
        _add_text(blocks, f"<p>{text}</p>")


def _inline(tag: Tag) -> str:
    parts: list[str] = []
    for child in tag.children:
        if isinstance(child, NavigableString):
            parts.append(escape(str(child)))
        elif isinstance(child, Tag) and child.name not in LISTS:
            inner = _inline(child)
            href = str(child.get("href", ""))
            if child.name in INLINE:
                parts.append(f"<b>{inner}</b>")
            elif child.name == "br":
                parts.append("<br/>")
            elif child.name == "a" and href.startswith(SAFE_LINKS):
                parts.append(f'<a href="{escape(href)}">{inner}</a>')
            else:
                parts.append(inner)
    return "".join(parts)


def _add_text(blocks: Blocks, html: str) -> None:
    """Joins running text into one block until a table or a chapter parts it."""
    if blocks and blocks[-1]["type"] == "paragraph" and not html.startswith("<h2>"):
        blocks[-1]["value"] = f"{blocks[-1]['value']}{html}"
    else:
        blocks.append({"type": "paragraph", "value": html})


def _table(tag: Tag) -> dict[str, object]:
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"]) if isinstance(cell, Tag)]
        for row in tag.find_all("tr")
        if isinstance(row, Tag)
    ]
    width = max(map(len, rows), default=0)
    first = tag.find("tr")
    has_head = isinstance(first, Tag) and first.find("th") is not None
    return {
        "data": [row + [""] * (width - len(row)) for row in rows],
        "first_row_is_table_header": has_head,
        "first_col_is_header": False,
        "table_header_choice": "row" if has_head else "neither",
    }
