"""A file of evidence, for whom the record's plugin lets read it."""

import logging

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .domain import may_read
from .models import Evidence
from .validators import format_of

logger = logging.getLogger(__name__)
# Shown in the browser; everything else is downloaded.
_SHOWN = ("image/", "application/pdf")
# Nothing in a file runs, loads or sends anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; sandbox"


@never_cache
@login_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file. For whoever may not read it there is none: 404, as for one that was removed."""
    evidence = Evidence.objects.present().exclude(name="").filter(pk=pk).first()
    if evidence is None or not may_read(request.user, evidence):
        raise Http404
    try:
        content = evidence.file.open("rb")
    except FileNotFoundError as error:
        logger.error("The file of evidence %s is missing: %s. Put it back from the backup.", pk, evidence.file.name)
        raise Http404 from error
    found = format_of(evidence.name)
    content_type = found.content_type if found else "application/octet-stream"
    response = FileResponse(
        content,
        as_attachment=not content_type.startswith(_SHOWN),
        filename=evidence.name,
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
