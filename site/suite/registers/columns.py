"""Columns as an office reads them: 是/否 for a tick, 2026-11-21 for a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import display
from django.db.models import BooleanField, DateField, Field, Model
from django.utils.translation import gettext as _

from suite.theme.dates import in_list


def yes_no(value: bool | None) -> str:
    return "" if value is None else _("Yes") if value else _("No")


def shown_as(field: Field[Any, Any]) -> Callable[[Any], str] | None:
    """How a list shows the values of a field, where Django's own way does not do."""
    if isinstance(field, BooleanField):
        return yes_no
    return in_list if isinstance(field, DateField) else None


def column(field: Field[Any, Any]) -> Any:
    """A modeladmin column for a field whose values a list shows in another way; None where it needs none."""
    if (show := shown_as(field)) is None:
        return None

    @display(description=field.verbose_name, ordering=field.name)
    def cell(row: Model) -> str:
        return show(getattr(row, field.attname))

    return cell
