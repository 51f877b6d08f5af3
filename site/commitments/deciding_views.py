"""The efficiency office decides what became of each promise; nothing is decided without a tap (requirement I)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.registers.refusals import saved_or_refused

from .desk_forms import DecideForm
from .domain.deciding import may_decide, waiting_for
from .domain.lifecycle import results
from .domain.whole import whole
from .enums import CommitmentState
from .models import Commitment
from .permissions import user_can_approve, user_can_run

REFUSED = 422


def user_can_open_decisions(user: Any) -> bool:
    """The efficiency office, and leaders, one of whom decides on the office's own."""
    return user_can_run(user) or user_can_approve(user)


@never_cache
@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What is verified and waits for this account's decision."""
    if not user_can_open_decisions(request.user):
        raise PermissionDenied
    return render(request, "commitments/desk/decisions.html", {"waiting": waiting_for(request.user)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment: promised, reported, found, and the township's outcome of each row; then the next one."""
    row = get_object_or_404(Commitment.objects.select_related("person__user", "unit", "month"), pk=pk)
    if not may_decide(request.user, row):
        raise PermissionDenied
    waits = row.state == CommitmentState.VERIFIED
    form = DecideForm(request.POST if request.method == "POST" and waits else None, rows=whole(row))
    if form.is_valid() and saved_or_refused(form, lambda: results.decide(row, form.outcomes(), request.user)):
        messages.success(request, _("Decided: %(person)s.") % {"person": row.person})
        left = waiting_for(request.user)
        return redirect("commitments_decide", left[0].pk) if left else redirect("commitments_decisions")
    context = {
        "commitment": row,
        "form": form,
        "waits": waits,
        "left": len(waiting_for(request.user)) if waits else 0,
    }
    return render(request, "commitments/desk/decide.html", context, status=REFUSED if form.errors else 200)
