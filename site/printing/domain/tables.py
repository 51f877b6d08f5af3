"""Column widths of a table on paper.

Chinese can break anywhere, so a column of names beside a long one would shrink to a single character, and finding
out how narrow a long cell could be costs WeasyPrint a minute. So the widths are given, from the text.
"""

import math
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from .titles import width

# In characters of 12 pt: the width of the page's text, the edges of a cell, a cell that stays on one line.
TABLE_CHARACTERS = 36.8
CELL_EDGES = 1.1
_SHORT = 8.5
_LEAST = 1.5 + CELL_EDGES
# A row of more lines than this may be cut: it would leave half a page empty, or not fit at all.
_TALL = 16
# No more of the table goes to short columns while others wait for room.
_SHORT_SHARE = 0.75


def set_column_widths(table: Tag, characters: float = TABLE_CHARACTERS) -> None:
    """Give a table its columns' widths, keep short cells on one line, let only very tall rows be cut.

    ``characters``: how many of the table's characters fit beside each other on the paper.
    """
    cells = list(grid(table))
    count = max((place + span for _cell, place, span in cells), default=0)
    if not count:
        return
    natural = [_LEAST] * count
    for cell, place, span in cells:
        if span == 1:
            natural[place] = max(natural[place], _text_width(cell) + CELL_EDGES)
    widths = share_width(natural, characters)
    for cell, place, span in cells:
        if span == 1 and _text_width(cell) <= _SHORT and _text_width(cell) + CELL_EDGES <= widths[place] + 0.01:
            # Beside long text, a short entry is text like it; a column's head is not.
            whole = natural[place] <= _SHORT + CELL_EDGES or cell.name == "th"
            cell["class"] = "short" if whole else ""
        room = sum(widths[place : place + span]) - CELL_EDGES
        if _text_width(cell) > _TALL * room and (row := cell.find_parent("tr")):
            row["class"] = "tall"
    for old in table.find_all(["colgroup", "col"]):
        old.decompose()
    group = BeautifulSoup("", "html.parser").new_tag("colgroup")
    for one in widths:
        group.append(BeautifulSoup(f'<col style="width: {one / sum(widths):.2%}">', "html.parser"))
    caption = table.find("caption", recursive=False)
    if isinstance(caption, Tag):
        caption.insert_after(group)
    else:
        table.insert(0, group)


def share_width(natural: list[float], room: float) -> list[float]:
    """Widths for columns that would like to be ``natural`` wide, together at most ``room``; all in characters."""
    if sum(natural) <= room:
        return natural
    short = {place for place, one in enumerate(natural) if one <= _SHORT + CELL_EDGES}
    taken = sum(natural[place] for place in short)
    if taken > _SHORT_SHARE * room or len(short) == len(natural):
        short, taken = set(), 0.0
    # A text ten times as long gets about three times the width.
    weights = {place: math.sqrt(one) for place, one in enumerate(natural) if place not in short}
    unit = (room - taken) / sum(weights.values())
    return [natural[place] if place in short else weights[place] * unit for place in range(len(natural))]


def grid(table: Tag) -> Iterator[tuple[Tag, int, int]]:
    """(cell, first column, columns) of every cell of this table, cells of tables inside it left out."""
    held: dict[int, int] = {}
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        place = 0
        held = {column: rows - 1 for column, rows in held.items() if rows > 1}
        for cell in row.find_all(["td", "th"], recursive=False):
            while place in held:
                place += 1
            span = span_of(cell, "colspan")
            yield cell, place, span
            if (rows := span_of(cell, "rowspan")) > 1:
                held.update(dict.fromkeys(range(place, place + span), rows))
            place += span


def span_of(cell: Tag, attribute: str) -> int:
    """How many columns (``attribute`` "colspan") or rows ("rowspan") a cell takes; 1 for what is no number."""
    value = str(cell.get(attribute, "1"))
    return min(100, max(1, int(value))) if value.isdecimal() else 1


def _text_width(cell: Tag) -> float:
    return text_width(cell.get_text(strip=True))


def text_width(text: str) -> float:
    """Room that a cell's text needs on one line, in characters."""
    # Letters are wider than the half that a title's estimate allows them: here they must fit.
    return width(text) + 0.25 * sum(one.isascii() and one.isalpha() for one in text)
