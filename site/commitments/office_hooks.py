"""What the screens of leaders, supervisors and the efficiency office give to the suite."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from suite.desk import DeskItem, DeskLink
from suite.permissions import PermissionRow

from . import office_waiting
from .deciding_views import user_can_open_decisions
from .leader_views import user_can_open_approvals
from .models import CommitmentsSettings
from .permissions import user_can_run, user_can_verify
from .settings_panels import SETTINGS
from .viewsets import CommitmentsGroup

register_snippet(CommitmentsGroup)

# Wagtail looks for it on the model; a model that imported its form would turn the layers round.
CommitmentsSettings.edit_handler = SETTINGS


@hooks.register("register_urls")
def office_addresses() -> list[URLResolver]:
    return [path("desk/commitments/", include("commitments.office_urls"))]


@hooks.register("permission_rows")
def office_rows() -> list[PermissionRow]:
    return [
        PermissionRow("commitments_approvals", user_can_open_approvals),
        PermissionRow("commitments_approve", user_can_open_approvals),
        PermissionRow("commitments_amendment", user_can_open_approvals),
        PermissionRow("commitments_verifications", user_can_verify),
        PermissionRow("commitments_verify", user_can_verify),
        PermissionRow("commitments_verify_one", user_can_verify),
        PermissionRow("commitments_decisions", user_can_open_decisions),
        PermissionRow("commitments_decide", user_can_open_decisions),
        PermissionRow("commitments_meeting", user_can_run),
        *(row for register in CommitmentsGroup().register_instances for row in register.permission_rows()),
    ]


@hooks.register("desk_items")
def what_waits_for_office_and_leaders(user: Any) -> Iterator[DeskItem]:
    if user_can_open_approvals(user):
        yield from office_waiting.approvals(user)
    if user_can_run(user):
        yield from office_waiting.to_set_up(user)
        yield from office_waiting.filing()


@hooks.register("desk_links")
def ways_of_supervisors(user: Any) -> Iterator[DeskLink]:
    """Supervisors do not work in the admin: their list is one tap away."""
    if user_can_verify(user):
        yield DeskLink(_("Verify results"), reverse("commitments_verifications"), 40)
