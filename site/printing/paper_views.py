"""The page that tells what a paper in somebody's hand is worth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .codes import read_code
from .domain.papers import Living
from .domain.standing import standing

CHANGES_SHOWN = 8


@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """A field for the code under the QR, for people without a camera. Looked for, it leads to the paper's page."""
    typed = request.GET.get("code")
    if typed and (code := read_code(typed)):
        return redirect("papers:paper", code)
    error = "" if typed is None else _("Type the eight characters beside the QR code, for example K7QX 3MRT.")
    return render(request, "printing/paper_form.html", {"typed": typed or "", "error": error})


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper with that code is worth now; 404 with a page of its own for a code that is not ours."""
    found = standing(code)
    if found is None:
        response = render(request, "printing/paper_unknown.html", {"typed": code}, status=404)
    else:
        told = found.told
        all_changes = [] if told else found.changes
        context = {
            "paper": found,
            "told": told,
            "changes": all_changes[:CHANGES_SHOWN],
            "more_changes": len(all_changes[CHANGES_SHOWN:]),
            **(_living(found.now, request) if found.now else {}),
        }
        response = render(request, "printing/paper.html", context)
    # It holds for this moment, and codes are for those who have the paper.
    patch_cache_control(response, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _living(now: Living, request: HttpRequest) -> dict[str, object]:
    """The page and the PDF files of the object as it is now."""
    pdf, sizes = reverse("printing:document", args=[now.printable.kind, now.key]), now.printable.sizes
    files = [("", pdf)] if len(sizes) == 1 else [(size, f"{pdf}?size={size}") for size in sizes]
    return {
        "address": now.found.get_url(request) if isinstance(now.found, Page) else now.sheet.address,
        "number": now.sheet.context.get("number", ""),
        "files": [] if now.printable.refusal(now.found) else files,
    }
