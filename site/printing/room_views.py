"""The print room 打印室: papers made by hand from typed or pasted text. Nothing is stored, nothing is traced."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.theme.office import current_office

from .domain.docx import MEDIA_TYPE
from .domain.door import print_sheet
from .domain.rendering import PrintingUnavailable
from .permissions import user_can_use_print_room
from .room_forms import FORMS


@never_cache
@login_required
@require_safe
def print_room(request: HttpRequest) -> HttpResponse:
    """What can be made here."""
    _admit(request)
    return render(request, "printing/room.html", {"forms": FORMS.values()})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_paper(request: HttpRequest, key: str) -> HttpResponse:
    """The form of one kind of paper; filled in, the paper itself: to look at or (``as`` download, docx) to keep."""
    _admit(request)
    if key not in FORMS:
        raise Http404
    if request.method != "POST":
        form = FORMS[key](initial=_usual(request))
        return render(request, "printing/room_paper.html", {"form": form})
    form = FORMS[key](request.POST, request.FILES)
    if form.is_valid() and form.sheet:
        try:
            docx = form.docx and request.POST.get("as") == "docx"
            paper = print_sheet(form.sheet, docx=docx)
        except PrintingUnavailable as error:
            form.add_error(None, error)
        else:
            response = HttpResponse(paper.content, content_type=MEDIA_TYPE if docx else "application/pdf")
            attached = docx or request.POST.get("as") == "download"
            response["Content-Disposition"] = content_disposition_header(attached, paper.file_name) or "inline"
            return response
    return render(request, "printing/room_paper.html", {"form": form}, status=422)


def _admit(request: HttpRequest) -> None:
    if not user_can_use_print_room(request.user):
        raise PermissionDenied


def _usual(request: HttpRequest) -> dict[str, Any]:
    """What most papers of this office say."""
    office = current_office(request)
    return {"signatory": office.issuer, "date": localdate(), "phone": office.hall_phone}
