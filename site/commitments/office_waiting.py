"""What waits on the desks of leaders and of the efficiency office about filing, and what has to be set first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suite.desk import DeskItem

from .domain.approving import Waiting, amendments_waiting, commitments_waiting, unapprovable
from .domain.month_told import not_filed
from .domain.settings import commitments_settings
from .enums import MonthState
from .models import Month, WorkKind


def approvals(user: Any) -> Iterator[DeskItem]:
    """Two lines at most: commitments to approve, amendments to decide."""
    if waiting := commitments_waiting(user):
        title = ngettext("Approve %(count)d commitment", "Approve %(count)d commitments", len(waiting))
        yield DeskItem(
            "commitments.approve",
            title % {"count": len(waiting)},
            reverse("commitments_approvals"),
            _why(waiting),
            None,
            "commitments",
        )
    if waiting := amendments_waiting(user):
        title = ngettext("Decide on %(count)d amendment", "Decide on %(count)d amendments", len(waiting))
        yield DeskItem(
            "commitments.amend",
            title % {"count": len(waiting)},
            reverse("commitments_approvals"),
            _why(waiting),
            None,
            "commitments",
        )


def filing() -> Iterator[DeskItem]:
    """For the efficiency office: who is late, and what nobody can approve."""
    for month in Month.objects.filter(state=MonthState.OPEN, files_until__lt=timezone.now()):
        if count := not_filed(month).count():
            title = ngettext(
                "%(month)s: %(count)d person has not filed, call them",
                "%(month)s: %(count)d people have not filed, call them",
                count,
            )
            yield DeskItem(
                f"commitments.late:{month.pk}",
                title % {"month": month, "count": count},
                reverse("commitments_month_modeladmin_inspect", args=[month.pk]),
                _("The time for filing is over. Late ones can still be filed, and are marked."),
                None,
                "commitments",
            )
    for row in unapprovable():
        yield DeskItem(
            f"commitments.unapprovable:{row.pk}",
            _("Nobody can approve the commitment of %(person)s") % {"person": row.person},
            reverse("commitments_commitment_modeladmin_inspect", args=[row.pk]),
            _("Enter who is in charge of %(unit)s, or who stands in for them; for the head, choose it in the settings.")
            % {"unit": row.unit},
            None,
            "commitments",
        )


def to_set_up(user: Any) -> Iterator[DeskItem]:
    """For the efficiency office, until it is done: the head's approver, the series of numbers, the kinds of work."""
    settings = commitments_settings()
    missing = [
        (settings.head_approver_id, _("who approves the head's commitment")),
        (settings.notice_series_id, _("series of numbers for notices")),
    ]
    if wanting := [label for there, label in missing if there is None]:
        yield DeskItem(
            "commitments.settings",
            _("Set for monthly commitments: %(missing)s") % {"missing": "、".join(wanting)},
            reverse("wagtailsettings:edit", args=["commitments", "commitmentssettings"]),
            _("You run the monthly commitments. It is under Settings."),
            None,
            "commitments",
        )
    if not WorkKind.objects.exists():
        yield DeskItem(
            "commitments.kinds",
            _("Enter the kinds of work for monthly commitments"),
            reverse(WorkKind.snippet_viewset.get_url_name("list")),  # type: ignore[attr-defined]  # set by Wagtail
            _("People choose one for each promise, and the analysis counts by them. For example: 项目建设、农业生产."),
            None,
            "commitments",
        )
    if settings.head_approver_id and not Month.objects.exists():
        yield DeskItem(
            "commitments.begin",
            _("Open the first month of commitments"),
            reverse("commitments_month_modeladmin_create"),
            _("After that every month opens by itself."),
            None,
            "commitments",
        )


def _why(waiting: list[Waiting]) -> str:
    """For you to approve, from: …; on behalf of …"""
    units = dict.fromkeys(one.commitment.unit.label for one in waiting if one.on_behalf_of is None)
    away = dict.fromkeys(str(one.on_behalf_of) for one in waiting if one.on_behalf_of is not None)
    own = _("For you to approve, from: %(units)s.") % {"units": "、".join(units)} if units else ""
    others = _("On behalf of %(people)s.") % {"people": "、".join(away)} if away else ""
    return own + others
