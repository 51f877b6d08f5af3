"""Who hears of what by mail: those who may act, and those whose text it is. Nobody else, no superuser by rank."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from wagtail.admin.signal_handlers import workflow_approval_email_notifier, workflow_rejection_email_notifier
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected
from wagtail.users.models import UserProfile

from suite.mailing import send_each

from .domain.authors import author_ids
from .domain.stages import why_not
from .models import PassState, PublishedPage, ScheduleRefusal
from .signals import schedule_refused


@receiver(task_submitted, sender=PassState)
def tell_who_may_decide(instance: PassState, **kwargs: Any) -> None:
    """A page waits at a stage: members of its groups hear of it, without its authors and who checked it."""
    page = _page(instance.workflow_state)
    if page is None:
        return
    task = instance.task.specific
    members = get_user_model().objects.filter(groups__in=task.groups.all(), is_active=True).distinct()
    _send("waiting", (user for user in members if not why_not(task, page, user)), "submitted", page=page, task=task)


def tell_authors_of_return(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """A page was sent back: all its authors and whoever submitted it hear of it, each time (wagtail #10196)."""
    page = _page(instance)
    if page is None:
        workflow_rejection_email_notifier(sender=sender, instance=instance, user=user, **kwargs)
        return
    stage = instance.current_task_state
    people = _authors_and(page, instance.requested_by_id).exclude(pk=getattr(user, "pk", None))
    _send("returned", people, "rejected", page=page, task=stage.task, remark=stage.comment, user=user)


def tell_authors_of_approval(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """A page passed both stages: its authors and whoever submitted it hear when readers see it."""
    page = _page(instance)
    if page is None:
        workflow_approval_email_notifier(sender=sender, instance=instance, user=user, **kwargs)
        return
    cleared = page.clearances.order_by("-pk").first()
    people = {author["id"] for author in cleared.authors} | {instance.requested_by_id}
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False).first()
    _send(
        "approved", get_user_model().objects.filter(pk__in=people - {None}), "approved", page=page, scheduled=scheduled
    )


@receiver(schedule_refused, sender=ScheduleRefusal)
def tell_of_refused_schedule(instance: ScheduleRefusal, **kwargs: Any) -> None:
    """A scheduled page stayed a draft: its authors and who approved it hear why."""
    _send("schedule_refused", instance.people.all(), "rejected", page=instance.page.specific, refusal=instance)


# Under the names of Wagtail's own mails, which would come on top, to other people and in other words: a signal takes
# each name once, and our app comes before Wagtail's (system check publishing.E005).
workflow_rejected.connect(
    tell_authors_of_return, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
)
workflow_approved.connect(
    tell_authors_of_approval, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
)


def _page(state: WorkflowState) -> PublishedPage | None:
    page = state.content_object
    page = getattr(page, "specific", page)
    return page if isinstance(page, PublishedPage) else None


def _authors_and(page: PublishedPage, submitter: int | None) -> Any:
    return get_user_model().objects.filter(Q(pk__in=author_ids(page)) | Q(pk=submitter))


def _send(template: str, people: Iterable[Any], preference: str, **context: Any) -> None:
    """Mail each of `people` in their language once the change is in the database; ``preference`` is Wagtail's."""
    recipients = [
        user
        for user in people
        if user.is_active and user.email and getattr(UserProfile.get_for_user(user), f"{preference}_notifications")
    ]
    if not recipients:
        return
    url = get_admin_base_url() or ""
    context |= {"title": context["page"].draft_title, "edit_url": url + _edit_path(context["page"])}

    def send() -> None:
        send_each(f"publishing/mail/{template}.txt", recipients, lambda user: {**context, "recipient": user})

    # A mail server that is down must not undo the step.
    transaction.on_commit(send, robust=True)


def _edit_path(page: PublishedPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
