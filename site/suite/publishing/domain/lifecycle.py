"""The steps of a page from draft to public. Admin, import, commands and the sample township all come here."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from suite.publishing import PublicationRefused
from suite.publishing.models import PublishedPage
from suite.publishing.permissions import user_can_edit

from .authors import author_ids
from .content_checks import require_fit


@transaction.atomic
def submit(page: Page, user: Any) -> WorkflowState:
    """Hand the newest draft of `page` in for the check, or again after a return.

    Arguments: ``page``, saved; ``user``, who hands it in and may edit it. A page without a revision gets one, written
    by `user`. Raises `PublicationRefused`: waiting already, not allowed, content not fit, no workflow.
    """
    page = _lock(page)
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise PublicationRefused(
            _("“%(title)s” is waiting for “%(task)s” already: withdraw it first if something has to change.")
            % {"title": page.title, "task": state.current_task_state.task.name},
            page,
        )
    if not user_can_edit(user, page):
        raise PublicationRefused(
            _("You may not edit “%(title)s”, so you cannot submit it: ask an editor.") % {"title": page.title}, page
        )
    revision = page.get_latest_revision() or page.save_revision(user=user, log_action=True)
    draft = revision.as_object()
    draft.full_clean()
    require_fit(draft, submitting=True)
    if state:
        state.resume(user)
        return state
    workflow = page.get_workflow()
    if workflow is None:
        raise PublicationRefused(
            _("No workflow is set for “%(title)s”: ask the system administrator to assign one.")
            % {"title": page.title},
            page,
        )
    return workflow.start(draft, user)


def resubmit(page: Page, user: Any) -> WorkflowState:
    """Hand a returned page in again. Raises `PublicationRefused` if nobody returned it, or as `submit` does."""
    state = page.current_workflow_state
    if not state or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        raise PublicationRefused(_("“%(title)s” was not returned: submit it.") % {"title": page.title}, page)
    return submit(page, user)


def approve(page: Page, user: Any, comment: str = "") -> PublishedPage:
    """Pass the stage at which `page` waits; after the last one it goes live or on schedule. Returns it as it is now.

    Raises `PublicationRefused` for an author, for who checked and now approves, for who is not in the stage's groups,
    for content that is not fit.
    """
    with transaction.atomic():
        page = _lock(page)
        _current_stage(page).approve(user=user, comment=comment)
    return _fresh(page)


def return_with_remark(page: Page, user: Any, comment: str) -> PublishedPage:
    """Send `page` back to its authors with a remark. Raises `PublicationRefused` as `approve` does, or without one."""
    with transaction.atomic():
        page = _lock(page)
        _current_stage(page).reject(user=user, comment=comment)
    return _fresh(page)


@transaction.atomic
def withdraw(page: Page, user: Any) -> None:
    """Take a submitted page back to work on it. Raises `PublicationRefused` for who neither wrote nor submitted it."""
    page = _lock(page)
    state = page.current_workflow_state
    if not state:
        raise PublicationRefused(_("“%(title)s” is not submitted.") % {"title": page.title}, page)
    if not state.user_can_cancel(user) and user.pk not in author_ids(page):
        raise PublicationRefused(
            _("Only its authors and whoever decides on it now can withdraw “%(title)s”.") % {"title": page.title}, page
        )
    state.cancel(user=user)


def _current_stage(page: PublishedPage) -> Any:
    stage = page.current_workflow_task_state
    if stage is None:
        raise PublicationRefused(
            _("“%(title)s” is not submitted: there is nothing to decide.") % {"title": page.title}, page
        )
    return stage


def _lock(page: Page) -> PublishedPage:
    return type(page.specific)._default_manager.select_for_update().get(pk=page.pk)


def _fresh(page: PublishedPage) -> PublishedPage:
    return type(page)._default_manager.get(pk=page.pk)
