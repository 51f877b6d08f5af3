"""Who may pass a page at which stage, and what a pass is worth."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, RevisionMixin, TaskState, WorkflowState

from suite.publishing import PublicationRefused
from suite.publishing.digest import digest
from suite.publishing.models import ApprovalTask, CheckTask, PassState, PassTask, PublishedPage

from .authors import author_ids
from .content_checks import require_fit


def why_not(task: PassTask, obj: RevisionMixin, user: Any) -> str:
    """Why `user` may not decide on `obj` at this stage; empty if they may. A superuser is a user like any other."""
    obj = _specific(obj)
    if not user.is_active or not task._user_in_groups(user):
        return _("“%(task)s” is for the members of %(groups)s: ask one of them.") % {
            "task": task.name,
            "groups": "、".join(task.groups.order_by("name").values_list("name", flat=True)),
        }
    if user.pk in author_ids(obj):
        return _("You wrote part of “%(title)s”, so somebody else has to pass it: nobody passes their own text.") % {
            "title": obj
        }
    state = obj.current_workflow_state
    if isinstance(task, ApprovalTask) and state:
        checked = valid_pass(state, CheckTask, digest(obj.get_latest_revision().as_object()))
        if checked and checked.finished_by_id == user.pk:
            return _("You checked “%(title)s”, so somebody else has to approve it.") % {"title": obj}
    return ""


def user_decides_now(page: PublishedPage, user: Any) -> bool:
    """Whether `page` waits at a stage that `user` may pass."""
    stage = page.current_workflow_task_state if page.pk else None
    task = stage.task.specific if stage else None
    return isinstance(task, PassTask) and not why_not(task, page, user)


def valid_pass(state: WorkflowState, task_model: type[PassTask], content: str) -> PassState | None:
    """The newest pass in `state` of a stage of this kind on exactly this content (a digest), by a non-author."""
    passes = PassState.objects.filter(workflow_state=state, status=TaskState.STATUS_APPROVED, digest=content)
    passed_by_others = passes.exclude(finished_by=None).exclude(
        finished_by__in=author_ids(_specific(state.content_object))
    )
    kind = task_model.objects.filter(workflow_tasks__workflow=state.workflow).values("pk")
    return passed_by_others.filter(task__in=kind).order_by("-finished_at", "-pk").first()


def missing_check(state: WorkflowState) -> PassTask | None:
    """The check that the newest content in `state` has yet to pass; None if it passed, or if there is no check."""
    page = _specific(state.content_object)
    if valid_pass(state, CheckTask, digest(page.get_latest_revision().as_object())):
        return None
    return CheckTask.objects.filter(workflow_tasks__workflow=state.workflow, active=True).first()


def carry_over(state: WorkflowState, revision: Revision, content: str) -> None:
    """Let passes on this content (a digest) count for `revision` too: Wagtail counts by revision, we by content."""
    PassState.objects.filter(workflow_state=state, status=TaskState.STATUS_APPROVED, digest=content).update(
        revision=revision
    )


def before_pass(state: PassState, user: Any) -> None:
    """Check who passes what and note the content on `state`, not saved yet. Raises `PublicationRefused`."""
    page = _require_may_decide(state, user)
    if not isinstance(page, PublishedPage):
        return
    revision = page.get_latest_revision()
    content = revision.as_object()
    require_fit(content)
    if isinstance(state.task.specific, ApprovalTask) and missing_check(state.workflow_state):
        raise PublicationRefused(
            _("“%(title)s” was changed after the check: it has to be checked again first.") % {"title": page.title},
            page,
        )
    state.revision, state.digest = revision, digest(content)
    carry_over(state.workflow_state, revision, state.digest)


def before_return(state: PassState, user: Any, comment: str) -> None:
    """Check who sends a page back, and that they say why. Raises `PublicationRefused`."""
    page = _require_may_decide(state, user)
    if not comment.strip():
        raise PublicationRefused(_("Say what has to change: the authors see your remark."), page)


def _require_may_decide(state: PassState, user: Any) -> RevisionMixin:
    page = _specific(state.workflow_state.content_object)
    # Somebody else may have decided, or changed the page, since this one was shown.
    now = PassState.objects.select_for_update().get(pk=state.pk)
    if now.status != TaskState.STATUS_IN_PROGRESS or now.workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise PublicationRefused(
            _("“%(title)s” is no longer at this stage: open it again and see where it stands.") % {"title": page}, page
        )
    if user is None:
        raise PublicationRefused(_("A stage is passed by a person, never by the system."), page)
    if reason := why_not(state.task.specific, page, user):
        raise PublicationRefused(reason, page)
    return page


def _specific(obj: RevisionMixin) -> RevisionMixin:
    return obj.specific if isinstance(obj, Page) else obj
