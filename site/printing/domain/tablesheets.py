"""表格: a table on a sheet of its own, its head on every page, no row cut."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .plain import one_line, plain
from .tables import CELL_EDGES, share_width, text_width
from .titles import break_title

MOST_ROWS = 2000
_MM = 72 / 25.4
# A number that stands right-aligned; not a telephone, a code with a nought in front or an account.
_NUMBER = re.compile(r"[-−+]?(?:0|[1-9]\d{0,9}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?[%％]?")
_NOTHING = {"", "-", "—", "——", "/", "无"}
# A column narrower than this many characters cannot be read; up to the other, it would like to be.
_LEAST = 3.0 + CELL_EDGES
_COMFORT = 7.0 + CELL_EDGES
_SHORT = 8.5
# Columns that stay empty more often than not: no reason to give every row the height of handwriting.
_OFTEN_EMPTY = {"备注", "说明"}
_SERIAL = "序号"


@dataclass(frozen=True)
class Layout:
    """A paper and a type size that a table can be set in: its text's width in mm, and the lines of a page.

    ``room``: the characters in a line. A row of more lines than ``lines`` may be cut, others never are.
    """

    name: str
    size: str
    landscape: bool
    points: float
    width: float
    lines: int

    @property
    def room(self) -> float:
        return self.width * _MM / self.points


# From the most comfortable to the one that holds most. Text widths are the paper's without the stylesheet's margins.
LAYOUTS = (
    Layout("a4", "a4", False, 12, 166, 34),
    Layout("a4 small", "a4", False, 10.5, 166, 38),
    Layout("a4-wide", "a4", True, 12, 261, 21),
    Layout("a4-wide small", "a4", True, 10.5, 261, 24),
    Layout("a3-wide small", "a3", True, 10.5, 384, 39),
)


@dataclass(frozen=True)
class Cell:
    """One cell: its text, the classes of its alignment, and what the next page calls the row if it is cut."""

    text: str
    style: str = ""
    cut: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its cells, or a heading over the whole width; ``kind`` is "", "total", "blank" or "tall"."""

    cells: Sequence[Cell] = ()
    heading: str = ""
    kind: str = ""


def table_sheet(  # noqa: PLR0913 - one argument per part of the sheet, all by name
    *,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any] | str],
    subtitle: str = "",
    notes: Iterable[str] = (),
    totals: Sequence[Any] = (),
    blank_rows: int = 0,
    signatures: Iterable[str] = (),
    least: Mapping[str, float] | None = None,
    size: str = "",
    landscape: bool | None = None,
    day: date | None = None,
    kind: str = "table",
    status: str = "",
    changed: date | None = None,
    address: str = "",
    name: str = "",
) -> Sheet:
    """A Sheet with one table: the head comes back on every page, a row is cut only if it is taller than a page.

    ``rows``: each as long as ``columns`` or shorter; a plain text instead of a row is a heading across. A column of
    numbers is set to the right. ``totals``: the last row, kept with the one before it. ``blank_rows``: empty rows
    to write in, 10 mm high; so are all rows where a whole column is empty. ``subtitle``: a line under the title
    (unit, period). ``least``: column to the characters it is wide at least, for what is written by hand.
    ``signatures``: names of the people who sign under it (制表人, 审核人), with room to write. ``size`` "a4" or "a3"
    and ``landscape`` are chosen by the table's width when left out. ``day``, ``status``, ``changed``, ``address``,
    ``name``: as in Sheet.

    Raises ValidationError, where to the user it says what to do, for a table without columns or rows, of more than
    MOST_ROWS, with rows longer than the head, or too wide for the paper.
    """
    heads = [one_line(head) for head in columns]
    given = [one_line(row) if isinstance(row, str) else [plain(cell) for cell in row] for row in rows]
    total = [plain(cell) for cell in totals]
    _check(heads, given, total, blank_rows)
    texts = [row for row in [*given, total] if isinstance(row, list)]
    natural = [
        max(_natural(head, [row[place] for row in texts if place < len(row)]), (least or {}).get(head, 0))
        for place, head in enumerate(heads)
    ]
    layout = _layout(natural, size, landscape)
    widths = share_width(natural, layout.room)
    styles = [_style([row[place] for row in texts if place < len(row)], widths[place]) for place in range(len(heads))]
    made = [
        Row(heading=row) if isinstance(row, str) else _row(row, heads, styles, widths, layout.lines) for row in given
    ]
    serial = heads[0] == _SERIAL
    for number in range(len(given) + 1, len(given) + 1 + blank_rows):
        made.append(Row(_cells([str(number)] if serial else [], styles), kind="blank"))
    if total:
        made.append(Row(_cells(total, styles), kind="total"))
    whole = sum(widths)
    context = {
        "title_lines": break_title(title, layout.width * _MM / 22),
        "subtitle": subtitle,
        "layout": layout.name,
        "heads": heads,
        "widths": [f"{one / whole:.3%}" for one in widths],
        "rows": made,
        "by_hand": _is_written_by_hand(heads, texts),
        "notes": [text for text in map(one_line, notes) if text],
        "signatures": [text for text in map(one_line, signatures) if text],
    }
    return Sheet(
        kind=kind,
        template="printing/table.html",
        context=context,
        title=title,
        style="table",
        status=status,
        changed=changed,
        issued=day,
        address=address,
        name=name or title,
    )


def _check(heads: list[str], rows: list[list[str] | str], total: list[str], blank_rows: int) -> None:
    if not heads:
        raise ValidationError(_("The table has no columns. Its first row names them."), code="no_columns")
    if not rows and not blank_rows:
        raise ValidationError(
            _("The table has a head but no rows. Add rows under it, or ask for blank ones."), code="no_rows"
        )
    if len(rows) + blank_rows > MOST_ROWS:
        raise ValidationError(
            _("The table has %(count)d rows; one sheet takes %(most)d. Print it in parts.")
            % {"count": len(rows) + blank_rows, "most": MOST_ROWS},
            code="too_many_rows",
        )
    for number, row in enumerate([*rows, total], 1):
        if not isinstance(row, str) and len(row) > len(heads):
            raise ValidationError(
                _("Row %(number)d has %(cells)d cells, the head has %(columns)d. Name every column in the first row.")
                % {"number": number, "cells": len(row), "columns": len(heads)},
                code="row_too_long",
            )


def _natural(head: str, texts: list[str]) -> float:
    """How wide a column would like to be, in characters: a long head may break in two."""
    wanted = max((text_width(line) for text in texts for line in text.split("\n")), default=0.0)
    headed = text_width(head)
    return max(wanted, min(headed, max(4.0, headed / 2 + 0.5)), 1.5) + CELL_EDGES


def _layout(natural: list[float], size: str, landscape: bool | None) -> Layout:
    allowed = [one for one in LAYOUTS if size in ("", one.size) and landscape in (None, one.landscape)]
    for layout in allowed:
        if sum(min(one, _COMFORT) for one in natural) <= layout.room:
            return layout
    if allowed and sum(min(one, _LEAST) for one in natural) <= allowed[-1].room:
        return allowed[-1]
    raise ValidationError(
        _("%(count)d columns are too many for this paper: none could be read. Choose A3, or print it as two tables.")
        % {"count": len(natural)},
        code="too_wide",
    )


def _style(texts: list[str], width: float) -> str:
    """Numbers to the right, short entries in the middle, text to the left."""
    filled = [text for text in texts if text not in _NOTHING]
    if filled and all(_NUMBER.fullmatch(text) for text in filled):
        serial = [text for text in filled if text.isdecimal()]
        running = len(serial) == len(filled) > 1 and [*map(int, serial)] == [*range(1, len(serial) + 1)]
        return "short" if running else "number"
    longest = max((text_width(line) for text in filled for line in text.split("\n")), default=0.0)
    return "short" if longest <= _SHORT and longest + CELL_EDGES <= width + 0.01 else ""


def _is_written_by_hand(heads: list[str], rows: list[list[str]]) -> bool:
    """Whether a whole column is empty: somebody will write in it."""
    return bool(rows) and any(
        head not in _OFTEN_EMPTY and not any(place < len(row) and row[place] for row in rows)
        for place, head in enumerate(heads)
    )


def _row(row: list[str], heads: list[str], styles: list[str], widths: list[float], most_lines: int) -> Row:
    lines = [_lines(text, widths[place]) for place, text in enumerate(row)]
    if not lines or max(lines) <= most_lines:
        return Row(_cells(row, styles))
    tallest = lines.index(max(lines))
    label = f"{heads[0]} {one_line(row[0])[:12]}" if tallest else heads[0]
    cells = _cells(row, styles)
    cells[tallest] = replace(cells[tallest], cut=label)
    return Row(cells, kind="tall")


def _cells(row: list[str], styles: list[str]) -> list[Cell]:
    return [Cell(row[place] if place < len(row) else "", style) for place, style in enumerate(styles)]


def _lines(text: str, width: float) -> int:
    return sum(1 + int(text_width(line) / max(1.0, width - CELL_EDGES)) for line in text.split("\n"))
