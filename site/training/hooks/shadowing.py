"""What shadowing gives to the suite: addresses, desk lines, the log's actions, readers of evidence."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks

from suite import audit
from suite.desk import DeskItem, DeskLink
from suite.evidence import EvidenceDoor
from suite.permissions import PermissionRow
from training.domain.shadowing.people import EVIDENCE_KIND, may_read_evidence, visible_to
from training.domain.shadowing.waiting import closing, writing
from training.models import Shadowing
from training.permissions import user_can_learn
from training.urls import shadowing as urls
from training.views.shadowing import user_can_close, user_can_open, user_can_plan

_CHANGE = gettext_lazy("%(before)s → %(after)s")

audit.declare(
    "training.plan_shadowing",
    gettext_lazy("Plan a shadowing"),
    pgettext_lazy("shadowing", "Planned from %(since)s to %(until)s"),
)
audit.declare("training.report_shadowing", gettext_lazy("Report on a shadowing"), _CHANGE)
audit.declare("training.close_shadowing", gettext_lazy("Close a shadowing"), _CHANGE)
audit.declare("training.return_shadowing", gettext_lazy("Send a report on shadowing back"), _CHANGE)
audit.declare("training.cancel_shadowing", gettext_lazy("Cancel a shadowing"), _CHANGE)
# What is wanting in somebody's report is for them and those who lead them.
audit.restrict(Shadowing, visible_to)

_WHO = {
    "training_shadowing_own": user_can_learn,
    "training_shadowing_plan": user_can_plan,
    "training_shadowing_waiting": user_can_close,
}


@hooks.register("register_urls")
def addresses() -> list[URLResolver]:
    return [path("desk/training/shadowing/", include("training.urls.shadowing"))]


@hooks.register("permission_rows")
def rows() -> list[PermissionRow]:
    names = [str(one.name) for one in urls.urlpatterns]
    return [PermissionRow(name, _WHO.get(name, user_can_open)) for name in names]


@hooks.register("evidence_readers")
def evidence_readers() -> list[EvidenceDoor]:
    return [EvidenceDoor(EVIDENCE_KIND, may_read_evidence)]


@hooks.register("desk_items")
def reports(user: Any) -> Iterator[DeskItem]:
    """Reports to write, and those that wait for this leader, or for whoever runs training where no leader can."""
    if user_can_plan(user):
        yield from writing(user)
    if user_can_close(user):
        yield from closing(user)


@hooks.register("training_ways")
def own_shadowing(user: Any) -> Iterator[DeskLink]:
    if user_can_learn(user):
        yield DeskLink(_("My shadowing"), reverse("training_shadowing_own"), 55)
