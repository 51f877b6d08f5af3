"""Certificates: issued to all who were there, printed, voided."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printing.domain.packs import PackItem, order_pack
from suite.registers.refusals import saved_or_refused
from training.domain.attendance.papers import CERTIFICATE
from training.domain.attendance.records import there
from training.domain.attendance.series import certificate_series
from training.domain.lifecycle import certificates
from training.enums import CertificateState
from training.forms.attendance import ReasonForm
from training.models import Certificate, Session
from training.permissions import user_can_run

REFUSED = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there, who has a certificate; issue what is missing, print all as one file."""
    _require_run(request)
    session = get_object_or_404(Session.objects.select_related("course"), pk=pk)
    if request.method == "POST":
        try:
            if "print" in request.POST:
                counting = Certificate.objects.filter(attendance__session=session, state=CertificateState.ISSUED)
                items = [PackItem(CERTIFICATE, str(one.pk)) for one in counting.order_by("pk")]
                pack = order_pack(_("Certificates: %(session)s") % {"session": session}, items, request.user)
                return redirect("printing:pack", pack.pk)
            made = certificates.issue_all(session, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("%(count)s certificates were issued.") % {"count": len(made)})
        return redirect("training_attendance_certificates", pk)
    all_of_it = Certificate.objects.filter(attendance__session=session).select_related("attendance")
    context = {
        "session": session,
        "series": certificate_series(),
        "issued": [one for one in all_of_it if one.state == CertificateState.ISSUED],
        "voided": [one for one in all_of_it if one.state == CertificateState.VOIDED],
        "without": there(session).exclude(certificates__state=CertificateState.ISSUED),
    }
    return render(request, "training/attendance/certificates.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Void one, with the reason."""
    _require_run(request)
    found = get_object_or_404(Certificate.objects.select_related("attendance"), attendance__session=pk, pk=key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        voided = saved_or_refused(form, lambda: certificates.void(found, form.cleaned_data["reason"], request.user))
        if voided:
            return redirect("training_attendance_certificates", pk)
    context = {"certificate": found, "session_pk": pk, "form": form}
    return render(request, "training/attendance/void.html", context, status=REFUSED if form.errors else 200)


def _require_run(request: HttpRequest) -> None:
    if not user_can_run(request.user):
        raise PermissionDenied
