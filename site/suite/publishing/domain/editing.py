"""What saving a revision means for a page that is being checked."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, Task, TaskState, WorkflowState
from wagtail.signals import task_cancelled

from suite import audit
from suite.publishing.digest import digest
from suite.publishing.models import CheckTask, PassState, PublishedPage

from .stages import carry_over, valid_pass


def after_edit(page: PublishedPage, revision: Revision, user: Any) -> bool:
    """Start the check of `page` again if `revision` makes the stages passed so far worthless; tell whether it did.

    At the check itself a new author starts it again, because the people who may pass it are others now; further
    saves by somebody who is an author already only move the check on to the newest revision.
    """
    page.schedule_refusals.filter(settled_at=None).update(settled_at=timezone.now())
    state = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    if state is None or state.current_task_state is None:
        return False
    current = state.current_task_state.specific
    if not isinstance(current, PassState):
        return False
    if isinstance(current.task.specific, CheckTask):
        keeps_its_check = user is None or _was_author(page, user, current)
    else:
        content = digest(revision.as_object())
        carry_over(state, revision, content)
        keeps_its_check = valid_pass(state, CheckTask, content) is not None
    if keeps_its_check:
        current.revision = revision
        current.save(update_fields=["revision"])
        return False
    restart_check(state, user, _("Changed, so it is checked again."))
    return True


def restart_check(state: WorkflowState, user: Any, comment: str) -> None:
    """End the running stage of `state` as cancelled and begin again at the first; history stays."""
    for running in state.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).specific():
        running.status = TaskState.STATUS_CANCELLED
        running.finished_at, running.finished_by, running.comment = timezone.now(), user, comment
        running.save()
        task_cancelled.send(sender=type(running), instance=running, user=user)
    first = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    state = WorkflowState.objects.get(pk=state.pk)
    state.update(user=user, next_task=first.order_by("workflow_tasks__sort_order").first())
    audit.record(state.content_object.specific, "publishing.restart_check", user, reason=comment)


def _was_author(page: PublishedPage, user: Any, current: PassState) -> bool:
    """Whether `user` was an author when the check began; it began with, or moved on to, ``current.revision``."""
    return page.revisions.filter(pk__lte=current.revision_id, user=user).exists()
