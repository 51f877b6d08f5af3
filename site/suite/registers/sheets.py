"""XLSX that stays data: no cell can become a formula when somebody opens or edits it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from django.utils.timezone import is_aware, localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
NATIVE = (int, float, datetime.date, datetime.time)


def write_sheet(output: BinaryIO, title: str, headings: list[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write one sheet with a bold, frozen first row.

    Text that a spreadsheet might take for a formula is stored as text with a quote prefix, so it stays text even
    after somebody edits the cell. Aware times become local times. ``title`` is cut to the 31 characters Excel allows.
    """
    write_book(output, [(title, headings, rows)])


def write_book(output: BinaryIO, sheets: Iterable[tuple[str, list[str], Iterable[Iterable[Any]]]]) -> None:
    """The same with several sheets, each (title, headings, rows). Raises ValueError where there is none."""
    book = Workbook(write_only=True)
    for title, headings, rows in sheets:
        _add_sheet(book, title, headings, rows)
    if not book.worksheets:
        raise ValueError("a book has at least one sheet")
    book.save(output)


def _add_sheet(book: Workbook, title: str, headings: list[str], rows: Iterable[Iterable[Any]]) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    body = [[cell(sheet, value) for value in row] for row in rows]
    for index, heading in enumerate(headings):
        texts = [heading, *(str(row[index].value or "") for row in body)]
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(60, max(map(width, texts)) + 2)
    head = [cell(sheet, heading) for heading in headings]
    for one in head:
        one.font = Font(bold=True)
    sheet.append(head)
    for row in body:
        sheet.append(row)


def width(text: str) -> int:
    """The columns a text takes: a Han character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)  # noqa: PLR2004


def cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    if value is None:
        return WriteOnlyCell(sheet, None)
    if isinstance(value, datetime.datetime):
        value = localtime(value).replace(tzinfo=None) if is_aware(value) else value
    if isinstance(value, NATIVE):
        made = WriteOnlyCell(sheet, value)
        if isinstance(value, datetime.datetime):
            made.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, datetime.date):
            made.number_format = "yyyy-mm-dd"
        return made
    made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    made.data_type = "s"
    if FORMULA.match(made.value):
        made.quotePrefix = True
    return made
