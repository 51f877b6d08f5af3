"""Reading a material sheet by sheet, fetching its file, and what editors see of a file before it goes live."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from suite.background.domain.telling import progress_text
from suite.background.following import follow, progress
from training.domain.materials import may_read, sheets, versions
from training.domain.reading import shown as reading
from training.models import MaterialFile, MaterialPage, MaterialVersion

_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def _asked(request: HttpRequest, pk: int) -> tuple[MaterialPage, MaterialVersion] | HttpResponse:
    """The material and the version that is read. Raises Http404, PermissionDenied; gives the way to sign in."""
    material = get_object_or_404(MaterialPage.objects.live(), pk=pk)
    if not may_read(request.user, material):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("wagtailcore_login"))
        raise PermissionDenied
    version = versions.current(material)
    if version is None:
        raise Http404
    return material, version


@never_cache
@require_safe
def sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One sheet, with the way to the next; without scripts, on a telephone."""
    asked = _asked(request, pk)
    if isinstance(asked, HttpResponse):
        return asked
    material, version = asked
    shown = sheets.at(version, number)
    if shown is None:
        raise Http404
    reading.note_view(request.user, version, number, request.method or "", request.headers)
    context = {
        "material": material,
        "version": version,
        "shown": shown,
        "following": number + 1 if number < version.sheets else None,
        "before": number - 1 if number > 1 else None,
    }
    return render(request, "training/materials/sheet.html", context)


@never_cache
@require_safe
def picture(request: HttpRequest, pk: int, version: int, number: int) -> Any:
    """The picture of one sheet of the version that is read."""
    asked = _asked(request, pk)
    if isinstance(asked, HttpResponse):
        return asked
    shown = sheets.at(asked[1], number)
    if asked[1].number != version or shown is None:
        raise Http404
    return _picture(shown.sheet)


@never_cache
@require_safe
def file(request: HttpRequest, pk: int) -> Any:
    """The PDF of the version that is read, to keep or to print."""
    asked = _asked(request, pk)
    if isinstance(asked, HttpResponse):
        return asked
    part = next((part for part in asked[1].parts.select_related("file") if part.file.is_pdf), None)
    if part is None:
        raise Http404
    return _whole(part.file)


@never_cache
@login_required
@require_safe
def file_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the sheets of a file are, and the sheets; for its editors."""
    found = _edited(request, pk)
    address = reverse("training_materials_file_progress", args=[found.pk])
    text = progress_text(found, timezone.now())
    context = {
        "file": found,
        "sheets": found.sheets.all(),
        "following": follow(request, found, _("Pages drawn"), text, address),
    }
    return render(request, "training/materials/file_state.html", context)


@never_cache
@login_required
@require_safe
def file_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """For the bar."""
    found = _edited(request, pk)
    return progress(found, progress_text(found, timezone.now()))


@never_cache
@login_required
@require_safe
def draft_picture(request: HttpRequest, pk: int, number: int) -> Any:
    """One sheet of a file that may not be live yet; for its editors."""
    return _picture(get_object_or_404(_edited(request, pk).sheets, number=number))


@never_cache
@login_required
@require_safe
def draft_file(request: HttpRequest, pk: int) -> Any:
    """A file as it was uploaded; for its editors."""
    return _whole(_edited(request, pk))


def _edited(request: HttpRequest, pk: int) -> MaterialFile:
    found = get_object_or_404(MaterialFile, pk=pk)
    if not sheets.seen_by_editors(request.user, found):
        raise Http404
    return found


def _picture(sheet: Any) -> FileResponse:
    return _kept(sheet.picture, "image/webp", f"{sheet.number}.webp", attached=False)


def _whole(found: MaterialFile) -> FileResponse:
    return _kept(
        found.file, "application/pdf" if found.is_pdf else "application/octet-stream", found.name, attached=True
    )


def _kept(stored: Any, content_type: str, name: str, attached: bool) -> FileResponse:
    try:
        content = stored.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=attached, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
