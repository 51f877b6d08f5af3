"""The register of notes and articles that were handed in; what became of them changes on the desk alone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suite.registers.register import Register
from training.domain.writings.people import sees_all
from training.enums import HANDED_IN_ONCE
from training.models import Writing

from .records import Records


class SeenByOffice(Records):
    """The efficiency office and supervisors; what is still being written nobody but its author."""

    def user_can_list(self, user: Any) -> bool:
        return sees_all(user)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return sees_all(user) and (obj is None or obj.state in HANDED_IN_ONCE)


class WritingRegister(Register):
    model = Writing
    menu_icon = "edit"
    permission_helper_class = SeenByOffice
    list_display = ("person", "unit", "year", "kind", "title", "state", "handed_in_at", "desk")
    list_export = ("person", "unit", "year", "kind", "title", "state", "handed_in_at", "decided_at", "decided_for")
    list_filter = ("year", "kind", "state")
    search_fields = ("person__name", "title")
    one_line = ("person", "kind")
    inspect_view_fields = ("person", "unit", "year", "kind", "title", "state", "handed_in_at", "decided_at",
                           "decided_for", "desk")  # fmt: skip

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        rows = super().get_queryset(request).filter(state__in=HANDED_IN_ONCE)
        return rows.select_related("person", "unit", "decided_for")

    def desk(self, row: Writing) -> str:
        return format_html('<a href="{}">{}</a>', reverse("training_writings_read", args=[row.pk]), _("Read it"))

    desk.short_description = gettext_lazy("on the desk")
