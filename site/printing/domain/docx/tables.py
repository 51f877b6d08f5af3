"""Tables: column widths as on paper, the head on every page, rows whole, cells that span others."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from bs4.element import Tag
from docx.document import Document
from docx.table import _Cell

from printing.domain.tables import grid, span_of

from .elements import element, put, twips
from .frame import TEXT_WIDTH


def add_table(document: Document, tag: Tag) -> Iterator[tuple[Tag | None, Any, str]]:
    """Add the table and yield its cells to be filled: (the HTML's cell, None for a gap; Word's cell; the style)."""
    rows = [row for row in tag.find_all("tr") if isinstance(row, Tag) and row.find_parent("table") is tag]
    index_of = {id(row): index for index, row in enumerate(rows)}  # equal rows are not the same row
    cells = {
        (index_of[id(cell.parent)], place): (cell, columns, span_of(cell, "rowspan"))
        for cell, place, columns in grid(tag)
    }
    count = max((place + columns for (_row, place), (_cell, columns, _height) in cells.items()), default=0)
    if not count:
        return
    table = document.add_table(0, 0)
    table.autofit = False
    put(
        table._tbl.tblPr,
        element("w:tblStyle", val="GongwenTable"),
        element("w:tblW", w=twips(TEXT_WIDTH), type="dxa"),
    )
    widths = _widths(tag, count)
    for width in widths:
        table._tbl.tblGrid.append(element("w:gridCol", w=width))
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    heads = _heads(rows)
    for index, row in enumerate(rows):
        line = element("w:tr")
        table._tbl.append(line)
        marks = []
        if "tall" not in row.get_attribute_list("class"):
            marks.append(element("w:cantSplit"))
        if index < heads:
            marks.append(element("w:tblHeader"))
        put(line.get_or_add_trPr(), *marks)
        place = 0
        while place < count:
            cell, columns, height = cells.get((index, place), (None, 1, 1))
            start = covered.get((index, place))
            if start:
                columns, height = start[1], 1
            merged = "continue" if start else "restart" if height > 1 else None
            made = element(
                "w:tc",
                element(
                    "w:tcPr",
                    element("w:tcW", w=sum(widths[place : place + columns]), type="dxa"),
                    element("w:gridSpan", val=columns) if columns > 1 else None,
                    element("w:vMerge", val=merged) if merged else None,
                    element("w:vAlign", val="center"),
                ),
                element("w:p"),
            )
            line.append(made)
            covered.update({(index + down, place): (index, columns) for down in range(1, height)})
            head = cell is not None and cell.name == "th"
            yield cell, _Cell(made, table), "TableHead" if head else "TableText"
            place += columns


def _heads(rows: list[Tag]) -> int:
    """How many rows are the table's head: those in thead, or a first row of th alone."""
    count = sum(row.parent is not None and row.parent.name == "thead" for row in rows)
    if not count and rows and len(rows) > 1:
        count = int(bool(rows[0].find("th", recursive=False)) and not rows[0].find("td", recursive=False))
    return count


def _widths(tag: Tag, count: int) -> list[int]:
    """The columns' widths in twips, in the shares that the paper's columns have."""
    shares = []
    for column in tag.find_all("col"):
        style = str(column.get("style", "")) if isinstance(column, Tag) else ""
        number = style.partition("width:")[2].strip().rstrip("%; ")
        shares.append(float(number) if number.replace(".", "", 1).isdecimal() else 0.0)
    if len(shares) != count or not all(shares):
        shares = [1.0] * count
    total = sum(shares)
    edges = [round(sum(shares[:place]) / total * twips(TEXT_WIDTH)) for place in range(count + 1)]
    return [after - before for before, after in zip(edges, chain(edges[1:]), strict=False)]
