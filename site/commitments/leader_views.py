"""The leader in charge on the desk: commitments one after the other, amendments with both texts (requirement I)."""

from __future__ import annotations

import datetime
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
from suite.theme.dates import in_full

from .desk_forms import RefuseForm, ReturnForm
from .domain.approving import amendments_waiting, commitments_waiting
from .domain.lifecycle import amendments, commitments
from .domain.responsibility import approver_of
from .domain.whole import whole
from .enums import AmendmentState, CommitmentState
from .models import Amendment, Commitment, Promise
from .permissions import user_can_approve, user_can_file

REFUSED = 422
# What an amendment may change, in the order of the form.
PARTS = ("work", "measures", "goal", "due")


@never_cache
@login_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this leader: commitments and amendments."""
    _admit(request.user)
    context = {"waiting": commitments_waiting(request.user), "amendments": amendments_waiting(request.user)}
    return render(request, "commitments/desk/approvals.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment whole, to be approved or returned; then the next one."""
    row = get_object_or_404(Commitment.objects.select_related("person__user", "unit", "month"), pk=pk)
    behalf = _require_approver(request.user, row)
    waits = row.state == CommitmentState.FILED
    form = ReturnForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and waits and form.is_valid() and _decided(form, row, request):
        return _next_commitment(request.user)
    queue = commitments_waiting(request.user) if waits else []
    context = {
        "commitment": row,
        "rows": whole(row),
        "behalf": behalf,
        "waits": waits,
        "form": form,
        "left": len(queue),
        "after": _after(queue, row.pk),
    }
    return render(request, "commitments/desk/approve.html", context, status=REFUSED if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """One amendment, before and after beside each other, to be accepted or refused."""
    found = get_object_or_404(
        Amendment.objects.select_related("promise__commitment__person__user", "promise__commitment__unit"), pk=pk
    )
    row = found.promise.commitment
    behalf = _require_approver(request.user, row)
    waits = found.state == AmendmentState.PROPOSED
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and waits and form.is_valid():
        accepts = request.POST.get("do") == "accept"

        def change() -> Any:
            if accepts:
                return amendments.accept(found, request.user)
            return amendments.refuse(found, form.cleaned_data["remark"], request.user)

        if saved_or_refused(form, change):
            said = _("Amendment approved: %(person)s.") if accepts else _("Amendment refused: %(person)s.")
            messages.success(request, said % {"person": row.person})
            return _next_amendment(request.user)
    context = {
        "amendment": found,
        "commitment": row,
        "parts": [(_label(name), _shown(found.before, name), _shown(found.after, name)) for name in PARTS],
        "behalf": behalf,
        "waits": waits,
        "form": form,
    }
    return render(request, "commitments/desk/amendment.html", context, status=REFUSED if form.errors else 200)


def _decided(form: ReturnForm, row: Commitment, request: HttpRequest) -> bool:
    if form.cleaned_data["version"] not in (None, row.version):
        form.add_error(None, _("It was changed since you opened it. Read it again, it is shown below as it is now."))
        form.data = {**form.data.dict(), "version": str(row.version)}  # type: ignore[attr-defined]  # a QueryDict
        return False
    returns = request.POST.get("do") == "return"

    def change() -> Any:
        if returns:
            return commitments.return_with_remark(row, form.cleaned_data["remark"], request.user)
        return commitments.approve(row, request.user)

    if not saved_or_refused(form, change):
        return False
    said = _("Returned to %(person)s with your remark.") if returns else _("Approved and public now: %(person)s.")
    messages.success(request, said % {"person": row.person})
    return True


def _label(name: str) -> Any:
    field: Any = Promise._meta.get_field(name)
    return field.verbose_name


def _shown(texts: dict[str, str], name: str) -> str:
    value = texts.get(name) or ""
    return in_full(datetime.date.fromisoformat(value)) if name == "due" and value else value


def _next_commitment(user: Any) -> HttpResponse:
    """The next commitment that waits; the list where none is left."""
    left = commitments_waiting(user)
    return redirect("commitments_approve", left[0].commitment.pk) if left else redirect("commitments_approvals")


def _next_amendment(user: Any) -> HttpResponse:
    left = [one.amendment for one in amendments_waiting(user) if one.amendment]
    return redirect("commitments_amendment", left[0].pk) if left else redirect("commitments_approvals")


def _after(queue: list[Any], pk: int) -> int | None:
    """The commitment that comes after this one in the list, from the beginning again at its end."""
    keys = [one.commitment.pk for one in queue]
    if pk not in keys or len(keys) == 1:
        return None
    return int(keys[(keys.index(pk) + 1) % len(keys)])


def user_can_open_approvals(user: Any) -> bool:
    """Leaders, and cadres, who may stand in for one; what waits for them depends on the day."""
    return user_can_approve(user) or user_can_file(user)


def _admit(user: Any) -> None:
    if not user_can_open_approvals(user):
        raise PermissionDenied


def _require_approver(user: Any, row: Commitment) -> Any:
    """On whose behalf this account approves the commitment, None in its own right; refuse everybody else."""
    _admit(user)
    found = approver_of(row)
    if found is None or found.person.user_id != user.pk:
        raise PermissionDenied
    return found.on_behalf_of
