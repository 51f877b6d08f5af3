"""What the section of published notes and articles shows: those everybody may read, by year and kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

from .enums import WritingKind

if TYPE_CHECKING:
    from .models import StudyIndexPage

ON_A_PAGE = 20


def study_pages(section: StudyIndexPage, query: Mapping[str, str]) -> dict[str, Any]:
    """The pages below the section, newest first; ``year`` and ``kind`` of the query narrow them, nonsense does not."""
    from .models import StudyPage

    found = StudyPage.objects.child_of(section).live().public()
    years = list(found.exclude(year=None).order_by("-year").values_list("year", flat=True).distinct())
    year = next((one for one in years if str(one) == query.get("year")), None)
    kind = query.get("kind", "") if query.get("kind") in WritingKind.values else ""
    shown = found.filter(**({"year": year} if year else {}), **({"kind": kind} if kind else {}))
    shown = shown.select_related("author", "unit").order_by("-first_published_at", "-pk")
    chosen = [f"{name}={value}" for name, value in (("year", year), ("kind", kind)) if value]
    return {
        "years": years,
        "year": year,
        "kinds": WritingKind.choices,
        "kind": kind,
        "entries": Paginator(shown, ON_A_PAGE).get_page(query.get("p")),
        "keep": "".join(f"&{one}" for one in chosen),
    }
