"""For who runs training: ask people to read a material, give them longer, withdraw it (requirement Q)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.registers.refusals import saved_or_refused
from training.domain.lifecycle import reading as lifecycle
from training.domain.reading.standing import Standing
from training.domain.staff import Staff
from training.enums import RequirementState
from training.forms.reading import AskForm, ExtendForm, WithdrawForm
from training.models import Requirement
from training.permissions import user_can_run

REFUSED = 422
ON_A_PAGE = 30
METHODS = ("GET", "HEAD", "POST")


@never_cache
@login_required
@require_http_methods(METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask roles, units and people to read a material by a day."""
    _admit(request)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = saved_or_refused(
            form,
            lambda: lifecycle.ask(
                given["material"],
                given["due"],
                given["reason"],
                request.user,
                **{field: given[field] for field in ("roles", "units", "people")},
            ),
        )
        if made is not None:
            messages.success(request, _("Asked. It stands on the desks of those who are meant."))
            return redirect("training_reading_requirement", made.pk)
    status = REFUSED if form.errors else 200
    return render(request, "training/reading/ask.html", {"form": form}, status=status)


@never_cache
@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that was ever asked, what runs first."""
    _admit(request)
    rows = Requirement.objects.select_related("material").prefetch_related("roles", "units", "people")
    paging = Paginator(rows.order_by("state", "-due", "-pk"), ON_A_PAGE).get_page(request.GET.get("p"))
    return render(request, "training/reading/asked.html", {"paging": paging})


@never_cache
@login_required
@require_http_methods(METHODS)
def requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """One requirement: whom it means, who has not read, longer or withdrawn."""
    _admit(request)
    row = get_object_or_404(Requirement.objects.select_related("material"), pk=pk)
    do = request.POST.get("do", "")
    extend = ExtendForm(request.POST if do == "extend" else None)
    withdraw = WithdrawForm(request.POST if do == "withdraw" else None)
    if do == "extend" and _done(extend, lambda: lifecycle.extend(row, extend.cleaned_data["due"], request.user)):
        messages.success(request, _("Everybody who is asked has longer now."))
        return redirect("training_reading_requirement", pk)
    if do == "withdraw" and _done(
        withdraw, lambda: lifecycle.withdraw(row, withdraw.cleaned_data["reason"], request.user)
    ):
        messages.success(request, _("Withdrawn: nobody is asked any more. What was confirmed stays."))
        return redirect("training_reading_requirement", pk)
    staff = Staff()
    found = Standing(staff, requirement=row.pk).materials
    context = {
        "requirement": row,
        "active": row.state == RequirementState.ACTIVE,
        "asked": found[0] if found else None,
        "total": Standing(staff, requirement=row.pk).total(found[0]) if found else None,
        "extend": extend,
        "withdraw": withdraw,
        "failed": {"extend": extend, "withdraw": withdraw}.get(do),
    }
    return render(request, "training/reading/requirement.html", context, status=REFUSED if do else 200)


def _done(form: Any, change: Callable[[], Any]) -> bool:
    return form.is_valid() and saved_or_refused(form, change) is not None


def _admit(request: HttpRequest) -> None:
    if not user_can_run(request.user):
        raise PermissionDenied
