"""The public address of a paper."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .domain.docx import MEDIA_TYPE
from .domain.door import print_found
from .domain.registry import find_printable
from .domain.rendering import PrintingUnavailable


@require_safe
def document_pdf(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The paper as PDF for whoever the printable lets see it; for all others it does not exist."""
    return _document(request, kind, key, docx=False)


@require_safe
def document_docx(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The same for Word and WPS, for the same people; a kind that comes as PDF only does not exist here."""
    return _document(request, kind, key, docx=True)


def _document(request: HttpRequest, kind: str, key: str, docx: bool) -> HttpResponse:
    try:
        printable, found = find_printable(kind, key)
    except ValidationError as error:
        raise Http404 from error
    if not printable.user_can_print(request.user, found) or (docx and not printable.docx):
        raise Http404
    size = request.GET.get("size", "")
    if size and size not in printable.sizes:
        raise Http404
    try:
        if reason := printable.refusal(found):
            raise PrintingUnavailable(reason)
        public = printable.user_can_print(AnonymousUser(), found)
        paper = print_found(printable, key, found, size, docx=docx, keep=public)
        response = HttpResponse(paper.content, content_type=MEDIA_TYPE if docx else "application/pdf")
    except PrintingUnavailable as error:
        response = render(request, "printing/unavailable.html", {"error": error}, status=503)
    else:
        response["Content-Disposition"] = content_disposition_header(docx, paper.file_name) or "inline"
    # Whether it may be seen can change at any time.
    patch_cache_control(response, private=True, no_cache=True)
    return response
