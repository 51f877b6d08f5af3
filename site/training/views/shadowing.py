"""Shadowing on the desk: one's own, planned and reported on; the reports that others wait to have closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.evidence.domain import evidence_of
from suite.registers.refusals import saved_or_refused
from training.domain.lifecycle import shadowing as lifecycle
from training.domain.shadowing import steps
from training.domain.shadowing.people import EVIDENCE_KIND, is_own, may_see, to_close
from training.forms import shadowing as forms
from training.forms.steps import AboutRecord
from training.models import Shadowing
from training.permissions import user_can_learn, user_can_run, user_can_view

from .steps import REFUSED, Room, Step

STEPS = {
    steps.REPORT: Step(
        pgettext_lazy("shadowing", "Write the report"),
        forms.ReportForm,
        lambda row, data, user: lifecycle.report(
            row, data["report"], user, data["evidence_files"], data["evidence_links"]
        ),
        gettext_lazy("Handed in. The leader in charge reads it now."),
        pgettext_lazy("shadowing", "Hand in the report"),
    ),
    steps.CLOSE: Step(
        pgettext_lazy("shadowing", "Close"),
        AboutRecord,
        lambda row, data, user: lifecycle.close(row, user),
        gettext_lazy("Closed. It counts in the person's year."),
    ),
    steps.RETURN: Step(
        pgettext_lazy("shadowing", "Send back"),
        forms.ReasonForm,
        lambda row, data, user: lifecycle.send_back(row, data["reason"], user),
        gettext_lazy("Sent back. The person finds it on the desk with what is wanting."),
    ),
    steps.CANCEL: Step(
        pgettext_lazy("shadowing", "Cancel"),
        forms.ReasonForm,
        lambda row, data, user: lifecycle.cancel(row, data["reason"], user),
        gettext_lazy("Cancelled. The days are free again."),
    ),
}
ROOM = Room(
    STEPS,
    "training/shadowing/facts.html",
    gettext_lazy("That cannot be done with this shadowing now: see where it stands."),
    lambda row: reverse("training_shadowing_one", args=[row.pk]),
)


def user_can_plan(user: Any) -> bool:
    """Plan a shadowing, one's own or for others."""
    return user_can_learn(user) or user_can_run(user)


def user_can_close(user: Any) -> bool:
    """Open the list of reports to close; which of them, the domain says."""
    return user_can_run(user) or user_can_view(user)


def user_can_open(user: Any) -> bool:
    """Open a shadowing; which, the domain says."""
    return user_can_plan(user) or user_can_view(user)


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """One's own shadowing, and the ways to plan one and to what waits to be closed."""
    _require(user_can_learn(request.user))
    rows = Shadowing.objects.filter(person=request.user.person).select_related("person", "unit")
    context = {"rows": rows, "closes": user_can_close(request.user)}
    return render(request, "training/shadowing/own.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The form with which a shadowing is planned."""
    _require(user_can_plan(request.user))
    form = forms.PlanForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = saved_or_refused(form, lambda: lifecycle.plan(form.asked(), request.user))
        if made is not None:
            messages.success(request, _("Planned. When it is over, the desk asks for the report."))
            return redirect("training_shadowing_one", made.pk)
    return render(request, "training/shadowing/plan.html", {"form": form}, status=REFUSED if form.errors else 200)


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The reports that wait for this account."""
    _require(user_can_close(request.user))
    return render(request, "training/shadowing/waiting.html", {"rows": to_close(request.user)})


@never_cache
@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One shadowing with its report, and what this account can do. For others it does not exist."""
    return render(request, "training/shadowing/one.html", _about(request.user, _visible(request.user, pk)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The form of one step."""
    row = _visible(request.user, pk)

    def leave(row: Shadowing) -> str:
        # Who was asked for this one report only sees it no longer.
        return ROOM.address(row) if may_see(request.user, row) else reverse("desk")

    return ROOM.screen(request, row, step, _about(request.user, row), leave)


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _visible(user: Any, pk: int) -> Shadowing:
    _require(user_can_open(user))
    rows = Shadowing.objects.select_related("person__user", "unit", "reported_by__person", "decided_by__person")
    row = get_object_or_404(rows, pk=pk)
    if not may_see(user, row):
        raise Http404
    return row


def _about(user: Any, row: Shadowing) -> dict[str, Any]:
    return {
        "row": row,
        "evidence": evidence_of((EVIDENCE_KIND, row.pk)),
        "actions": ROOM.buttons(steps.steps(user, row)),
        "mine": is_own(user, row.person),
    }
