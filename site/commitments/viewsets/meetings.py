"""The register of report meetings: planned, drawn for, recorded, closed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from commitments import meeting_forms as forms
from commitments.domain.draws import DRAW_KIND
from commitments.domain.lifecycle import meetings
from commitments.enums import MeetingState
from commitments.models import ReportMeeting
from commitments.office_forms import AboutRecord, ReasonForm
from commitments.permissions import user_can_run
from suite.draw.domain import draws_of
from suite.registers.actions import RecordAction
from suite.registers.register import Register
from suite.registers.views import RegisterCreateView, RegisterInspectView
from suite.theme.dates import in_list

from .records import MadeByOffice


def _planned(meeting: ReportMeeting) -> bool:
    return meeting.state == MeetingState.PLANNED


def _drawn(meeting: ReportMeeting) -> bool:
    return meeting.state == MeetingState.DRAWN


def _to_come(meeting: ReportMeeting) -> bool:
    return _planned(meeting) or _drawn(meeting)


ACTIONS = (
    RecordAction(
        "draw",
        gettext_lazy("Prepare the draw"),
        forms.MeetingSeedForm,
        forms.prepare_draw,
        gettext_lazy(
            "Among everybody who filed for this month, at least one of each unit. The draw then has a page of its own; "
            "its result comes here by itself."
        ),
        _to_come,
        user_can_run,
    ),
    RecordAction(
        "change",
        gettext_lazy("Change time, place or chair"),
        forms.ChangeMeetingForm,
        meetings.change,
        possible=_to_come,
        allowed=user_can_run,
    ),
    RecordAction(
        "close",
        gettext_lazy("Close the meeting"),
        AboutRecord,
        lambda meeting, data, user: meetings.close(meeting, user),
        gettext_lazy("After that nothing of what was said can be changed."),
        _drawn,
        user_can_run,
    ),
    RecordAction(
        "cancel",
        gettext_lazy("Cancel"),
        ReasonForm,
        lambda meeting, data, user: meetings.cancel(meeting, data["reason"], user),
        gettext_lazy("The meeting stays in the register with its reason; another one can be planned."),
        _to_come,
        user_can_run,
    ),
)


class OpensMeeting(RegisterCreateView):
    """A planned meeting is shown at once: the draw comes next."""

    def get_success_url(self) -> str:
        return str(self.url_helper.get_action_url("inspect", self.instance.pk))


class MeetingView(RegisterInspectView):
    """The meeting with its draws and those who report."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.instance, self.request.user
        draws = [
            (draw, reverse("draw_draw_modeladmin_inspect", args=[draw.pk]))
            for draw in draws_of(DRAW_KIND, meeting.month.code)
        ]
        reports = meeting.reports.select_related("commitment__person", "commitment__unit")
        context = super().get_context_data(**{"draws": draws, "reports": list(reports), **kwargs})
        empty = self.model_admin.get_empty_value_display()
        context["fields"] = [field for field in context["fields"] if field["value"] not in (empty, "", None)]
        if _drawn(meeting) and user_can_run(user):
            address = reverse("commitments_meeting", args=[meeting.pk])
            context["actions"] = [(_("Record what is reported"), address), *context["actions"]]
        return context


class MeetingRegister(Register):
    model = ReportMeeting
    menu_icon = "group"
    permission_helper_class = MadeByOffice
    create_view_class = OpensMeeting
    inspect_view_class = MeetingView
    inspect_template_name = "commitments/admin/meeting.html"
    inspect_view_extra_css = ["registers/registers.css", "commitments/office.css"]
    actions = ACTIONS
    one_line = ("month", "begins")
    list_display = ("month", "begins", "place", "chair", "seats", "state")
    list_export = ("month", "starts_at", "place", "chair", "seats", "state", "held_at", "reason")
    inspect_view_fields = ("month", "begins", "place", "chair", "seats", "rest", "state", "held_at", "reason")
    list_filter = ("state",)
    list_select_related = ("month", "chair")
    edit_handler = ObjectList(
        [
            FieldPanel("month"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("place")]),
            FieldPanel("chair"),
            FieldRowPanel([FieldPanel("seats"), FieldPanel("rest")]),
        ],
        base_form_class=forms.MeetingForm,
    )

    def write(self, form: Any, user: Any) -> ReportMeeting:
        return meetings.plan(form.save(commit=False), user)

    def begins(self, meeting: ReportMeeting) -> str:
        return in_list(meeting.starts_at)

    begins.short_description = ReportMeeting._meta.get_field("starts_at").verbose_name
    begins.admin_order_field = "starts_at"
