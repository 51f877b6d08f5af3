"""The topic pool."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from hearings import record_forms as forms
from hearings.domain.lifecycle import topics
from hearings.domain.similar import similar_topics
from hearings.enums import TopicState
from hearings.models import Topic
from hearings.permissions import (
    REPORT,
    VIEW_TOPICS,
    user_can_decide,
)
from suite.registers.actions import RecordAction
from suite.registers.register import Register
from suite.registers.views import RegisterInspectView
from suite.theme.dates import in_list

from .records import OfVillages, OpensRecord, VillageFilter, of_villages_of


class TopicRecords(OfVillages):
    seen, made = VIEW_TOPICS, REPORT


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
