"""Reads a filled-in workbook row by row. Everything that is wrong is said at once, each with sheet and cell."""

import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from .cells import tidy
from .container import check_container, merged_cells

# Nobody reads on; whoever mends these sees the next ones.
MOST_PROBLEMS = 100
# Cells to the right of this belong to no column of ours.
_MOST_COLUMNS = 60

Read = TypeVar("Read")


@dataclass(frozen=True)
class Problem:
    """``place``: sheet and cell, such as 事项!F12, or '' for the file as a whole."""

    place: str
    message: str


@dataclass
class Findings:
    """What is wrong with a file. ``more``: how many problems there are beyond those listed; ``notes``: not read, but
    no problem."""

    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    notes: list[str] = field(default_factory=list)

    def wrong(self, place: str, message: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(place, message))
        else:
            self.more += 1


def read_file(file: BinaryIO, read: Callable[[Any, zipfile.ZipFile], Read]) -> Read:
    """Open a workbook and give it to ``read(book, archive)``; returns what that returns. ``file`` is seekable.

    Raises ValidationError where the file as a whole will not do: no XLSX, macros, password, damaged.
    """
    check_container(file)
    try:
        with zipfile.ZipFile(file) as archive:
            return read(load_workbook(file, read_only=True, keep_links=False), archive)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise ValidationError(
            _("This is no XLSX file that can be read. Open it in WPS or Excel, save it as .xlsx and try again.")
        ) from error


def check_sheets(book: Any, wanted: Collection[str], others: Collection[str], found: Findings) -> None:
    """Note the sheets that are not read. ``others``: those of the template that need no note.

    Raises ValidationError where one of the sheets ``wanted`` is missing.
    """
    missing = [title for title in wanted if title not in book.sheetnames]
    if missing:
        raise ValidationError(
            _("This is not our template: the sheets %(sheets)s are missing. Download and fill in ours.")
            % {"sheets": "、".join(missing)}
        )
    found.notes += [
        _("The sheet “%(sheet)s” was not read: it is not part of the template.") % {"sheet": title}
        for title in book.sheetnames
        if title not in {*wanted, *others}
    ]


def check_merged(book: Any, archive: zipfile.ZipFile, title: str, found: Findings) -> None:
    """Find the merged cells of a sheet wrong."""
    # Where the sheet lies in the file is known to openpyxl alone.
    for reference in merged_cells(archive, book[title]._worksheet_path):
        found.wrong(f"{title}!{reference}", _("merged cells: split them and fill each cell"))


def filled_rows(
    book: Any, title: str, headings: Collection[str], most: int, found: Findings
) -> Iterator[tuple[int, list[tuple[str, str, Any]]]]:
    """Number and cells of each filled row below the headings; a cell is (heading, place such as 事项!F12, cell).

    The heading of a cell without one above it is ''. Raises ValidationError for another template's headings; a row
    beyond ``most`` is found wrong and ends the sheet.
    """
    page = book[title]
    # A file may claim a size it does not have.
    page.reset_dimensions()
    rows = page.iter_rows(max_col=_MOST_COLUMNS)
    columns = _columns(title, headings, next(rows, ()), found)
    filled = 0
    for number, cells in enumerate(rows, 2):
        if all(cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()) for cell in cells):
            continue
        filled += 1
        if filled > most:
            found.wrong(f"{title}!{number}", _("more than %(most)s rows: split the file") % {"most": most})
            return
        yield (
            number,
            [
                (columns.get(place, ""), f"{title}!{get_column_letter(place + 1)}{number}", cell)
                for place, cell in enumerate(cells)
            ],
        )


def no_heading() -> str:
    """What is wrong with a cell that stands under no heading."""
    return _("this cell has no heading above it: delete it")


def _columns(title: str, headings: Collection[str], cells: Any, found: Findings) -> dict[int, str]:
    """Which heading stands where. Raises ValidationError for another template's headings."""
    texts = [tidy(cell.value) for cell in cells]
    missing = [heading for heading in headings if heading not in texts]
    if missing:
        raise ValidationError(
            _(
                "The sheet “%(sheet)s” is not of our template: in its first row the headings %(headings)s are "
                "missing. Download the template here and copy the rows into it."
            )
            % {"sheet": title, "headings": "、".join(missing)}
        )
    places: dict[int, str] = {}
    for place, text in enumerate(texts):
        if not text:
            continue
        if text not in headings or text in places.values():
            found.wrong(
                f"{title}!{get_column_letter(place + 1)}1",
                _("the column “%(heading)s” is not of the template, or is there twice: delete it")
                % {"heading": text[:40]},
            )
        else:
            places[place] = text
    return places
