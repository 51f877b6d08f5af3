"""Served notices in the admin: a list for who may see them, each seeing theirs, with the desk's page behind it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail_modeladmin.helpers import PermissionHelper

from suite.registers.register import Register

from .domain.notice_access import may_see, visible_to
from .models import ServedNotice
from .permissions import VIEW_NOTICES, user_can_approve_notice, user_can_decide_objection


class NoticeRecords(PermissionHelper):
    """Listed for who works with notices; which ones, `visible_to` says. Changed on the desk alone."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(VIEW_NOTICES) or user_can_approve_notice(user) or user_can_decide_objection(user))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.user_can_list(user) and (obj is None or may_see(user, obj))

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class NoticeRegister(Register):
    model = ServedNotice
    menu_icon = "warning"
    menu_label = pgettext_lazy("commitments", "Served notices")
    permission_helper_class = NoticeRecords
    list_display = ("number", "person", "month", "unit", "grade", "state", "answer_until", "desk")
    list_export = ("number", "person", "month", "unit", "grade", "repeats", "state", "served_at", "answer_until",
                   "answered_at", "ended_at")  # fmt: skip
    list_filter = ("state", "grade", "commitment__month")
    search_fields = ("number", "commitment__person__name")
    one_line = ("number", "person", "month", "unit")
    inspect_view_fields = ("number", "person", "month", "unit", "grade", "grave", "repeats", "state", "facts",
                           "rectify_until", "talk_at", "talk_by", "approved_at", "served_at", "answer_until",
                           "answered_at", "ended_at", "desk")  # fmt: skip

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return visible_to(request.user, rows.select_related("commitment__person", "commitment__month",
                                                            "commitment__unit"))  # fmt: skip

    def person(self, notice: ServedNotice) -> str:
        return notice.commitment.person.name

    person.short_description = gettext_lazy("person")  # type: ignore[attr-defined]

    def month(self, notice: ServedNotice) -> str:
        return str(notice.commitment.month)

    month.short_description = pgettext_lazy("commitment", "month")  # type: ignore[attr-defined]

    def unit(self, notice: ServedNotice) -> str:
        return notice.commitment.unit.name

    unit.short_description = gettext_lazy("unit")  # type: ignore[attr-defined]

    def desk(self, notice: ServedNotice) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("commitments_notice", args=[notice.pk]), _("Answer, check, papers")
        )

    desk.short_description = gettext_lazy("on the desk")  # type: ignore[attr-defined]
