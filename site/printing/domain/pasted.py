"""Rows pasted from a spreadsheet, or of the first sheet of an XLSX file: values only, nothing is computed."""

import csv
import datetime
import io
import itertools
import zipfile
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException

from .plain import plain
from .tablesheets import MOST_ROWS

MOST_COLUMNS = 100
LARGEST_FILE = 2_000_000
# What the parts of the file may become when they are unpacked: a small file can hold gigabytes of nothing.
_LARGEST_UNPACKED = 40_000_000


def pasted_rows(text: str) -> list[list[str]]:
    """The rows of text copied out of a spreadsheet: cells between tabs, in quotes where they hold line ends."""
    # A quotation mark that is never closed is text, or all that follows would be one cell.
    closed = text.count('"') % 2 == 0
    reader = csv.reader(
        io.StringIO(text.replace("\x00", ""), newline=""),
        delimiter="\t",
        quoting=csv.QUOTE_MINIMAL if closed else csv.QUOTE_NONE,
    )
    try:
        return _trimmed([[plain(cell) for cell in row] for row in reader])
    except csv.Error as error:
        raise ValidationError(_("The pasted table cannot be read. Copy it out of the spreadsheet again.")) from error


def xlsx_rows(file: BinaryIO) -> list[list[str]]:
    """The rows of the first sheet, as the file last showed them.

    Raises ValidationError for what is no XLSX, too large, or holds a formula whose result was never saved.
    """
    _check_size(file)
    try:
        # Read twice: what formulas gave when the file was saved, and where there are formulas.
        books = [load_workbook(file, read_only=True, data_only=values, keep_links=False) for values in (True, False)]
        shown, written = (book.worksheets[0] for book in books)
        # A file may claim a size it does not have.
        shown.reset_dimensions()
        written.reset_dimensions()
        pairs = zip(shown.iter_rows(), written.iter_rows(), strict=True)
        rows = [_texts(*pair) for pair in itertools.islice(pairs, MOST_ROWS + 2)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise ValidationError(
            _("This is no XLSX file that can be read. Open it in WPS or Excel, save it as .xlsx and try again.")
        ) from error
    return _trimmed(rows)


def as_pasted(rows: list[list[str]]) -> str:
    """The rows as text that `pasted_rows` reads: what a form shows again when something else was wrong."""
    output = io.StringIO(newline="")
    csv.writer(output, delimiter="\t", lineterminator="\n").writerows(rows)
    return output.getvalue()


def _check_size(file: BinaryIO) -> None:
    message = _("The file is too large. Copy the part that is needed into a file of its own, or paste it.")
    if file.seek(0, io.SEEK_END) > LARGEST_FILE:
        raise ValidationError(message, code="too_large")
    file.seek(0)
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST_UNPACKED:
                raise ValidationError(message, code="too_large")
    file.seek(0)


def _texts(shown: tuple[Any, ...], written: tuple[Any, ...]) -> list[str]:
    for result, source in zip(shown, written, strict=False):
        if result.value is None and source.data_type == "f":
            raise ValidationError(
                _("The formula in cell %(cell)s has no saved result. Open the file in WPS or Excel and save it again.")
                % {"cell": source.coordinate},
                code="formula",
            )
    return [_text(cell) for cell in shown[:MOST_COLUMNS]]


def _text(cell: Cell) -> str:
    """A cell's value as the spreadsheet would show it, for the formats that offices use."""
    value = cell.value
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return plain(value)


def _number(value: float, number_format: str) -> str:
    percent = "%" in number_format
    after_point = number_format.partition(";")[0].partition(".")[2]
    places = len(after_point) - len(after_point.lstrip("0"))
    if percent:
        return f"{value:.{places}%}"
    grouped = "," if "#,#" in number_format else ""
    if places or grouped:
        return f"{value:{grouped}.{places}f}"
    # Fifteen places are what a spreadsheet keeps.
    return f"{value:.15g}" if isinstance(value, float) and abs(value) < 1e15 else str(value)  # noqa: PLR2004


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Without empty rows, and without the columns that are empty to the right of everything."""
    filled = [row for row in rows if any(row)]
    width = max((place for row in filled for place, cell in enumerate(row, 1) if cell), default=0)
    return [row[:width] for row in filled]
