"""XLSX that stays data: no cell can become a formula when somebody opens or edits it.

Tables are written here as the format has them (ECMA-376, parts 1 and 2): each text once, in the table of shared texts.
Through openpyxl every cell is an object of its own, and 60,000 rows took a server four seconds. Workbooks with more
than tables (lists to choose from, hints) are laid out with openpyxl and `cell`.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.timezone import is_aware, localtime
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.child import avoid_duplicate_name
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
NATIVE = (int, float, datetime.date, datetime.time)
DAY, MOMENT, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "h:mm:ss"
WIDEST, LONGEST_TITLE = 60, 31

# The styles of cells, by their place in styles.xml.
_PLAIN, _HEAD, _QUOTED, _DAY, _MOMENT, _TIME = range(6)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="{DAY}"/>'
    f'<numFmt numFmtId="165" formatCode="{MOMENT}"/><numFmt numFmtId="166" formatCode="{TIME}"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/>'
    '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_sheet(output: BinaryIO, title: str, headings: list[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write one sheet with a bold, frozen first row.

    Text that a spreadsheet might take for a formula is stored as text with a quote prefix, so it stays text even
    after somebody edits the cell. Aware times become local times. ``title`` is cut to the 31 characters Excel allows.
    """
    write_book(output, [(title, headings, rows)])


def write_book(output: BinaryIO, sheets: Iterable[tuple[str, list[str], Iterable[Iterable[Any]]]]) -> None:
    """The same with several sheets, each (title, headings, rows). Raises ValueError where there is none, and for
    infinity and what is not a number."""
    cells, titles = _Cells(), list[str]()
    with ZipFile(output, "w", ZIP_DEFLATED) as package:
        for title, headings, rows in sheets:
            cut = re.sub(r"[\[\]:*?/\\]", " ", plain(title))[:LONGEST_TITLE]
            titles.append(avoid_duplicate_name(titles, cut))
            package.writestr(f"xl/worksheets/sheet{len(titles)}.xml", _sheet(cells, headings, rows))
        if not titles:
            raise ValueError("a book has at least one sheet")
        package.writestr("xl/sharedStrings.xml", cells.shared())
        for name, content in _frame(titles):
            package.writestr(name, content)


class _Cells:
    """What stands in cells, each value worked out once: the end of its element, and how wide it is."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._known: dict[tuple[type, Any, bool], tuple[str, int]] = {}

    def of(self, value: Any, head: bool = False) -> tuple[str, int]:
        """The cell after its place (`<c r="A1"`), and its width; an empty one where there is nothing to write."""
        if value is not None and not isinstance(value, (str, *NATIVE)):
            value = str(value)
        key = type(value), value, head
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._text(value, head) if isinstance(value, str) else _native(value)
        return found

    def shared(self) -> str:
        """The table of texts."""
        return f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(self._texts)}">{"".join(self._texts)}</sst>'

    def _text(self, value: str, head: bool) -> tuple[str, int]:
        text = plain(value)
        if not text:
            return "", 0
        style = _HEAD if head else _QUOTED if FORMULA.match(text) else _PLAIN
        self._texts.append(f'<si><t xml:space="preserve">{escape(text)}</t></si>')
        return f' s="{style}" t="s"><v>{len(self._texts) - 1}</v></c>', width(text)


def _native(value: Any) -> tuple[str, int]:
    if value is None:
        return "", 0
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>', 5
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number that a workbook can hold")
        # Members of an enumeration are written as the numbers they are.
        return f"><v>{int(value) if isinstance(value, int) else float(value)}</v></c>", len(str(value))
    if isinstance(value, datetime.datetime):
        return f' s="{_MOMENT}"><v>{to_excel(_local(value))}</v></c>', len(MOMENT)
    style, shape = (_DAY, DAY) if isinstance(value, datetime.date) else (_TIME, TIME)
    return f' s="{style}"><v>{to_excel(value)}</v></c>', len(shape)


def _sheet(cells: _Cells, headings: list[str], rows: Iterable[Iterable[Any]]) -> str:
    widths = [0] * len(headings)
    letters = [get_column_letter(place + 1) for place in range(len(headings))]
    written = []
    for number, row in enumerate(_with_head(cells, headings, rows), 1):
        line = [f'<row r="{number}">']
        for place, (cell, wide) in enumerate(row):
            if place == len(letters):
                letters.append(get_column_letter(place + 1))
                widths.append(0)
            if cell:
                line.append(f'<c r="{letters[place]}{number}"{cell}')
            widths[place] = max(widths[place], wide)
        line.append("</row>")
        written.append("".join(line))
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{min(WIDEST, wide + 2)}" customWidth="1"/>'
        for place, wide in enumerate(widths, 1)
    )
    columns = f"<cols>{columns}</cols>" if columns else ""
    data = "".join(written)
    return f'{_XML}<worksheet xmlns="{_MAIN}">{_FROZEN}{columns}<sheetData>{data}</sheetData></worksheet>'


def _with_head(
    cells: _Cells, headings: list[str], rows: Iterable[Iterable[Any]]
) -> Iterator[Iterable[tuple[str, int]]]:
    yield [cells.of(heading, head=True) for heading in headings]
    for row in rows:
        yield map(cells.of, row)


def _frame(titles: list[str]) -> Iterator[tuple[str, str]]:
    """The parts of the package that say what its other parts are."""
    numbers = range(1, len(titles) + 1)
    types = [
        f'<Override PartName="/xl/worksheets/sheet{one}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for one in numbers
    ]
    types += [
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings"))
    ]
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{"".join(types)}</Types>',
    )
    yield "_rels/.rels", _related([("officeDocument", "xl/workbook.xml")])
    parts = [("worksheet", f"worksheets/sheet{one}.xml") for one in numbers]
    yield (
        "xl/_rels/workbook.xml.rels",
        _related([*parts, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]),
    )
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{one}" r:id="rId{one}"/>'
        for one, title in zip(numbers, titles, strict=True)
    )
    yield "xl/workbook.xml", f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    yield "xl/styles.xml", _STYLES


def _related(parts: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def plain(value: Any) -> str:
    """A value as text, without the control characters that no workbook may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))


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
