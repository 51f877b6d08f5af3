"""The register of months: how far each has come, who is late, what the office does with it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList

from commitments import office_forms as forms
from commitments.domain.lifecycle import months
from commitments.domain.month_told import is_late, not_filed, numbers_of
from commitments.enums import HANDED_IN, CommitmentState, MonthState
from commitments.models import Month
from commitments.permissions import user_can_run
from suite.registers.actions import RecordAction
from suite.registers.register import Register
from suite.registers.views import RegisterCreateView, RegisterInspectView
from suite.theme.dates import in_list

from .records import MadeByOffice

ACTIONS = (
    RecordAction(
        "begin_reporting",
        _("Begin the reporting of results"),
        forms.AboutRecord,
        lambda month, data, user: months.begin_reporting(month, user),
        _("It begins by itself at the month's end. From then on everybody reports what became of each promise."),
        lambda month: month.state == MonthState.OPEN,
        user_can_run,
    ),
    RecordAction(
        "close",
        _("Close the month"),
        forms.CloseMonthForm,
        lambda month, data, user: months.close_month(month, user),
        _("After that nothing is filed, reported or decided for this month any more."),
        lambda month: month.state == MonthState.REPORTING,
        user_can_run,
    ),
)


class OpensMonth(RegisterCreateView):
    """What was opened is shown at once: who files."""

    def get_success_url(self) -> str:
        return str(self.url_helper.get_action_url("inspect", self.instance.pk))


class MonthView(RegisterInspectView):
    """The month with numbers that lead to the lists, and who has not filed with whom to call."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = self.instance
        listed = reverse("commitments_commitment_modeladmin_index")
        numbers = [
            (CommitmentState(state).label, f"{listed}?month__id__exact={month.pk}&state__exact={state}", count)
            for state, count in numbers_of(month).items()
            if count
        ]
        found = {
            "numbers": numbers,
            "all_listed": f"{listed}?month__id__exact={month.pk}",
            "not_filed": list(not_filed(month)) if month.state != MonthState.CLOSED else [],
            "is_late": is_late(month),
            "meetings": list(month.meetings.order_by("pk")),
        }
        return super().get_context_data(**{**found, **kwargs})


class MonthRegister(Register):
    model = Month
    menu_icon = "calendar"
    permission_helper_class = MadeByOffice
    create_view_class = OpensMonth
    inspect_view_class = MonthView
    inspect_template_name = "commitments/admin/month.html"
    inspect_view_extra_css = ["registers/registers.css", "commitments/office.css"]
    actions = ACTIONS
    one_line = ("until", "results")
    list_display = ("__str__", "state", "people", "handed_in", "until", "results")
    list_export = ("__str__", "state", "people", "handed_in", "files_until", "results_until", "closed_at")
    inspect_view_fields = ("state", "files_until", "results_until", "opened_at", "closed_at")
    list_filter = ("state",)
    edit_handler = ObjectList([FieldPanel("first")], base_form_class=forms.MonthForm)

    def get_queryset(self, request: Any) -> QuerySet[Month]:
        kept = ~Q(commitments__state=CommitmentState.RELEASED)
        return (
            super()
            .get_queryset(request)
            .annotate(
                to_file=Count("commitments", filter=kept),
                filed=Count("commitments", filter=Q(commitments__state__in=HANDED_IN)),
            )
        )

    def write(self, form: Any, user: Any) -> Month:
        return months.open_month(form.cleaned_data["first"], user)

    def people(self, month: Any) -> int:
        return int(month.to_file)

    people.short_description = _("have to file")

    def handed_in(self, month: Any) -> int:
        return int(month.filed)

    handed_in.short_description = _("have filed")

    def until(self, month: Month) -> str:
        return in_list(month.files_until)

    until.short_description = Month._meta.get_field("files_until").verbose_name
    until.admin_order_field = "files_until"

    def results(self, month: Month) -> str:
        return in_list(month.results_until)

    results.short_description = Month._meta.get_field("results_until").verbose_name
    results.admin_order_field = "results_until"
