"""The registers of the efficiency office in one menu group: topics, hearings, representatives, measures, themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_modeladmin.helpers import PermissionHelper

from organisation.models import Unit
from suite.registers.actions import RecordAction
from suite.registers.register import Register, RegisterGroup
from suite.registers.views import RegisterCreateView, RegisterInspectView
from suite.theme.dates import in_list

from . import record_forms as forms
from .domain import work_told
from .domain.lifecycle import hearings, measures, representatives, topics
from .domain.public_text import hidden_names, masked_text
from .domain.similar import similar_topics
from .domain.village import villages_for
from .domain.villages import serves
from .domain.work import Step, next_title, steps
from .enums import MeasureState, SeatState, TopicState, Way
from .hearing_actions import ACTIONS
from .measure_forms import DoneForm
from .measure_views import report_files
from .models import Hearing, HearingTheme, Measure, Representative, Topic
from .permissions import (
    KEY_IN,
    REPORT,
    RUN,
    VIEW,
    VIEW_TOPICS,
    user_can_decide,
    user_can_key_in,
    user_can_record_session,
    user_can_run,
)
from .session_permissions import user_can_record_hearing


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


class TopicRecords(OfVillages):
    seen, made = VIEW_TOPICS, REPORT


class HearingRecords(Records):
    made = RUN


class RepresentativeRecords(OfVillages):
    """Those who key sign-ups in, for their villages."""

    seen = KEY_IN


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


class TopicView(RegisterInspectView):
    """A topic with similar ones."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        topic = self.instance
        near = similar_topics(topic.title, topic.text, topic.pk) if topic.state == TopicState.REPORTED else []
        context = super().get_context_data(**{"similar": near, **kwargs})
        empty = self.model_admin.get_empty_value_display()
        context["fields"] = [field for field in context["fields"] if field["value"] not in (empty, "", None)]
        return context


class TopicRegister(Register):
    model = Topic
    menu_icon = "comment"
    menu_label = gettext_lazy("Topic pool")
    permission_helper_class = TopicRecords
    create_view_class = OpensRecord
    inspect_view_class = TopicView
    inspect_template_name = "hearings/admin/topic.html"
    one_line = ("reported", "state_shown")
    list_display = ("title", "village", "theme", "concerned", "reported", "state_shown")
    list_export = (
        "title", "village", "theme", "concerned", "text", "wish", "reported", "state_shown", "hearing", "answer",
    )  # fmt: skip
    inspect_view_fields = (
        "title", "village", "theme", "text", "wish", "concerned", "photo", "raised_by", "raised_by_phone",
        "reporter", "reported", "state_shown", "merged_into", "hearing", "answer", "answered_by", "answered_at",
    )  # fmt: skip
    list_filter = ("state", VillageFilter, "theme")
    list_select_related = ("village", "theme")
    search_fields = ("title", "text", "wish")
    actions = (
        RecordAction(
            "take",
            gettext_lazy("Take to a hearing"),
            forms.TakeForm,
            lambda topic, data, user: topics.take(topic, data["hearing"], user),
            possible=lambda topic: topic.state == TopicState.REPORTED,
            allowed=user_can_decide,
        ),
        RecordAction(
            "answer",
            gettext_lazy("Answer directly"),
            forms.AnswerForm,
            lambda topic, data, user: topics.answer(topic, data["text"], data["unit"], user),
            possible=lambda topic: topic.state == TopicState.REPORTED,
            allowed=user_can_decide,
        ),
        RecordAction(
            "merge",
            gettext_lazy("Put together"),
            forms.MergeForm,
            lambda topic, data, user: topics.merge(topic, data["into"], user),
            gettext_lazy("Similar ones come first. Who raised this one follows the other from now on."),
            lambda topic: topic.state == TopicState.REPORTED,
            user_can_decide,
        ),
        RecordAction(
            "give_back",
            gettext_lazy("Give back to the pool"),
            forms.GiveBackForm,
            lambda topic, data, user: topics.give_back(topic, data["reason"], user),
            possible=lambda topic: topic.state in (TopicState.MERGED, TopicState.TAKEN),
            allowed=user_can_decide,
        ),
    )
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("village"), FieldPanel("theme")]),
            FieldPanel("title"),
            FieldPanel("text"),
            FieldPanel("wish"),
            FieldPanel("concerned"),
            FieldPanel("photo"),
            FieldRowPanel([FieldPanel("raised_by"), FieldPanel("raised_by_phone")]),
        ],
        base_form_class=forms.TopicForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[Topic]:
        return of_villages_of(request.user, super().get_queryset(request))

    def write(self, form: Any, user: Any) -> Topic:
        return topics.report(form.save(commit=False), user)

    def reporter(self, topic: Topic) -> str:
        account = topic.reported_by
        return str(account.get_full_name() or account.get_username()) if account else ""

    reporter.short_description = gettext_lazy("reported by")

    def reported(self, topic: Topic) -> str:
        return in_list(topic.reported_at)

    reported.short_description = gettext_lazy("reported at")
    reported.admin_order_field = "reported_at"

    def state_shown(self, topic: Topic) -> str:
        return str(topic.get_state_display())

    state_shown.short_description = gettext_lazy("state")
    state_shown.admin_order_field = "state"


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


class RepresentativeRegister(Register):
    model = Representative
    menu_icon = "user"
    permission_helper_class = RepresentativeRecords
    list_display = ("name", "hearing", "village", "way_shown", "state_shown", "place_in_line")
    list_export = ("name", "hearing", "village", "represents", "way_shown", "state_shown", "place_in_line")
    inspect_view_fields = (
        "name", "hearing", "way_shown", "state_shown", "village", "represents", "phone", "problem", "source", "code",
        "place_in_line", "present",
    )  # fmt: skip
    list_filter = ("hearing", VillageFilter, "state", "way")
    list_select_related = ("hearing", "village")
    search_fields = ("name", "represents")
    actions = (
        RecordAction(
            "accept",
            gettext_lazy("Accepts the invitation"),
            forms.AboutRecord,
            lambda row, data, user: representatives.answer_invitation(row, True, user),
            possible=lambda row: row.state == SeatState.INVITED,
            allowed=user_can_key_in,
        ),
        RecordAction(
            "decline",
            gettext_lazy("Declines the invitation"),
            forms.AboutRecord,
            lambda row, data, user: representatives.answer_invitation(row, False, user),
            possible=lambda row: row.state == SeatState.INVITED,
            allowed=user_can_key_in,
        ),
        RecordAction(
            "withdraw",
            gettext_lazy("Steps back"),
            forms.AboutRecord,
            lambda row, data, user: representatives.withdraw(row, user),
            gettext_lazy("The next of the village's waiting list moves up."),
            lambda row: row.state in (SeatState.APPLIED, SeatState.SEATED, SeatState.WAITING),
            user_can_key_in,
        ),
    )

    def get_queryset(self, request: Any) -> QuerySet[Representative]:
        return of_villages_of(request.user, super().get_queryset(request))

    def way_shown(self, row: Representative) -> str:
        return str(Way(row.way).label)

    way_shown.short_description = gettext_lazy("how")
    way_shown.admin_order_field = "way"

    def state_shown(self, row: Representative) -> str:
        return str(row.get_state_display())

    state_shown.short_description = gettext_lazy("state")
    state_shown.admin_order_field = "state"


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


class HearingThemeViewSet(SnippetViewSet):
    model = HearingTheme
    icon = "tag"
    list_display = ["name", "order"]
    panels = [FieldPanel("name"), FieldPanel("order")]


class HearingsGroup(RegisterGroup):
    menu_label = gettext_lazy("Efficiency hearings")
    menu_name = "hearings"
    menu_icon = "group"
    menu_order = 260
    registers = (HearingRegister, TopicRegister, RepresentativeRegister, MeasureRegister)
    items = (HearingThemeViewSet,)
