"""From two passes, or from one batch decision, to a clearance and a page that is live."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState
from wagtail.workflows import publish_workflow_state

from suite import audit
from suite.publishing import PublicationRefused
from suite.publishing.digest import digest
from suite.publishing.models import ApprovalTask, BatchDecision, CheckTask, Clearance, PublishedPage

from .authors import author_ids, named
from .stages import valid_pass


def clear_after_workflow(state: WorkflowState, user: Any) -> Clearance | None:
    """Clear and publish (or schedule) the page whose workflow `state` just ended.

    Raises `PublicationRefused` unless its newest content passed a check and an approval by two people who are not
    among its authors, whatever an administrator made of the workflow. Other content than pages is Wagtail's business.
    """
    page = state.content_object
    page = page.specific if hasattr(page, "specific") else page
    if not isinstance(page, PublishedPage):
        publish_workflow_state(state, user=user)
        return None
    revision = page.get_latest_revision()
    content = digest(revision.as_object())
    checked, approved = valid_pass(state, CheckTask, content), valid_pass(state, ApprovalTask, content)
    if not checked or not approved or checked.finished_by_id == approved.finished_by_id:
        raise PublicationRefused(
            _(
                "“%(title)s” does not go live: the workflow “%(workflow)s” ended without a check and an approval of "
                "this text by two people who did not write it. Ask the system administrator to restore both stages."
            )
            % {"title": page.title, "workflow": state.workflow.name},
            page,
        )
    return clear_and_publish(page, revision, checked.finished_by, approved.finished_by)


def clear_and_publish(
    page: PublishedPage, revision: Revision, checked_by: Any, approved_by: Any, batch: BatchDecision | None = None
) -> Clearance:
    """Write the clearance for `revision` and publish it, or put it on schedule if its day has not come.

    Raises `PublicationRefused` for content that is not fit, ValidationError for people who may not clear it.
    """
    now = timezone.now()
    Clearance.objects.filter(page_id=page.pk).waiting().update(withdrawn_at=now)
    clearance = Clearance.objects.create(
        page_id=page.pk,
        revision=revision,
        digest=digest(revision.as_object()),
        authors=_authors(page),
        checked_by=checked_by,
        approved_by=approved_by,
        batch=batch,
    )
    audit.record(
        page,
        "publishing.clear",
        approved_by,
        authors="、".join(author["name"] for author in clearance.authors) or "—",
        checked_by=_name(checked_by),
        approved_by=_name(approved_by),
        digest=clearance.digest,
        batch=batch.name if batch else None,
    )
    # Wagtail's own permission to publish is held by nobody: the clearance is what counts.
    revision.publish(user=approved_by, skip_permission_checks=True)
    page.schedule_refusals.filter(settled_at=None).update(settled_at=now)
    return clearance


def _authors(page: PublishedPage) -> list[dict[str, Any]]:
    ids = author_ids(page)
    known = named(get_user_model().objects.filter(pk__in=ids).order_by("username")) if ids else []
    gone = ids - {author["id"] for author in known}
    return known + [{"id": pk, "name": _("deleted account")} for pk in sorted(gone)]


def _name(user: Any) -> str:
    return user.get_full_name() or user.get_username()
