"""The page /search/: everything public, best first."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from modelsearch.backends import get_search_backend
from modelsearch.index import SearchField
from wagtail.models import Page, Site, get_page_models

from search import vocabulary
from search.backends.ranked import RankedBackend
from search.documents import declared
from search.kinds import SearchKind, declared_kinds, kind_of
from search.ordering import in_order
from search.passages import Asked, Passage, marked, passages
from search.suggesting import suggestion

PER_PAGE = 10
# What a villager types is a few words; more is a pasted document, and only costs time.
LONGEST_QUERY = 200
# Control characters and the marks that turn the direction of text: nobody types them, and they garble the page.
_UNTYPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Hit:
    """One hit as its card shows it. ``nth``: the how many-th of its kind on this page of hits, from 1."""

    page: Page
    kind: SearchKind
    url: str
    date: Any
    title: Passage
    passages: list[Passage]
    nth: int


@dataclass(frozen=True)
class KindChoice:
    """One kind to filter by, with its number of hits."""

    key: str
    label: Any
    count: int
    chosen: bool


def cleaned(typed: str) -> tuple[str, bool]:
    """What is searched for of what was typed, and whether it was cut."""
    query = _UNTYPED.sub(" ", typed).strip()
    return query[:LONGEST_QUERY].strip(), len(query) > LONGEST_QUERY


def public_pages(request: HttpRequest) -> Any:
    """Every page of this site that anyone may read; not those whose plugin has been taken out."""
    site = Site.find_for_request(request)
    served = ContentType.objects.get_for_models(*get_page_models())
    pages = Page.objects.live().public().filter(content_type__in=served.values())
    return pages.descendant_of(site.root_page, inclusive=True) if site else pages.none()


def search(request: HttpRequest) -> HttpResponse:
    """GET ?q=…&kind=…&p=…; any value of these is answered with a page."""
    query, was_cut = cleaned(request.GET.get("q", ""))
    context: dict[str, Any] = {"query": query, "was_cut": was_cut, "longest": LONGEST_QUERY}
    if query:
        context |= _answer(request, query)
    return render(request, "search/search.html", context)


def _answer(request: HttpRequest, query: str) -> dict[str, Any]:
    kinds = declared_kinds()
    pages = public_pages(request)
    searched = pages.specific()
    results = searched.search(query)
    total = results.count()
    per_type = results.facet("content_type_id") if total else {}
    types = {pk: kind_of(ContentType.objects.get_for_id(pk).model_class() or Page, kinds) for pk in per_type}
    choices = _choices(per_type, types, request.GET.get("kind", ""))
    chosen = next((choice for choice in choices if choice.chosen), None)
    if chosen:
        wanted = [pk for pk, kind in types.items() if kind.key == chosen.key]
        searched = pages.specific().filter(content_type__in=wanted)
        results = searched.search(query)
    paging = Paginator(in_order(results, searched, kinds), PER_PAGE).get_page(request.GET.get("p"))
    hits = _hits(paging, request, query, kinds)
    return {
        "paging": paging,
        "hits": hits,
        "styles": sorted({hit.kind.style for hit in hits} - {""}),
        "count": paging.paginator.count,
        "total": total,
        "kinds": choices,
        "chosen": chosen,
        "keep": "&" + urlencode({"q": query} | ({"kind": chosen.key} if chosen else {})),
        "repairing": _repairing(),
        "suggestion": suggestion(query),
    }


def _choices(per_type: dict[int, int], types: dict[int, SearchKind], chosen: str) -> list[KindChoice]:
    """The kinds among the hits, most hits first."""
    counts: dict[str, int] = {}
    labels = {}
    for pk, kind in types.items():
        counts[kind.key] = counts.get(kind.key, 0) + per_type[pk]
        labels[kind.key] = kind.label
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return [KindChoice(key, labels[key], count, key == chosen) for key, count in ordered]


def _hits(paging: PageOfList[Any], request: HttpRequest, query: str, kinds: list[SearchKind]) -> list[Hit]:
    asked = Asked.of(query, vocabulary.current().synonyms)
    hits: list[Hit] = []
    for page in paging:
        kind = kind_of(type(page), kinds)
        nth = 1 + sum(hit.kind == kind for hit in hits)
        title, text = page.title, "\n".join(text for text, _ in declared(page, SearchField, _all_but_title(page)))
        url = page.get_url(request) or ""
        hits.append(Hit(page, kind, url, kind.date(page), marked(title, asked), passages(text, asked), nth))
    return hits


def _all_but_title(page: Page) -> set[str]:
    return {field.field_name for field in page.get_search_fields()} - {"title"}


def _repairing() -> bool:
    """Whether hits may be missing because the index is gone or was damaged."""
    backend = get_search_backend()
    return isinstance(backend, RankedBackend) and not backend.store(Page).usable
