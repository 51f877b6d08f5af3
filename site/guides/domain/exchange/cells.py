"""What a cell says, as the plain value of its column. Forgiving where there is one meaning, else refused."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guides.blocks import QuestionBlock, WayBlock
from guides.domain.elements import plain_lines
from guides.models import GuidePage, GuidePlace
from suite.registers.workbook.cells import is_empty, refuse_uncomputed, text_of

from .columns import ITEMS, NO, YES, Column, Kind, SheetFormat
from .names import Names

_YES = {YES, "1", "√", "✓", "true", "yes", "y", "对"}
_NO = {NO, "0", "×", "false", "no", "n", "错"}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def value_of(sheet: SheetFormat, column: Column, cell: Any, names: Names) -> Any:
    """The plain value of a cell of that column; the column's default for an empty one.

    Raises ValidationError whose text says what is wrong and what to write.
    """
    refuse_uncomputed(cell)
    if is_empty(cell):
        return column.default if column.kind != Kind.EVENTS else []
    read: Callable[..., Any] = _READERS.get(column.kind, _text)
    value = read(column, cell.value, names)
    if column.kind in (Kind.TEXT, Kind.WHOLE) and value != "":
        validator(sheet, column.name)(value)
    return value


def _text(column: Column, value: Any, names: Names) -> str:
    text = text_of(value)
    return plain_lines(text, html=False) if column.name == "conditions" else text


def _whole(column: Column, value: Any, names: Names) -> int:
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip()
        value = int(text) if re.fullmatch(r"\d{1,6}", text) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or value < 0:
        raise ValidationError(_("a whole number is expected, such as 20, without a unit"))
    return int(value)


def _yes_no(column: Column, value: Any, names: Names) -> bool:
    text = str(value).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValidationError(_("write %(yes)s or %(no)s") % {"yes": YES, "no": NO})


def _choice(column: Column, value: Any, names: Names) -> str:
    found = _codes(column).get(text_of(value).replace("（", "(").replace("）", ")"))
    if found is None:
        raise ValidationError(
            _("“%(value)s” is not in the list; choose one of: %(choices)s")
            % {"value": str(value)[:40], "choices": "、".join(str(label) for label in column.choices.labels)}  # type: ignore[union-attr]
        )
    return found


def _codes(column: Column) -> dict[str, str]:
    """What may be written for each choice: its label, or its code in the open data."""
    codes = {str(code): str(code) for code in column.choices.values}  # type: ignore[union-attr]
    labels = {str(label).replace("（", "(").replace("）", ")"): str(code) for code, label in column.choices.choices}  # type: ignore[union-attr]
    return codes | labels


def _day(column: Column, value: Any, names: Names) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", value).strip()) if isinstance(value, str) else None
    try:
        if match:
            return datetime.date(*map(int, match.groups())).isoformat()
    except ValueError:
        pass  # 2026-02-30
    raise ValidationError(_("a date is expected, such as 2026-11-21 or 2026年11月21日"))


def _link(column: Column, value: Any, names: Names) -> int:
    return names.of(column.kind).find(text_of(value))


def _events(column: Column, value: Any, names: Names) -> list[int]:
    return sorted(names.find_events(text_of(value)))


_READERS: dict[Kind, Callable[[Column, Any, Names], Any]] = {
    Kind.WHOLE: _whole,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.DAY: _day,
    Kind.UNIT: _link,
    Kind.DOCUMENT: _link,
    Kind.PAGE: _link,
    Kind.EVENTS: _events,
}


@cache
def validator(sheet: SheetFormat, name: str) -> Callable[[Any], Any]:
    """What checks a text or number that is there, as the form does: lengths, ranges, telephone numbers, addresses."""
    if sheet is ITEMS or sheet.part == "places":
        model = GuidePage if sheet is ITEMS else GuidePlace
        return model._meta.get_field(name).run_validators
    if name.startswith(("label_", "to_")):
        return WayBlock().child_blocks[name.partition("_")[0]].clean
    if sheet.part == "questions":
        question = QuestionBlock().child_blocks
        return question["text"].clean if name == "text" else question["answers"].child_block.clean
    assert sheet.block is not None  # noqa: S101 (each part but the two above is made of blocks)
    return sheet.block.child_blocks[name].clean
