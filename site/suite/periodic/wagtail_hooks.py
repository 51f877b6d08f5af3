"""Failed jobs reach the system administrator: on the desk, and as a list in the admin."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from suite.desk import DeskItem
from suite.roles import Role
from suite.roles.domain import user_has_role

from .models import JobRun
from .viewsets import JobRunViewSet

# A job that no plugin offers any more is not tried again: its line goes after this.
SHOWN_FOR = timedelta(days=7)


@hooks.register("register_admin_viewset")
def register_viewset() -> JobRunViewSet:
    return JobRunViewSet()


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [Role("system_admin", permissions=["periodic.view_jobrun"])]


@hooks.register("desk_items")
def failed_jobs(user: Any) -> Iterator[DeskItem]:
    """A line for each job that failed and is not done yet."""
    if not user_has_role(user, "system_admin"):
        return
    for job in JobRun.objects.filter(done_at=None, failed_at__gt=timezone.now() - SHOWN_FOR).order_by("failed_at"):
        yield DeskItem(
            key=f"periodic.failed:{job.pk}",
            title=_("A periodic job failed: %(job)s") % {"job": job},
            url=reverse("periodic_jobs:inspect", args=[job.pk]),
            reason=_(
                "You are a system administrator. It is tried again at every tick; so far it failed %(count)s times."
            )
            % {"count": job.failures},
            due=job.failed_at,
            plugin="periodic",
        )
