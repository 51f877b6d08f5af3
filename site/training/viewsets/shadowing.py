"""Everybody's shadowing, which changes on the desk alone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from suite.registers.register import Register
from training.domain.shadowing.people import may_see, visible_to
from training.models import Shadowing

from .records import Records


class SeenShadowings(Records):
    """Which rows, `visible_to` says."""

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.user_can_list(user) and (obj is None or may_see(user, obj))


class ShadowingRegister(Register):
    model = Shadowing
    menu_icon = "group"
    permission_helper_class = SeenShadowings
    list_display = ("person", "since", "until", "place", "host", "standing", "desk")
    list_export = ("person", "since", "until", "place", "host", "purpose", "standing", "report", "reported_at",
                   "decided_by", "decided_at", "reason")  # fmt: skip
    list_filter = ("state", "since")
    search_fields = ("person__name", "unit__name", "outside", "host", "purpose")
    one_line = ("person", "place")
    inspect_view_fields = ("person", "since", "until", "place", "host", "purpose", "standing", "report", "reported_at",
                           "decided_at", "reason", "desk")  # fmt: skip

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return visible_to(request.user, rows.select_related("person", "unit", "decided_by"))

    def place(self, row: Shadowing) -> str:
        return row.place

    place.short_description = pgettext_lazy("shadowing", "where")

    def standing(self, row: Shadowing) -> str | Promise:
        return row.standing

    standing.short_description = pgettext_lazy("shadowing", "standing")

    def desk(self, row: Shadowing) -> str:
        return format_html('<a href="{}">{}</a>', reverse("training_shadowing_one", args=[row.pk]), _("Open it"))

    desk.short_description = gettext_lazy("on the desk")
