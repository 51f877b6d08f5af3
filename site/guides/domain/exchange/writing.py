"""Writes the workbook: empty to be filled in, or with every item as its newest draft reads."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from guides.models import GuidePage
from suite.registers.sheets import cell

from .columns import GUIDANCE, ITEMS, KEY, LISTS, NO, PARTS, SHEETS, YES, Column, Kind, SheetFormat
from .items import Item, Row, drafts, item_of
from .names import Names

# What Excel holds in one cell, and in the hint at a cell.
LONGEST_CELL = 32_767
_LONGEST_HINT = 255
_LINES = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="FFE8F0EF")

HOW_TO = (
    "办事指南事项表",
    "一、“事项”表每个事项一行；材料、环节、问题、依据、常见问题、地点各在自己的表里，每份、每个一行，用“事项编号”对应到事项。",
    "二、不要改表名和第一行的标题，不要合并单元格，不要写公式；列的先后可以调整，其他工作表不会读取。",
    "三、有下拉列表的单元格请从列表中选；选中单元格会出现填写提示。",
    "四、导入时先试读：会列出要新建、要改动、没有变化的事项，以及每处错误所在的单元格。确认后才写入，而且只成为草稿，仍要经过核稿、审批才公布。",
    "五、没有写进表里的事项保持原样，不会删除。已有事项的单元格留空，表示清空这一项。",
)


def template(output: BinaryIO) -> None:
    """Write the workbook without items."""
    _write(output, [], Names())


def export_guides(output: BinaryIO, progress: Callable[[int], object] = lambda items: None) -> int:
    """Write every guide as its newest draft reads; returns how many. ``progress``: called with the number written.

    Raises ValidationError where a guide cannot stand in a workbook, naming it.
    """
    slugs = dict(GuidePage.objects.values_list("pk", "slug"))
    twice = sorted(slug for slug, times in Counter(slugs.values()).items() if times > 1)
    if twice:
        raise ValidationError(
            _("Several guides have the same last part of their address (%(slugs)s): change it in one of each.")
            % {"slugs": "、".join(twice)}
        )
    items = []
    for _guide, draft in drafts(GuidePage.objects.order_by("path")):
        items.append(item_of(draft, slugs))
        progress(1)
    _write(output, items, Names())
    return len(items)


def _write(output: BinaryIO, items: list[Item], names: Names) -> None:
    book = Workbook(write_only=True)
    book.properties.title = HOW_TO[0]
    book.properties.creator = ""
    lists = {
        Kind.UNIT: [names.units.label(pk) for pk in names.units.names],
        Kind.EVENTS: [names.events.label(pk) for pk in names.events.names],
    }
    # Before the file is begun: what does not fit is refused.
    rows = {ITEMS.title: [[item.key, *_cells(ITEMS, item.values, names)] for item in items]}
    for sheet in PARTS:
        parts = ((item.key, row) for item in items for row in item.parts[sheet.part])
        rows[sheet.title] = [[key, *_cells(sheet, row, names)] for key, row in parts]
    _write_guidance(book)
    for sheet in SHEETS:
        _write_sheet(book, sheet, rows[sheet.title], lists)
    _write_lists(book, lists)
    book.save(output)


def _cells(sheet: SheetFormat, row: Row, names: Names) -> Iterator[Any]:
    for column in sheet.columns:
        if column is not KEY:
            value = shown(column, row[column.name], names)
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                raise ValidationError(
                    _("“%(heading)s” of an item is longer than a cell can hold (%(start)s…): shorten it first.")
                    % {"heading": column.heading, "start": value[:30]}
                )
            yield value


def shown(column: Column, value: Any, names: Names) -> Any:
    """A plain value as it stands in its cell."""
    if column.kind == Kind.YES_NO:
        return YES if value else NO
    if column.kind == Kind.CHOICE and column.choices and value in column.choices.values:
        return str(column.choices(value).label)
    if column.kind == Kind.DAY:
        return datetime.date.fromisoformat(value) if value else None
    if column.kind == Kind.EVENTS:
        return names.events_label(value)
    if column.kind in (Kind.UNIT, Kind.DOCUMENT, Kind.PAGE):
        return names.of(column.kind).label(value)
    return value


def _write_sheet(book: Workbook, sheet: SheetFormat, rows: Iterable[list[Any]], lists: dict[Kind, list[str]]) -> None:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "C2" if sheet is ITEMS else "B2"
    for place, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        if column.kind in (Kind.TEXT, Kind.ITEM):
            # Telephone numbers and codes that are filled in stay text.
            page.column_dimensions[letter].number_format = "@"
        page.data_validations.append(_validation(sheet, column, letter, lists))
    page.append([_head(page, heading) for heading in sheet.headings])
    for row in rows:
        page.append([_body(page, value) for value in row])


def _head(page: Any, text: str) -> Any:
    made = cell(page, text)
    made.font, made.fill, made.alignment = Font(bold=True), _HEAD, _LINES
    return made


def _body(page: Any, value: Any) -> Any:
    if value is None or value == "":
        return None
    made = cell(page, value)
    if isinstance(value, str):
        made.number_format = "@"
        made.alignment = _LINES
    return made


def _validation(sheet: SheetFormat, column: Column, letter: str, lists: dict[Kind, list[str]]) -> DataValidation:
    choices = [str(label) for label in column.choices.labels] if column.choices else []
    if column.kind == Kind.YES_NO:
        choices = [YES, NO]
    formula = None
    if choices:
        formula = f'"{",".join(choices)}"'
    elif column.kind == Kind.UNIT and lists[Kind.UNIT]:
        formula = f"'{LISTS}'!$A$2:$A${len(lists[Kind.UNIT]) + 1}"
    elif column.kind == Kind.ITEM and not (sheet is ITEMS and column is KEY):
        formula = f"'{ITEMS.title}'!$A$2:$A${ITEMS.most + 1}"
    made = DataValidation(
        type="list" if formula else None,
        formula1=formula,
        allow_blank=True,
        showInputMessage=True,
        # A list helps; what is written otherwise is looked at when the file is read, with everything else.
        showErrorMessage=False,
        promptTitle=column.heading,
        prompt=(column.note or column.kind.value)[:_LONGEST_HINT],
    )
    made.add(f"{letter}2:{letter}{sheet.most + 1}")
    return made


def _write_guidance(book: Workbook) -> None:
    page = book.create_sheet(GUIDANCE)
    for letter, width in zip("ABCD", (14, 22, 70, 50), strict=True):
        page.column_dimensions[letter].width = width
    for line in HOW_TO:
        page.append([cell(page, line)])
    page.append([])
    page.append([_head(page, heading) for heading in ("工作表", "列", "怎么填", "可以填的内容")])
    for sheet in SHEETS:
        page.append([_body(page, text) for text in (sheet.title, "", sheet.note, f"最多{sheet.most}行")])
        for column in sheet.columns:
            allowed = "、".join(str(label) for label in column.choices.labels) if column.choices else column.kind.value
            how = f"{column.note or f'{column.kind.value}。'}{_if_empty(column)}"
            page.append([_body(page, text) for text in (sheet.title, column.heading, how, allowed)])


def _if_empty(column: Column) -> str:
    return "" if column.default in (None, "") else f"不填表示“{shown(column, column.default, Names())}”。"


def _write_lists(book: Workbook, lists: dict[Kind, list[str]]) -> None:
    page = book.create_sheet(LISTS)
    page.freeze_panes = "A2"
    page.column_dimensions["A"].width = page.column_dimensions["B"].width = 30
    page.append([_head(page, "单位名称"), _head(page, "人生大事")])
    columns = [lists[Kind.UNIT], lists[Kind.EVENTS]]
    for number in range(max(map(len, columns))):
        page.append([_body(page, names[number] if number < len(names) else None) for names in columns])
