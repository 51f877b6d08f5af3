"""The public address of a paper."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .domain.files import file_name
from .domain.registry import find_printable
from .domain.rendering import PrintingUnavailable, render_pdf


@require_safe
def document_pdf(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The paper as PDF for whoever the printable lets see it; for all others it does not exist."""
    try:
        printable, found = find_printable(kind, key)
    except ValidationError as error:
        raise Http404 from error
    if not printable.user_can_print(request.user, found):
        raise Http404
    sheet = printable.document(found)
    try:
        response = HttpResponse(render_pdf(sheet), content_type="application/pdf")
    except PrintingUnavailable as error:
        response = render(request, "printing/unavailable.html", {"error": error, "sheet": sheet}, status=503)
    else:
        response["Content-Disposition"] = content_disposition_header(False, file_name(sheet)) or "inline"
    # Whether it may be seen can change at any time.
    patch_cache_control(response, private=True, no_cache=True)
    return response
