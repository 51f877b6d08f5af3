"""What publishing adds to the admin, the desk and the tick."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import PublishMenuItem, WorkflowMenuItem
from wagtail.models import Page

from suite import audit
from suite.desk import DeskItem
from suite.periodic import PeriodicJob

from .domain import meanwhile, queries, schedule
from .models import PublishedPage
from .permissions import user_can_edit

audit.declare(
    "publishing.clear",
    gettext_lazy("Clear for publication"),
    gettext_lazy("Cleared: written by %(authors)s, checked by %(checked_by)s, approved by %(approved_by)s"),
)
audit.declare(
    "publishing.restart_check", gettext_lazy("Start the check again"), gettext_lazy("The check started again")
)
audit.declare(
    "publishing.refuse_schedule", gettext_lazy("Refuse on its day"), gettext_lazy("Did not go live on its day")
)


@hooks.register("construct_page_action_menu")
def no_publish_button(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Under Wagtail's root, too, pages are submitted and not published."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]


@hooks.register("construct_page_action_menu", order=10)
def decision_first(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Who opens a page to decide on it gets that as the first button, not saving a draft."""
    menu_items.sort(key=lambda item: not isinstance(item, WorkflowMenuItem))


@hooks.register("before_edit_page")
def look_who_saved_meanwhile(request: HttpRequest, page: Page) -> None:
    """The form says it, with everything typed still in it; only here is it known that the form is to be saved."""
    if request.method == "POST" and isinstance(page, PublishedPage):
        newest = meanwhile.newer_revision(page, request.POST)
        page.saved_meanwhile = meanwhile.warning(newest, request.POST) if newest else ""


@hooks.register("after_edit_page")
def say_that_the_check_restarted(request: HttpRequest, page: Page) -> None:
    if getattr(page, "check_restarted", False) and request.accepts("text/html"):
        messages.info(
            request,
            _("You changed a page that was being checked: the check starts again, and somebody else passes it."),
        )


@hooks.register("after_edit_page")
def say_what_the_decision_did(request: HttpRequest, page: Page) -> None:
    if request.POST.get("action-workflow-action"):
        messages.success(request, _where_it_stands(type(page).objects.get(pk=page.pk)))


def _where_it_stands(page: Page) -> str:
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        text = _("“%(title)s” is back with its authors; they see your remark.")
    elif state:
        text = _("“%(title)s” now waits at “%(task)s”.")
    elif page.scheduled_revision:
        text = _("“%(title)s” is approved and goes live on its day.")
    else:
        text = _("“%(title)s” is approved and public.")
    return text % {"title": page.draft_title, "task": state.current_task_state.task.name if state else ""}


@hooks.register("periodic_jobs")
def publish_what_is_due(now: datetime) -> Iterator[PeriodicJob]:
    expired, revisions = schedule.due(now)
    if expired or revisions:
        yield PeriodicJob(
            f"publishing.publish_due:{now.isoformat()}",
            lambda: schedule.publish_due(now),
            gettext_lazy("Put pages up and take them down on their day"),
        )


@hooks.register("desk_items")
def desk_items(user: Any) -> Iterator[DeskItem]:
    for state, page in queries.waiting_for(user):
        yield DeskItem(
            f"publishing.stage:{state.pk}",
            _("%(task)s: %(title)s") % {"task": state.task.name, "title": page.draft_title},
            _edit_url(page),
            _("You are one of those who can pass this stage, and wrote none of it."),
            page.get_latest_revision().as_object().go_live_at,
            "publishing",
        )
    for workflow_state, page in queries.returned_to(user):
        # An author who does not edit pages hears of it where they wrote.
        if not user_can_edit(user, page):
            continue
        stage = workflow_state.current_task_state
        yield DeskItem(
            f"publishing.returned:{stage.pk}",
            _("Change and submit again: %(title)s") % {"title": page.draft_title},
            _edit_url(page),
            _("%(who)s returned it at “%(task)s”: %(remark)s")
            % {
                "who": stage.finished_by.get_full_name() or stage.finished_by.username if stage.finished_by else "—",
                "task": stage.task.name,
                "remark": stage.comment,
            },
            None,
            "publishing",
        )
    for refusal in queries.refused_schedules(user):
        yield DeskItem(
            f"publishing.schedule_refused:{refusal.pk}",
            _("Did not go live on its day: %(title)s") % {"title": refusal.page.draft_title},
            _edit_url(refusal.page),
            refusal.reason,
            refusal.go_live_at,
            "publishing",
        )


def _edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
