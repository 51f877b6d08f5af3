"""The page /search/: everything public, best first."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from modelsearch.index import SearchField
from wagtail.models import Page, Site, get_page_models

from search import vocabulary
from search.attachments.hits import InFile, in_files
from search.documents import declared
from search.found import Found, find
from search.health import away, notes
from search.kinds import SearchKind
from search.misses.counting import count_after
from search.ordering import InOrder
from search.passages import Asked, Passage, marked, passages
from search.suggesting import suggestion

PER_PAGE = 10
# What a villager types is a few words; more is a pasted document, and only costs time.
LONGEST_QUERY = 200
# Control characters and the marks that turn the direction of text: nobody types them, and they garble the page.
_UNTYPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Hit:
    """One hit as its card shows it.

    ``ended``: it is known not to be in force any more. ``answers``: it answers the question, among the first.
    ``in_file``: what a file says that the page links, where its own text does not say it.
    """

    page: Page
    kind: SearchKind
    url: str
    date: Any
    title: Passage
    passages: list[Passage]
    ended: bool
    answers: bool
    in_file: InFile | None


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
    """GET ?q=…&kind=…&issuer=…&year=…&force=…&p=…; any value of these is answered with a page."""
    query, was_cut = cleaned(request.GET.get("q", ""))
    context: dict[str, Any] = {"query": query, "was_cut": was_cut, "longest": LONGEST_QUERY}
    if query:
        context |= _answer(request, query)
    response = render(request, "search/search.html", context)
    if query and not context["count"] and not context["notes"]:
        count_after(request, response, query)
    return response


def _answer(request: HttpRequest, query: str) -> dict[str, Any]:
    pages, synonyms = public_pages(request), vocabulary.current().synonyms
    found = find(query, pages, synonyms, request.GET)
    ordered: Any = InOrder(pages.specific(), [*found.answers, *found.others])
    paging = Paginator(ordered, PER_PAGE).get_page(request.GET.get("p"))
    words = Asked.of(query, synonyms)
    texts = {page.pk: _text(page) for page in paging}
    files = in_files({page.pk: f"{page.title}\n{texts[page.pk]}" for page in paging}, words)
    hits = [_hit(page, request, words, found, texts[page.pk], files.get(page.pk)) for page in paging]
    asked = {"q": query, **found.narrowed.chosen}
    return {
        "paging": paging,
        "answers": [hit for hit in hits if hit.answers],
        "others": [hit for hit in hits if not hit.answers],
        "styles": sorted({hit.kind.style for hit in hits} - {""}),
        "count": paging.paginator.count,
        "filters": found.narrowed.filters,
        "chosen": [(each, _without(asked, each.name)) for each in found.narrowed.filters if each.chosen],
        "ignored": found.narrowed.ignored,
        "asked": asked,
        "keep": "&" + urlencode(asked),
        "notes": list(notes()),
        "away": away(),
        "suggestion": suggestion(query),
    }


def _without(asked: dict[str, str], name: str) -> str:
    return urlencode({key: value for key, value in asked.items() if key != name})


def _text(page: Page) -> str:
    """All that is searched of a page itself but its title."""
    return "\n".join(text for text, _ in declared(page, SearchField, _all_but_title(page)))


def _hit(page: Page, request: HttpRequest, asked: Asked, found: Found, text: str, in_file: InFile | None) -> Hit:
    kind, shown = found.kind(page.pk), passages(text, asked)
    if in_file:  # the beginning of a text that holds nothing of it says nothing
        shown = [passage for passage in shown if any(piece.marked for piece in passage)]
    return Hit(
        page,
        kind,
        page.get_url(request) or "",
        kind.date(page),
        marked(page.title, asked),
        shown,
        found.has_ended(page.pk),
        page.pk in found.answers,
        in_file,
    )


def _all_but_title(page: Page) -> set[str]:
    return {field.field_name for field in page.get_search_fields()} - {"title"}
