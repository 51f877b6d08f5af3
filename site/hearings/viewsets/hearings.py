"""The register of hearings; a hearing's page leads through its steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList

from hearings import record_forms as forms
from hearings.domain import work_told
from hearings.domain.lifecycle import hearings
from hearings.domain.public_text import hidden_names, masked_text
from hearings.domain.work import Step, next_title, steps
from hearings.hearing_actions import ACTIONS
from hearings.models import Hearing
from hearings.permissions import (
    KEY_IN,
    RUN,
    user_can_record_session,
    user_can_run,
)
from hearings.session_permissions import user_can_record_hearing
from suite.registers.register import Register
from suite.registers.views import RegisterInspectView
from suite.theme.dates import in_list

from .records import OpensRecord, Records


class HearingRecords(Records):
    made = RUN


class WorkView(RegisterInspectView):
    """A hearing's work page: the steps in their order, with what can be done now."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        doors = {
            action.key: (str(action.label), self.url_helper.get_action_url(action.key, self.instance.pk))
            for action in self.model_admin.actions
            if action.open_to(self.request.user, self.permission_helper, self.instance)
        } | dict(self.other_doors())
        rows = [(step, [doors[key] for key in step.doors if key in doors]) for step in self.steps()]
        return {**found, "steps": rows, "now": next((step for step, _doors in rows if step.state == "now"), None)}

    def steps(self) -> list[Step]:
        """Names of villagers are masked for those who only look on."""
        found, user = steps(self.instance), self.request.user
        if user_can_run(user) or user_can_record_session(user):
            return found
        names = hidden_names(self.instance)
        return [replace(step, missing=[masked_text(text, names) for text in step.missing]) for step in found]

    def other_doors(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """What is no form of this register: the session, pages, other registers."""
        hearing, user = self.instance, self.request.user
        if user_can_record_hearing(user, hearing):
            yield "session", (_("Go to the session"), reverse("hearings_session", args=[hearing.pk]))
        if user.has_perm(KEY_IN):
            address = reverse("hearings_representative_modeladmin_index")
            yield "representatives", (_("List of representatives"), f"{address}?hearing__id__exact={hearing.pk}")
        address = reverse("hearings_measure_modeladmin_index")
        yield "measures", (_("List of measures"), f"{address}?problem__hearing__id__exact={hearing.pk}")
        if (draw := work_told.draw_of(hearing)) and user_can_run(user):
            yield "open_draw", (_("Go to the draw"), reverse("draw_draw_modeladmin_inspect", args=[draw.pk]))
        for key, page in (
            ("open_notice_page", work_told.notice_page(hearing)),
            ("open_minutes_page", work_told.minutes_page(hearing)),
            ("open_circular_page", work_told.circular_page(hearing)),
        ):
            if page and page.permissions_for_user(user).can_edit():
                yield key, (_("Open the page"), reverse("wagtailadmin_pages:edit", args=[page.pk]))


class HearingRegister(Register):
    model = Hearing
    menu_icon = "group"
    permission_helper_class = HearingRecords
    create_view_class = OpensRecord
    inspect_view_class = WorkView
    inspect_template_name = "hearings/admin/work.html"
    inspect_view_extra_css = ["registers/registers.css", "hearings/office.css"]
    actions = ACTIONS
    one_line = ("begins", "state_shown")
    list_display = ("title", "state_shown", "begins", "place", "next_step")
    list_export = ("title", "state_shown", "begins", "place", "host", "reason")
    inspect_view_fields = ()
    list_filter = ("state", "starts_at")
    list_select_related = ("host",)
    search_fields = ("title", "about", "place")
    edit_handler = ObjectList(
        [FieldPanel("title"), FieldPanel("about"), FieldPanel("host")], base_form_class=forms.HearingForm
    )

    def write(self, form: Any, user: Any) -> Hearing:
        return hearings.open_hearing(form.save(commit=False), user)

    def state_shown(self, hearing: Hearing) -> str:
        return str(hearing.get_state_display())

    state_shown.short_description = gettext_lazy("state")
    state_shown.admin_order_field = "state"

    def begins(self, hearing: Hearing) -> str:
        return in_list(hearing.starts_at)

    begins.short_description = gettext_lazy("begins")
    begins.admin_order_field = "starts_at"

    def next_step(self, hearing: Hearing) -> str:
        return next_title(hearing)

    next_step.short_description = gettext_lazy("next step")
