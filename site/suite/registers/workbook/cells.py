"""What a cell says, as plain text. Forgiving where there is one meaning, else refused with what to write."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# A spreadsheet keeps fifteen digits of a number; what is longer has lost some.
_MOST_DIGITS = 15


def tidy(text: object) -> str:
    """Text as a workbook can hold it: no control characters, one kind of line end, nothing around it."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(text or "")).replace("\r\n", "\n").replace("\r", "\n").strip()


def refuse_uncomputed(cell: Any) -> None:
    """Raise ValidationError for a cell with a formula, or one that shows an error."""
    if cell.data_type == "f":
        raise ValidationError(_("a formula is not computed here: write its result (copy, paste as values)"))
    if cell.data_type == "e":
        raise ValidationError(_("the spreadsheet shows an error (%(error)s) here: mend it") % {"error": cell.value})


def is_empty(cell: Any) -> bool:
    """Whether nobody wrote anything into a cell."""
    return cell.value is None or (isinstance(cell.value, str) and not tidy(cell.value))


def text_of(value: Any) -> str:
    """A cell's value as text. Raises ValidationError for what is none, or lost digits."""
    if isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        raise ValidationError(_("text is expected: format the cell as text and write it again"))
    if isinstance(value, int | float):
        if value != int(value) if abs(value) < 10**_MOST_DIGITS else True:
            raise ValidationError(_("text is expected: format the cell as text and write it again"))
        return str(int(value))
    return tidy(value)
