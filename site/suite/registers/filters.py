"""Filters of registers: dated records, and related ones without Django's own admin."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import FieldListFilter, ModelAdmin, RelatedFieldListFilter, SimpleListFilter
from django.db.models import Field, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _


class InEffectFilter(SimpleListFilter):
    """In effect today, to come, or ended; for a model with ``since`` and ``until``, both inclusive."""

    title = _("time in effect")
    parameter_name = "time"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("In effect today")), ("future", _("To come")), ("past", _("Already ended"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        today = localdate()
        match self.value():
            case "now":
                return queryset.filter(
                    Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gte=today)
                )
            case "future":
                return queryset.filter(since__gt=today)
            case "past":
                return queryset.filter(until__lt=today)
        return queryset


class RelatedFilter(RelatedFieldListFilter):
    """The choices of a foreign key, in the order of its model.

    Django's own asks django.contrib.admin, which is not installed here, for an order, and the list would be an error.
    """

    def field_admin_ordering(self, field: Field[Any, Any], request: Any, model_admin: ModelAdmin[Any]) -> tuple[()]:
        return ()


FieldListFilter.register(lambda field: bool(field.remote_field), RelatedFilter, take_priority=True)
