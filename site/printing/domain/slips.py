"""回执: a slip that is filled in by hand, cut off and given back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .plain import one_line
from .titles import break_title, width

MOST_PER_PAGE = 3
# Millimetres: the paper without its margins, and what each part of a slip takes (slips.css says the same).
_HEIGHT = 267.0
_TITLE_LINE, _ABOUT_LINE, _ROW, _FOOT_LINE, _GAPS = 9.0, 7.0, 11.0, 7.0, 14.0
_TITLE_CHARACTERS, _TEXT_CHARACTERS = 23, 34


@dataclass(frozen=True)
class SlipField:
    """One thing to fill in: a line to write on (``lines`` of them), or boxes to tick where there are ``choices``."""

    label: str
    choices: tuple[str, ...] = ()
    lines: int = 1

    @property
    def line_range(self) -> range:
        """For the template: one step for each line to write on."""
        return range(self.lines)


def reply_slip_sheet(  # noqa: PLR0913 - one argument per part of the slip, all by name
    *,
    fields: Iterable[SlipField | str | Sequence[SlipField | str]],
    return_to: str,
    title: str = "回执",
    about: str = "",
    deadline: str = "",
    phone: str = "",
    per_page: int | None = None,
    kind: str = "reply-slip",
    name: str = "",
) -> Sheet:
    """A Sheet of equal slips with lines to cut along between them.

    ``fields``: one a row, or several beside each other in a sequence; a text is a field with one line. ``return_to``,
    ``phone``, ``deadline``: who gets it back and until when, at the foot. ``about``: what it answers.
    ``per_page``: 1, 2 or 3 slips on a page; as many as fit when left out.

    Raises ValidationError where there is nothing to fill in, nobody to return it to, or too much for a slip.
    """
    rows = [
        [
            SlipField(one_line(field)) if isinstance(field, str) else field
            for field in ([row] if isinstance(row, SlipField | str) else row)
        ]
        for row in fields
    ]
    title, about, return_to = one_line(title), one_line(about), one_line(return_to)
    if not rows:
        raise ValidationError(_("A reply slip needs at least one thing to fill in."), code="no_fields")
    if not return_to:
        raise ValidationError(_("Say to whom the slip is to be returned."), code="no_return")
    title_lines = break_title(title, _TITLE_CHARACTERS)
    foot = _foot(return_to, one_line(deadline), one_line(phone))
    needed = (
        len(title_lines) * _TITLE_LINE
        + _lines(about) * _ABOUT_LINE
        + sum(map(_row_height, rows))
        + sum(map(_lines, foot)) * _FOOT_LINE
        + _GAPS
    )
    fitting = min(MOST_PER_PAGE, int(_HEIGHT / needed))
    if (per_page or 1) > fitting:
        raise ValidationError(
            _("This is too much for %(wanted)d slips on a page; %(fitting)d would fit. Ask for fewer, or for less.")
            % {"wanted": per_page or 1, "fitting": fitting},
            code="too_much",
        )
    count = per_page or fitting
    context = {
        "title_lines": title_lines,
        "about": about,
        "rows": rows,
        "foot": foot,
        "slips": range(count),
        "height": f"{_HEIGHT / count:.2f}mm",
    }
    return Sheet(
        kind=kind, template="printing/slips.html", context=context, title=title, style="slips", name=name or title
    )


def _foot(return_to: str, deadline: str, phone: str) -> list[str]:
    """Until when, to whom, and the telephone, which stands on a line of its own where the first is full."""
    first = f"请于{deadline}前交回：{return_to}" if deadline else f"请交回：{return_to}"
    if not phone:
        return [first]
    second = f"联系电话：{phone}"
    both = f"{first}　{second}"
    return [both] if width(both) <= _TEXT_CHARACTERS else [first, second]


def _lines(text: str) -> int:
    return -(-int(width(text) * 2) // (_TEXT_CHARACTERS * 2))


def _row_height(row: list[SlipField]) -> float:
    """Fields beside each other share the width."""
    across = sum(width(field.label) + 1 + sum(width(one) + 2 for one in field.choices) for field in row)
    return max(_ROW * max(field.lines for field in row), _ROW * -(-across // _TEXT_CHARACTERS))
