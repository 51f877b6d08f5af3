"""What everybody sees of a draw: the register, one draw, its files, and two pages that work without this site."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from suite.theme.office import outside_address

from .domain.file import as_file
from .domain.showing import shown
from .models import Draw

DRAWS_PER_PAGE = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All public draws, newest first; void and repeated ones too."""
    draws = Paginator(Draw.objects.public().order_by("-frozen_at", "-pk"), DRAWS_PER_PAGE)
    return render(request, "draw/index.html", {"paging": draws.get_page(request.GET.get("p"))})


@require_safe
def draw(request: HttpRequest, public_id: str) -> HttpResponse:
    """One draw: who was drawn first, the proof below."""
    found = _found(public_id)
    return render(request, "draw/draw.html", {"draw": found, "shown": shown(found, request.GET.get("p"))})


@require_safe
def list_text(request: HttpRequest, public_id: str) -> HttpResponse:
    """The frozen list byte by byte: its SHA-256 is the published one."""
    found = _found(public_id)
    return _download(found.list_text, "text/plain", f"draw-{found.public_id}.txt")


@require_safe
def draw_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything needed to compute the draw again, see docs/draw.md."""
    found = _found(public_id)
    file = as_file(found, outside_address(found.get_absolute_url()))
    return _download(json.dumps(file, ensure_ascii=False, indent=1), "application/json", f"draw-{found.public_id}.json")


@require_safe
def verify_page(request: HttpRequest) -> HttpResponse:
    """One HTML file that checks a draw's file in the browser; may be saved and used without a network."""
    return render(request, "draw/verify.html")


@require_safe
def hash_page(request: HttpRequest) -> HttpResponse:
    """One HTML file that makes somebody's string and its hash in the browser, sending nothing."""
    return render(request, "draw/hash.html")


def _found(public_id: str) -> Draw:
    return get_object_or_404(Draw.objects.public().select_related("again_of", "successor"), public_id=public_id)


def _download(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
