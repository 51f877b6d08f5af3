"""The register of certificates: found by number, name or course; issued and voided on the desk alone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from suite.registers.register import Register
from suite.theme.dates import in_list
from training.domain.attendance.papers import CERTIFICATE
from training.models import Attendance, Certificate
from training.permissions import user_can_run

from .records import Records


class SeenByWhoIssues(Records):
    """Who issues them: names of villagers stand on them."""

    def user_can_list(self, user: Any) -> bool:
        return user_can_run(user)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return user_can_run(user)


class CertificateRegister(Register):
    model = Certificate
    menu_icon = "doc-full"
    permission_helper_class = SeenByWhoIssues
    list_display = ("number", "holder", "course", "day", "issued_at", "state", "paper")
    list_export = ("number", "holder", "of", "course", "day", "issued_at", "state", "reason")
    list_filter = ("state", "issued_at", "attendance__session__course")
    search_fields = ("number", "attendance__name", "attendance__session__course__title")
    one_line = ("number", "holder", "day", "paper")
    inspect_view_fields = (
        "number", "holder", "of", "course", "day", "issued_at", "issued_by", "state", "reason", "paper",
    )  # fmt: skip

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("attendance__session__course", "issued_by")

    def holder(self, row: Certificate) -> str:
        return row.attendance.name

    holder.short_description = pgettext_lazy("certificate", "issued to")
    holder.admin_order_field = "attendance__name"

    def of(self, row: Certificate) -> str:
        return row.attendance.of

    of.short_description = Attendance._meta.get_field("of").verbose_name

    def course(self, row: Certificate) -> str:
        return str(row.attendance.session.course)

    course.short_description = gettext_lazy("course")

    def day(self, row: Certificate) -> str:
        return in_list(localdate(row.attendance.session.starts_at))

    day.short_description = pgettext_lazy("certificate", "day of the training")
    day.admin_order_field = "attendance__session__starts_at"

    def paper(self, row: Certificate) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("printing:document", args=[CERTIFICATE, row.pk]), _("Print (PDF)")
        )

    paper.short_description = pgettext_lazy("certificate", "on paper")
