"""XLSX that stays data: no cell can become a formula when somebody opens or edits it.

Tables are written with XlsxWriter, a row at a time: through openpyxl every cell is an object of its own, and 60,000
rows took a server four seconds. Workbooks with more than tables (lists to choose from, hints) are laid out with it and
`cell`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from django.utils.timezone import is_aware, localtime
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.workbook.child import avoid_duplicate_name
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
NATIVE = (int, float, datetime.date, datetime.time)
DAY, MOMENT, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "h:mm:ss"
WIDEST, LONGEST_TITLE = 60, 31


def write_sheet(output: BinaryIO, title: str, headings: list[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write one sheet with a bold, frozen first row.

    Text that a spreadsheet might take for a formula is stored as text with a quote prefix, so it stays text even
    after somebody edits the cell. Aware times become local times. ``title`` is cut to the 31 characters Excel allows.
    """
    write_book(output, [(title, headings, rows)])


def write_book(output: BinaryIO, sheets: Iterable[tuple[str, list[str], Iterable[Iterable[Any]]]]) -> None:
    """The same with several sheets, each (title, headings, rows). Raises ValueError where there is none, and for
    infinity and what is not a number."""
    titles = list[str]()
    book = Workbook(output, {"constant_memory": True})
    styles = _Styles(book)
    for title, headings, rows in sheets:
        cut = re.sub(r"[\[\]:*?/\\]", " ", plain(title))[:LONGEST_TITLE]
        titles.append(avoid_duplicate_name(titles, cut))
        _fill(book.add_worksheet(titles[-1]), styles, headings, rows)
    if not titles:
        raise ValueError("a book has at least one sheet")
    book.close()


class _Styles:
    """The styles of cells."""

    def __init__(self, book: Workbook) -> None:
        self.head = book.add_format({"bold": True})
        self.quoted = book.add_format({"quote_prefix": True})
        self.day, self.moment, self.time = (book.add_format({"num_format": shape}) for shape in (DAY, MOMENT, TIME))


def _fill(sheet: Worksheet, styles: _Styles, headings: list[str], rows: Iterable[Iterable[Any]]) -> None:
    sheet.freeze_panes(1, 0)
    widths = dict[int, int]()
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, plain(heading), styles.head)
        widths[place] = width(plain(heading))
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            widths[place] = max(widths.get(place, 0), _write(sheet, styles, number, place, value))
    for place, wide in widths.items():
        sheet.set_column(place, place, min(WIDEST, wide + 2))


def _write(sheet: Worksheet, styles: _Styles, row: int, place: int, value: Any) -> int:  # noqa: PLR0911 - a kind each
    """Write one cell. Returns how wide it is."""
    if value is None:
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
        return 5
    if isinstance(value, int | float):
        # Members of an enumeration are written as the numbers they are.
        number = int(value) if isinstance(value, int) else float(value)
        try:
            sheet.write_number(row, place, number)
        except TypeError as refused:
            raise ValueError(f"{value} is no number that a workbook can hold") from refused
        return len(str(value))
    if isinstance(value, datetime.datetime):
        sheet.write_datetime(row, place, _local(value), styles.moment)
        return len(MOMENT)
    if isinstance(value, datetime.date):
        sheet.write_datetime(row, place, value, styles.day)
        return len(DAY)
    if isinstance(value, datetime.time):
        sheet.write_datetime(row, place, value, styles.time)
        return len(TIME)
    text = plain(value)
    if not text:
        return 0
    sheet.write_string(row, place, text, styles.quoted if FORMULA.match(text) else None)
    return width(text)


def plain(value: Any) -> str:
    """A value as text, without the control characters that no workbook may hold; lines end as spreadsheets end them."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")


def width(text: str) -> int:
    """The columns a text takes: a Han character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)  # noqa: PLR2004


def cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    """The same as a cell of openpyxl, for workbooks that are laid out with it."""
    if value is None:
        return WriteOnlyCell(sheet, None)
    if isinstance(value, datetime.datetime):
        value = _local(value)
    if isinstance(value, NATIVE):
        made = WriteOnlyCell(sheet, value)
        if isinstance(value, datetime.datetime):
            made.number_format = MOMENT
        elif isinstance(value, datetime.date):
            made.number_format = DAY
        return made
    made = WriteOnlyCell(sheet, plain(value))
    made.data_type = "s"
    if FORMULA.match(made.value):
        made.quotePrefix = True
    return made


def _local(moment: datetime.datetime) -> datetime.datetime:
    return localtime(moment).replace(tzinfo=None) if is_aware(moment) else moment
