"""The efficiency supervisor in the village, phone in hand: results by unit, each row looked at (requirement I)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import Unit
from suite.registers.refusals import saved_or_refused

from .desk_forms import SendBackForm, VerifyForm
from .domain.lifecycle import results
from .domain.queries import month_of
from .domain.supervision import require_may_verify
from .domain.verifying import to_verify
from .domain.whole import whole
from .enums import CommitmentState
from .models import Commitment
from .permissions import user_can_verify

REFUSED = 422


@never_cache
@login_required
@require_safe
def verifications(request: HttpRequest) -> HttpResponse:
    """What there is to verify, by unit; one's own units are not among them."""
    return _listed(request, Commitment.objects.all())


@never_cache
@login_required
@require_safe
def of_unit(request: HttpRequest, code: str, unit: int) -> HttpResponse:
    """What there is to verify in one unit for one month."""
    month = month_of(code)
    if month is None:
        raise Http404
    return _listed(request, Commitment.objects.filter(month=month, unit=unit), get_object_or_404(Unit, pk=unit))


def _listed(request: HttpRequest, rows: QuerySet[Commitment], unit: Unit | None = None) -> HttpResponse:
    if not user_can_verify(request.user):
        raise PermissionDenied
    units = to_verify(request.user, rows)
    context = {"units": units, "total": sum(len(one.commitments) for one in units), "unit": unit}
    return render(request, "commitments/desk/verifications.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment's results. What is filled in is saved row by row; all verified, it goes on to the township."""
    if not user_can_verify(request.user):
        raise PermissionDenied
    row = get_object_or_404(Commitment.objects.select_related("person__user", "unit", "month"), pk=pk)
    not_mine = _why_not(request.user, row)
    waits = row.state == CommitmentState.REPORTED and not not_mine
    data = request.POST if request.method == "POST" and waits else None
    do = request.POST.get("do", "")
    forms = [VerifyForm(data, row=one) for one in whole(row)]
    back = SendBackForm(data if do == "back" else None)
    if data is not None and do == "back":
        if back.is_valid() and saved_or_refused(
            back, lambda: results.send_back(row, back.cleaned_data["remark"], request.user)
        ):
            messages.success(request, _("Sent back to %(person)s with your remark.") % {"person": row.person})
            return _back_to_unit(row)
    elif data is not None and (done := _saved(forms, row, request, finish=do == "finish")) is not None:
        return done
    context = {
        "commitment": row,
        "forms": forms,
        "back": back,
        "waits": waits,
        "not_mine": not_mine,
        "problems": [form for form in forms if form.errors] if do != "back" else [],
    }
    return render(request, "commitments/desk/verify.html", context, status=REFUSED if data is not None else 200)


def _saved(forms: list[VerifyForm], row: Commitment, request: HttpRequest, finish: bool) -> HttpResponse | None:
    """Save every row that was touched; None where one of them was refused. Those that are right stay saved."""
    touched = [form for form in forms if form.has_changed()]
    fine = [form for form in touched if form.is_valid() and _verified(form, request.user)]
    if len(fine) < len(touched):
        return None
    if not finish:
        saved = ngettext("%(count)d row saved.", "%(count)d rows saved.", len(fine)) % {"count": len(fine)}
        messages.success(request, saved)
        return redirect("commitments_verify_one", row.pk)
    try:
        results.finish_verification(row, request.user)
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
        return redirect("commitments_verify_one", row.pk)
    messages.success(request, _("Verified: %(person)s. The township decides now.") % {"person": row.person})
    return _back_to_unit(row)


def _back_to_unit(row: Commitment) -> HttpResponse:
    return redirect("commitments_verify", row.month.code, row.unit_id)


def _verified(form: VerifyForm, user: Any) -> bool:
    given = form.cleaned_data
    return bool(
        saved_or_refused(
            form, lambda: results.verify(form.promise, given["way"], given["agrees"], given["remark"], user)
        )
    )


def _why_not(user: Any, row: Commitment) -> str:
    """Why this supervisor may not verify it, '' where they may."""
    try:
        require_may_verify(user, row)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""
