"""The register of measures."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from hearings import record_forms as forms
from hearings.domain.lifecycle import measures
from hearings.enums import MeasureState
from hearings.measure_forms import DoneForm
from hearings.measure_views import report_files
from hearings.models import Measure
from hearings.permissions import (
    user_can_run,
)
from suite.registers.actions import RecordAction
from suite.registers.register import Register

from .records import Records, UnitFilter


class MeasureRegister(Register):
    model = Measure
    menu_icon = "tasks"
    permission_helper_class = Records
    list_display = ("text", "hearing", "unit", "handler", "due", "state_shown")
    list_export = ("text", "problem", "hearing", "unit", "handler", "due", "state_shown", "result", "ended_on")
    inspect_view_fields = (
        "text", "problem", "hearing", "kind", "unit", "handler", "due", "moved", "state_shown", "result", "shown_by",
        "ended_on", "issued_by",
    )  # fmt: skip
    list_filter = ("state", "problem__hearing", UnitFilter, "kind")
    list_select_related = ("problem__hearing", "unit", "handler")
    search_fields = ("text", "result")
    actions = (
        RecordAction(
            "done",
            gettext_lazy("Report as carried out"),
            DoneForm,
            report_files,
            possible=lambda row: row.state == MeasureState.OPEN,
            allowed=user_can_run,
        ),
        RecordAction(
            "move",
            gettext_lazy("Move the due day"),
            forms.MoveForm,
            lambda row, data, user: measures.move_due(row, data["day"], data["reason"], user),
            gettext_lazy("Only who issued the measure moves its day; the reason is published."),
            lambda row: row.state == MeasureState.OPEN,
            user_can_run,
        ),
        RecordAction(
            "explain",
            gettext_lazy("Explain why not"),
            forms.ExplainForm,
            lambda row, data, user: measures.explain(row, data["reason"], user),
            possible=lambda row: row.state == MeasureState.OPEN,
            allowed=user_can_run,
        ),
    )

    def get_queryset(self, request: Any) -> QuerySet[Measure]:
        return super().get_queryset(request).order_by("due", "pk")

    def hearing(self, row: Measure) -> str:
        return str(row.problem.hearing)

    hearing.short_description = gettext_lazy("hearing")

    def state_shown(self, row: Measure) -> str:
        return str(row.get_state_display())

    state_shown.short_description = gettext_lazy("state")
    state_shown.admin_order_field = "state"

    def moved(self, row: Measure) -> str:
        return "；".join(f"{change}：{change.reason}" for change in row.date_changes.all())

    moved.short_description = gettext_lazy("moved")

    def shown_by(self, row: Measure) -> Any:
        links = [
            format_html('<a href="{}">{}</a>', one.document.url if one.document else one.image.file.url, one)
            for one in row.evidence.select_related("document", "image")
        ]
        return format_html("{}" * len(links), *links) if links else ""

    shown_by.short_description = gettext_lazy("evidence")
