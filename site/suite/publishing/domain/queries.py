"""What waits for somebody in the editorial workflow."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import TaskState, WorkflowState

from suite.publishing.models import PassState, PublishedPage, ScheduleRefusal

from .authors import author_ids
from .stages import why_not


def waiting_for(user: Any) -> list[tuple[PassState, PublishedPage]]:
    """Stages that `user` may decide now, oldest first, with their pages."""
    states = (
        PassState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True)
        .select_related("task", "workflow_state")
        .order_by("started_at", "pk")
    )
    pages = ((state, _page(state.workflow_state)) for state in states)
    return [(state, page) for state, page in pages if page and not why_not(state.task.specific, page, user)]


def returned_to(user: Any) -> list[tuple[WorkflowState, PublishedPage]]:
    """Returned pages that `user` wrote on or submitted, oldest first."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).select_related(
        "current_task_state__task", "current_task_state__finished_by"
    )
    pages = ((state, _page(state)) for state in states.order_by("created_at", "pk"))
    return [
        (state, page)
        for state, page in pages
        if page and (state.requested_by_id == user.pk or user.pk in author_ids(page))
    ]


def refused_schedules(user: Any) -> QuerySet[ScheduleRefusal]:
    """Scheduled pages of `user` that the gate refused and nobody took up again."""
    return ScheduleRefusal.objects.filter(people=user, settled_at=None).select_related("page").order_by("refused_at")


def _page(state: WorkflowState) -> PublishedPage | None:
    page = state.content_object
    page = getattr(page, "specific", page)
    return page if isinstance(page, PublishedPage) else None
