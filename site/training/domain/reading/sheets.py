"""Required reading as a workbook: units, materials, and everybody who has not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .standing import NO_UNIT, Count, Standing

Sheet = tuple[str, list[str], list[list[Any]]]


def reading_book(standing: Standing) -> list[Sheet]:
    """The sheets for `suite.registers.sheets.write_book`, which sees to it that no cell becomes a formula."""
    counted = [_("asked"), _("read by"), _("not read by"), _("overdue"), _("share read")]
    units = [[_label(standing, unit), *_numbers(count)] for unit, count in standing.by_unit().items()]
    materials = [[one.title, min(one.due.values()), *_numbers(standing.total(one))] for one in standing.materials]
    heads = [_("unit"), _("person"), _("material to read"), _("to be read by"), _("last read version"), _("account")]
    return [
        (_("By unit"), [_("unit"), *counted], units),
        (_("By material"), [_("material to read"), _("to be read by"), *counted], materials),
        (_("Not read"), heads, list(_unread(standing))),
    ]


def _unread(standing: Standing) -> Iterator[list[Any]]:
    for person, left in standing.unread_by_person():
        for one in left:
            yield [
                _label(standing, person.unit or NO_UNIT),
                person.name,
                one.title,
                one.due[person.pk],
                one.confirmed.get(person.pk, ""),
                "" if person.can_log_in else _("no account"),
            ]


def _numbers(count: Count) -> list[int]:
    return [count.asked, count.read, count.unread, count.overdue, count.share]


def _label(standing: Standing, unit: int) -> str:
    return standing.staff.units[unit].label if unit else _("without a post")
