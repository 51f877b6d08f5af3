"""What the registers of commitments share: who sees them, and their filters."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper

from commitments.models import Commitment
from commitments.permissions import RUN, VIEW
from organisation.models import Unit


class Records(PermissionHelper):
    """Seen by who may see the register; changed by actions alone, deleted by nobody."""

    made = ""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(VIEW))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return bool(user.has_perm(VIEW))

    def user_can_create(self, user: Any) -> bool:
        return bool(self.made and user.has_perm(self.made))

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class MadeByOffice(Records):
    """The efficiency office makes them."""

    made = RUN


class UnitFilter(SimpleListFilter):
    """The units that somebody files for, not the whole township."""

    title, parameter_name = _("unit"), "unit"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        filed_for = Commitment.objects.filter(unit=OuterRef("pk"))
        return [(str(unit.pk), str(unit)) for unit in Unit.objects.filter(Exists(filed_for))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(unit=self.value()) if (self.value() or "").isdecimal() else queryset
