"""Which draw waits for whom, and what happens to one whose time is over."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from suite.desk import DeskItem
from suite.periodic import PeriodicJob

from .domain.lifecycle import void_overdue
from .domain.waiting import results_due, strings_overdue, with_office
from .enums import DrawState
from .models import Draw
from .permissions import user_can_hold, user_can_witness


@hooks.register("desk_items")
def waiting_draws(user: Any) -> Iterator[DeskItem]:
    """For the office: the next step of each draw; for witnesses: the public results that are out."""
    if user_can_witness(user):
        for draw in results_due(timezone.now()):
            # Whoever published the list may not enter the result.
            if draw.frozen_by_id != user.pk:
                title, reason = _("Enter the result: %(draw)s"), _("You may witness draws; the result has been due.")
                yield _item(draw, "enter_result", title, reason)
    if user_can_hold(user):
        for draw in with_office():
            step, title, reason = _next_step(draw)
            yield _item(draw, step, title, reason)


@hooks.register("periodic_jobs")
def void_those_too_late(now: datetime.datetime) -> list[PeriodicJob]:
    """A string that is not shown in time voids the draw (requirement I)."""
    return [
        PeriodicJob(
            f"draw.overdue:{draw.pk}",
            partial(void_overdue, draw, now),
            gettext_lazy("void a draw whose strings were not shown"),
        )
        for draw in strings_overdue(now)
    ]


def _next_step(draw: Draw) -> tuple[str, str, str]:
    """Action, title and reason of what the office does next with a draw."""
    office = _("The efficiency office holds draws.")
    if draw.state == DrawState.PREPARED:
        return "freeze", _("Publish the list: %(draw)s"), office
    if draw.state == DrawState.FROZEN:
        return "commit", _("Record the fingerprints: %(draw)s"), office
    if draw.state == DrawState.COMMITTED:
        missing = "、".join(draw.secrets.filter(revealed_at=None).values_list("name", flat=True))
        return "reveal", _("Have the strings shown: %(draw)s"), _("Not shown yet: %(names)s.") % {"names": missing}
    return "carry_out", _("Draw before witnesses: %(draw)s"), office


def _item(draw: Draw, step: str, title: str, reason: str) -> DeskItem:
    return DeskItem(
        key=f"draw.{step}:{draw.pk}",
        title=title % {"draw": draw.title},
        url=reverse("draw_draw_modeladmin_inspect", args=[draw.pk]),
        reason=reason,
        due=draw.due_at,
        plugin="draw",
    )
