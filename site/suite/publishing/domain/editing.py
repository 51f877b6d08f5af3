"""What saving a revision means for a page that is being checked."""

from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState
from wagtail.signals import task_cancelled

from suite import audit
from suite.publishing.digest import digest
from suite.publishing.models import CheckTask, PassState, PublishedPage, UnchangedRevision

from .stages import carry_over, valid_pass


class Newest(NamedTuple):
    """The newest revision before a save, and the digest of its content."""

    revision_id: int | None = None
    content: str = ""


def newest(page: PublishedPage) -> Newest:
    """What is the newest revision of `page` now."""
    stored = Page.objects.filter(pk=page.pk).select_related("latest_revision").first()
    revision = stored and stored.latest_revision
    return Newest(revision.pk, digest(revision.as_object())) if revision else Newest()


def after_save(page: PublishedPage, revision: Revision, user: Any, before: Newest) -> bool:
    """Start the check of `page` again if `revision` makes the stages passed so far worthless; tell whether it did.

    At the check itself a new author starts it again, because the people who may pass it are others now; further saves
    by somebody who is an author already, or that change nothing, only move it on to the newest revision.
    """
    content = digest(revision.as_object())
    unchanged = content == before.content
    was_author = _wrote(page, user, before)
    _remember(revision, unchanged, before)
    page.schedule_refusals.filter(settled_at=None).update(settled_at=timezone.now())
    state = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    current = state and state.current_task_state and state.current_task_state.specific
    if not isinstance(current, PassState):
        return False
    carry_over(state, revision, content)
    if isinstance(current.task.specific, CheckTask):
        goes_on = unchanged or user is None or was_author
    else:
        goes_on = valid_pass(state, CheckTask, content) is not None
    if goes_on:
        current.revision = revision
        current.save(update_fields=["revision"])
        return False
    restart_check(state, user, _("Changed, so it is checked again."))
    return True


def _remember(revision: Revision, unchanged: bool, before: Newest) -> None:
    """Keep in mind which revisions changed nothing. One that is overwritten may have changed something before."""
    if not unchanged:
        UnchangedRevision.objects.filter(revision=revision).delete()
    elif revision.pk != before.revision_id:
        UnchangedRevision.objects.create(revision=revision)


def _wrote(page: PublishedPage, user: Any, before: Newest) -> bool:
    """Whether a revision up to the newest before this save has a change by `user`."""
    theirs = page.revisions.filter(pk__lte=before.revision_id or 0, user=user)
    return theirs.exclude(pk__in=UnchangedRevision.objects.values("pk")).exists()


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
