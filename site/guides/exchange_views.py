"""Screens of import and export. An import exists for whoever uploaded it."""

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from suite.background.following import follow, progress

from .domain import lifecycle
from .domain.exchange.planning import CHANGE, CREATE, SAME
from .domain.exchange.writing import template
from .enums import ImportState
from .models import GuideExport, GuideImport
from .permissions import EXCHANGE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Uploads that are listed.
SHOWN = 10


class UploadForm(forms.Form):
    """The filled-in workbook."""

    file = forms.FileField(
        label=gettext_lazy("Filled-in workbook"),
        help_text=gettext_lazy("An .xlsx file of at most 8 MB. It is only read at first; you see what would happen."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def exchange(request: HttpRequest) -> HttpResponse:
    """Template, export, upload, and one's own uploads."""
    admit(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = lifecycle.receive(form.cleaned_data["file"], request.user)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            return redirect("guides_import", upload.pk)
    uploads = _own(request).defer("upload", "items", "report")[:SHOWN]
    exports = GuideExport.objects.filter(requested_by_id=request.user.pk).defer("content")[:SHOWN]
    status = 422 if form.is_bound else 200
    context = {**frame(), "form": form, "uploads": uploads, "exports": exports}
    return render(request, "guides/admin/exchange.html", context, status=status)


@require_safe
def template_file(request: HttpRequest) -> FileResponse:
    """The workbook to be filled in."""
    admit(request)
    output = io.BytesIO()
    template(output)
    return as_file(output, _("Template of the service guides.xlsx"))


def import_screen(request: HttpRequest, key: int) -> HttpResponse:
    """How far it is, the dry run, or what became of it. Posted: import it, or leave it."""
    admit(request)
    upload = get_object_or_404(_own(request), pk=key)
    if request.method == "POST":
        try:
            if "drop" in request.POST:
                lifecycle.drop(upload)
            elif lifecycle.confirm(upload).state == ImportState.READY:
                messages.warning(
                    request, _("Guides were changed since the dry run. Look at the new one below and confirm again.")
                )
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("guides_import", upload.pk)
    label = _("Reading and comparing") if upload.state == ImportState.READING else _("Writing drafts")
    address = reverse("guides_import_progress", args=[upload.pk])
    context = {
        **frame(upload.file_name),
        "upload": upload,
        "following": follow(request, upload, label, progress_text(upload), address),
        "new": upload.steps_of(CREATE),
        "changed": upload.steps_of(CHANGE),
        "same": upload.steps_of(SAME),
    }
    return render(request, "guides/admin/import.html", context)


@require_safe
def import_progress(request: HttpRequest, key: int) -> JsonResponse:
    """The same for the script on that screen."""
    admit(request)
    upload = get_object_or_404(_own(request).defer("upload", "items", "report"), pk=key)
    return progress(upload, progress_text(upload))


def progress_text(upload: GuideImport) -> str:
    """How far it is, in words."""
    if upload.state == ImportState.READING:
        return ngettext("%(count)d row read", "%(count)d rows read", upload.done) % {"count": upload.done}
    return _("%(done)d of %(total)d items written") % {"done": upload.done, "total": upload.total}


def admit(request: HttpRequest) -> None:
    """Raises PermissionDenied for who may neither import nor export."""
    if not request.user.has_perm(EXCHANGE):
        raise PermissionDenied


def _own(request: HttpRequest):
    return GuideImport.objects.filter(requested_by_id=request.user.pk)


def as_file(output: io.BytesIO, name: str) -> FileResponse:
    """A workbook to be kept under that name."""
    output.seek(0)
    response = FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def frame(title: str = "") -> dict[str, Any]:
    """What the head of such a screen needs; ``title``: of one upload or export, '' for the screen of them all."""
    all_of_them = _("Import and export")
    here = [{"url": reverse("guides_exchange") if title else "", "label": all_of_them}]
    return {
        "page_title": title or _("Import and export of service guides"),
        "header_icon": "doc-full",
        "breadcrumbs_items": here + ([{"url": "", "label": title}] if title else []),
    }
