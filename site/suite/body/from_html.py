"""HTML of a Word or Markdown file to the blocks of a page's body; whatever the editor does not know is left out."""

from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.html import escape
from markdown_it import MarkdownIt

from .from_text import Blocks

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
INLINE = {"b": "b", "strong": "b"}
LISTS = ("ul", "ol")
SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
PICTURE = "picture:"
# Marks the caption of a table that has not come yet.
CAPTION = "caption"
MOST_COLUMNS = 100
BLOCK_LEVEL = {*HEADINGS, *LISTS, "p", "table", "blockquote", "pre", "div", "hr"}


def blocks_from_html(html: str, title: str = "", figures: bool = False) -> Blocks:
    """Paragraph and table blocks in the order of the HTML.

    Arguments: ``html``, from a converter of ours, not trusted; ``title``, left out where the first heading repeats
    it; ``figures``: pictures whose address is ``picture:<key>`` become figure blocks with that key as their image,
    behind the paragraph, list or table they stand in; ``<p class="caption">`` after one is its caption, and
    ``<p class="table-caption">`` that of the table after it. Scripts, styles, other pictures, unknown tags and links
    that are not http(s), mailto or tel do not get through.
    """
    soup = BeautifulSoup(html, "html.parser")
    for junk in soup(["script", "style", "iframe", "object", "svg"]):
        junk.decompose()
    for image in soup("img"):
        if not (figures and str(image.get("src", "")).startswith(PICTURE)):
            image.decompose()
    first = soup.find(list(HEADINGS))
    if isinstance(first, Tag) and first.get_text(strip=True) == title.strip():
        first.decompose()
    blocks: Blocks = []
    _walk(soup, blocks)
    for block in blocks:
        block.pop(CAPTION, None)
    return blocks


def blocks_from_markdown(text: str, title: str = "", pictures: Mapping[str, object] | None = None) -> Blocks:
    """The same for Markdown (CommonMark with tables); HTML within it is shown as text.

    ``pictures``: what becomes the image of a figure block, by the address in the text; other pictures are left out.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    html, known = markdown.render(text), pictures or {}
    for address in known:
        html = html.replace(f'<img src="{escape(address)}"', f'<img src="{PICTURE}{escape(address)}"')
    blocks = blocks_from_html(html, title, figures=bool(known))
    for block in blocks:
        if block["type"] == "figure":
            figure = block["value"]
            assert isinstance(figure, dict)  # noqa: S101 - made above
            figure["image"] = known[figure["image"]]
    return blocks


def _walk(parent: Tag, blocks: Blocks) -> None:
    for child in parent.children:
        if isinstance(child, NavigableString):
            if child.strip():
                _add_text(blocks, f"<p>{escape(child.strip())}</p>")
        elif isinstance(child, Tag):
            _add_tag(child, blocks)


def _add_tag(tag: Tag, blocks: Blocks) -> None:
    if tag.name == "img":
        _add_pictures([tag], blocks)
        return
    if tag.name == "table":
        blocks.append({"type": "table", "value": _table(tag, _waiting_caption(blocks))})
    elif tag.name in HEADINGS:
        name = HEADINGS[tag.name]
        _add_text(blocks, f"<{name}>{escape(_plain(tag))}</{name}>")
    elif tag.name in LISTS:
        _add_text(blocks, _list(tag))
    elif any(isinstance(child, Tag) and child.name in BLOCK_LEVEL for child in tag.children):
        _walk(tag, blocks)
        return
    elif "caption" in tag.get_attribute_list("class") and blocks and blocks[-1]["type"] == "figure":
        figure = blocks[-1]["value"]
        assert isinstance(figure, dict)  # noqa: S101 - made below
        figure["caption"] = _plain(tag)
    elif text := _inline(tag).strip():
        _add_text(blocks, f"<p>{text}</p>", "table-caption" in tag.get_attribute_list("class"))
    _add_pictures(tag.find_all("img"), blocks)


def _add_pictures(images: Iterable[Tag], blocks: Blocks) -> None:
    for image in images:
        key, alt = str(image["src"]).removeprefix(PICTURE), str(image.get("alt", ""))
        blocks.append({"type": "figure", "value": {"image": key, "alt": alt, "caption": ""}})


def _list(tag: Tag) -> str:
    """A list with the lists in it."""
    items = []
    for item in tag.find_all("li", recursive=False):
        inner = "".join(_list(one) for one in item.find_all(list(LISTS), recursive=False))
        text = _inline(item)
        items.append(f"<li>{text}{inner}</li>" if text.strip() or not inner else inner)
    if items and all(item.startswith(("<ul>", "<ol>")) for item in items):
        # A list that holds nothing but lists: a draft began with the second level.
        return "".join(items)
    return f"<{tag.name}>{''.join(items)}</{tag.name}>"


def _plain(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


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


def _add_text(blocks: Blocks, html: str, is_caption: bool = False) -> None:
    """Joins running text into one block until a table or a chapter parts it."""
    if is_caption:
        blocks.append({"type": "paragraph", "value": html, CAPTION: True})
    elif blocks and blocks[-1]["type"] == "paragraph" and CAPTION not in blocks[-1] and not html.startswith("<h2>"):
        blocks[-1]["value"] = f"{blocks[-1]['value']}{html}"
    else:
        blocks.append({"type": "paragraph", "value": html})


def _waiting_caption(blocks: Blocks) -> str:
    """The caption right before a table, taken out of the text."""
    if not (blocks and CAPTION in blocks[-1]):
        return ""
    return _plain(BeautifulSoup(str(blocks.pop()["value"]), "html.parser"))


def _table(tag: Tag, caption: str = "") -> dict[str, object]:
    """A table's value. Text of merged cells stands in the first, the others are empty."""
    lines = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    rows: list[list[str]] = [[] for _line in lines]
    held: dict[int, int] = {}
    for line, row in zip(lines, rows, strict=True):
        held = {column: left - 1 for column, left in held.items() if left > 1}
        for cell in line.find_all(["td", "th"], recursive=False):
            while len(row) in held:
                row.append("")
            columns, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if height > 1:
                held.update(dict.fromkeys(range(len(row), len(row) + columns), height))
            row += [_cell_text(cell), *[""] * (columns - 1)]
    width = max(map(len, rows), default=0)
    has_head = bool(lines) and lines[0].find("th") is not None
    value: dict[str, object] = {
        "data": [row + [""] * (width - len(row)) for row in rows],
        "first_row_is_table_header": has_head,
        "first_col_is_header": False,
        "table_header_choice": "row" if has_head else "neither",
    }
    return value | {"table_caption": caption} if caption else value


def _cell_text(cell: Tag) -> str:
    """The paragraphs of a cell, one a line."""
    inner = [part for part in cell.find_all(["p", "li"]) if not part.find(["p", "li"])]
    return "\n".join(filter(None, map(_plain, inner))) if inner else _plain(cell)


def _span(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute, "1"))
    return min(MOST_COLUMNS, max(1, int(value))) if value.isdecimal() else 1
