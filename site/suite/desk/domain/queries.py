"""What waits for one person, from every plugin."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suite.desk import DeskItem
from suite.hooks import collect_each

logger = logging.getLogger(__name__)

GROUPS = {
    "overdue": _("Overdue"),
    "today": _("Today"),
    "week": _("This week"),
    "later": _("Later"),
    "undated": _("No due date"),
}


@dataclass(frozen=True)
class Group:
    """Lines of the desk that are due about the same time."""

    key: str
    label: str | Promise
    items: list[DeskItem]


@dataclass
class Desk:
    """Everything on one desk; ``missing`` names the parts that could not be read."""

    groups: list[Group] = field(default_factory=list)
    count: int = 0
    missing: list[str | Promise] = field(default_factory=list)


def desk_of(user: Any, now: datetime.datetime | None = None) -> Desk:
    """The desk of `user` at `now` (aware; default: the present), by due time, empty groups left out.

    A plugin that fails costs its own lines and no others.
    """
    now = timezone.localtime(now)
    desk = Desk()
    items: dict[str, DeskItem] = {}
    for function, rows, error in collect_each("desk_items", user):
        if error or not _are_lines(function, rows):
            desk.missing.append(_part(function.__module__))
            continue
        for item in rows:
            items.setdefault(item.key, item)
    desk.count = len(items)
    desk.groups = _grouped(items.values(), now)
    return desk


def _grouped(items: Iterable[DeskItem], now: datetime.datetime) -> list[Group]:
    lines: dict[str, list[DeskItem]] = {key: [] for key in GROUPS}
    for item in sorted(items, key=lambda item: (item.due is None, item.due or now, str(item.title))):
        lines[_when(item.due, now)].append(item)
    return [Group(key, label, lines[key]) for key, label in GROUPS.items() if lines[key]]


def _when(due: datetime.datetime | None, now: datetime.datetime) -> str:
    if due is None:
        return "undated"
    if due < now:
        return "overdue"
    day, today = timezone.localtime(due).date(), now.date()
    if day == today:
        return "today"
    sunday = today + datetime.timedelta(days=6 - today.weekday())
    return "week" if day <= sunday else "later"


def _are_lines(function: Any, rows: list[Any]) -> bool:
    """Whether a plugin answered with lines that can be ordered; if not, the log says so."""
    for row in rows:
        if not isinstance(row, DeskItem) or (row.due is not None and timezone.is_naive(row.due)):
            logger.error("%s.%s gave no usable line for the desk: %r", function.__module__, function.__qualname__, row)
            return False
    return True


def _part(module: str) -> str | Promise:
    config = apps.get_containing_app_config(module)
    return config.verbose_name if config else module
