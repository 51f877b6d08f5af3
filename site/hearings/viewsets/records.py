"""Who sees which record of hearings, and filters by unit that several registers share."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import PermissionHelper

from hearings.domain.village import villages_for
from hearings.domain.villages import serves
from hearings.permissions import (
    VIEW,
    user_can_decide,
    user_can_run,
)
from organisation.models import Unit
from suite.registers.views import RegisterCreateView


class NamedUnitFilter(SimpleListFilter):
    """The units that occur in the list, not the whole township."""

    field = ""

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        named = model_admin.model.objects.order_by().values(self.field)
        return [(str(unit.pk), str(unit)) for unit in Unit.objects.filter(pk__in=named)]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.field: self.value()}) if (self.value() or "").isdecimal() else queryset


class VillageFilter(NamedUnitFilter):
    title, parameter_name, field = gettext_lazy("village or community"), "village", "village"


class UnitFilter(NamedUnitFilter):
    title, parameter_name, field = gettext_lazy("responsible unit"), "unit", "unit"


class Records(PermissionHelper):
    """Seen by who holds ``seen``, made by who holds ``made``; changed by actions alone, deleted by nobody."""

    seen = VIEW
    made = ""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(self.seen))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return bool(user.has_perm(self.seen))

    def user_can_create(self, user: Any) -> bool:
        return bool(self.made and user.has_perm(self.made))

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class OfVillages(Records):
    """Names and phones of villagers: all for the efficiency office, to others those of the villages they serve."""

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return super().user_can_inspect_obj(user, obj) and (obj is None or serves(user, obj.village))


def of_villages_of(user: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of villages that `user` serves, those of villages merged into them as well."""
    if user_can_run(user) or user_can_decide(user):
        return rows
    mine = villages_for(user)
    return rows.filter(Q(village__in=mine) | Q(village__merged_into__in=mine))


class OpensRecord(RegisterCreateView):
    """A new record is shown at once: there is more to do with it."""

    def get_success_url(self) -> str:
        return str(self.url_helper.get_action_url("inspect", self.instance.pk))
