"""Screens of the export: ordered, followed, fetched. An export exists for whoever ordered it."""

import io

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from suite.background import following

from .domain import lifecycle
from .exchange_views import admit, as_file, frame
from .models import GuideExport


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Begin to write every item as its newest draft reads; one that is being written already is shown."""
    admit(request)
    return redirect("guides_export_screen", lifecycle.order_export(request.user).pk)


@require_safe
def screen(request: HttpRequest, key: int) -> HttpResponse:
    """How far it is, then the file, or why there is none."""
    admit(request)
    export = _own(request, key)
    address = reverse("guides_export_progress", args=[export.pk])
    follow = following.follow(request, export, _("Writing the workbook"), progress_text(export), address)
    context = {**frame(export.file_name), "export": export, "following": follow}
    return render(request, "guides/admin/export.html", context)


@require_safe
def progress(request: HttpRequest, key: int) -> JsonResponse:
    """The same for the script on that screen."""
    admit(request)
    export = _own(request, key)
    return following.progress(export, progress_text(export))


@require_safe
def fetch(request: HttpRequest, key: int) -> FileResponse:
    """The file."""
    admit(request)
    export = _own(request, key, whole=True)
    if export.content is None:
        raise Http404
    return as_file(io.BytesIO(bytes(export.content)), export.file_name)


def progress_text(export: GuideExport) -> str:
    """How far it is, in words."""
    if export.done < export.total or not export.total:
        return _("%(done)d of %(total)d items read") % {"done": export.done, "total": export.total}
    return _("All items are read; the file is being put together.")


def _own(request: HttpRequest, key: int, whole: bool = False) -> GuideExport:
    mine = GuideExport.objects.filter(requested_by_id=request.user.pk)
    return get_object_or_404(mine if whole else mine.defer("content"), pk=key)
