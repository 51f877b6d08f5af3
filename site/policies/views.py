"""Two small forms in the admin: the confidentiality check and the validity of a document."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from .forms import ConfidentialityForm, RecordForm, ValidityForm
from .models import PolicyPage
from .permissions import CHECK_CONFIDENTIALITY, RECORD_VALIDITY


def confidentiality(request: HttpRequest, page_id: int) -> HttpResponse:
    """保密审查 of the newest draft."""
    policy = get_object_or_404(PolicyPage, pk=page_id)
    return _record(
        request,
        policy,
        ConfidentialityForm,
        CHECK_CONFIDENTIALITY,
        _("Confidentiality check"),
        history=policy.confidentiality_checks.select_related("checked_by", "batch"),
    )


def validity(request: HttpRequest, page_id: int) -> HttpResponse:
    """效力 of a document from a day on."""
    policy = get_object_or_404(PolicyPage, pk=page_id)
    return _record(
        request,
        policy,
        ValidityForm,
        RECORD_VALIDITY,
        _("Validity"),
        history=policy.validity_records.select_related("replaced_by", "recorded_by"),
    )


def _record(
    request: HttpRequest, policy: PolicyPage, form_class: type[RecordForm], permission: str, heading: str, history: Any
) -> HttpResponse:
    if not request.user.has_perm(permission):
        raise PermissionDenied
    form = form_class(request.POST or None, policy=policy, user=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(
            request, _("Recorded: %(heading)s of “%(title)s”.") % {"heading": heading, "title": policy.title}
        )
        return redirect("wagtailadmin_pages:edit", policy.pk)
    context = {
        "form": form,
        "policy": policy,
        "history": history,
        "heading": heading,
        "page_title": heading,
        "page_subtitle": policy.get_admin_display_title(),
        "header_icon": "doc-full-inverse",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_pages:edit", args=[policy.pk]), "label": policy.get_admin_display_title()},
            {"url": "", "label": heading},
        ],
    }
    return render(request, "policies/admin/record.html", context)
