"""What the pages of materials list and show; the models may not ask the domain, their templates do."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Paginator
from django.db.models import Q

from training.domain.materials import readable_by, sheets, versions
from training.enums import MaterialKind
from training.models import MaterialIndexPage, MaterialPage, MaterialVersion

register = template.Library()
ENTRIES_PER_PAGE = 20


@register.simple_tag
def materials_listed(index: MaterialIndexPage, request: Any) -> dict[str, Any]:
    """The materials of a section that the reader may read, by kind and by words of the query string."""
    asked = request.GET
    found = readable_by(request.user).child_of(index)
    if not request.user.is_authenticated:
        found = found.public()
    kind = asked.get("kind", "")
    if kind in MaterialKind.values:
        found = found.filter(kind=kind)
    words = asked.get("q", "").strip()[:50]
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(introduction__icontains=word))
    kept = urlencode([(name, value) for name, value in (("kind", kind), ("q", words)) if value])
    return {
        "entries": Paginator(found.order_by("-last_published_at", "-pk"), ENTRIES_PER_PAGE).get_page(asked.get("p")),
        "kinds": MaterialKind.choices,
        "kind": kind,
        "words": words,
        "keep": f"&{kept}" if kept else "",
    }


@register.simple_tag
def version_shown(material: MaterialPage, request: Any) -> MaterialVersion | None:
    """The version that is read; None in a preview, which shows a draft."""
    return None if getattr(request, "is_preview", False) else versions.current(material)


@register.simple_tag
def draft_sheets(material: MaterialPage) -> list[sheets.Shown]:
    """The sheets of a draft, for its preview."""
    return sheets.of_parts(versions.parts_of(material))
