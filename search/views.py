"""The page /search/: everything public, best first."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from modelsearch.index import SearchField
from wagtail.models import Page, Site, get_page_models

from search import vocabulary
from search.analysis.numbers import sought
from search.attachments.hits import InFile, in_files
from search.documents import LONGEST_NUMBER, declared
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
_UNTYPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


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
    ended: bool
    answers: bool
    in_file: InFile | None
    read: Callable[[], list[Passage]]

    @cached_property
    def passages(self) -> list[Passage]:
        """Where the page's own text says it; read only for a card that shows them."""
        shown = self.read()
        if self.in_file:  # the beginning of a text that holds nothing of it says nothing
            return [passage for passage in shown if any(piece.marked for piece in passage)]
        return shown


class OwnTexts(Mapping[Any, str]):
    """All that is searched of pages themselves, title first, by their keys; each is read when it is first wanted."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = {page.pk: page for page in pages}
        self._bodies: dict[Any, str] = {}

    def body(self, key: Any) -> str:
        """All of a page but its title."""
        if key not in self._bodies:
            page = self.pages[key]
            names = {field.field_name for field in page.get_search_fields()} - {"title"}
            self._bodies[key] = "\n".join(text for text, _ in declared(page, SearchField, names))
        return self._bodies[key]

    def __getitem__(self, key: Any) -> str:
        return f"{self.pages[key].title}\n{self.body(key)}"

    def __iter__(self) -> Iterator[Any]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


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
    texts = OwnTexts(paging)
    files = in_files(texts, words)
    hits = [_hit(page, request, words, found, texts, files.get(page.pk)) for page in paging]
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
        "missing_number": paging.number == 1 and not found.narrowed.chosen and _lacks_number(query, texts),
        "suggestion": suggestion(query),
    }


def _lacks_number(query: str, texts: OwnTexts) -> bool:
    """Whether a document number was asked for that none of these pages bears; who bears it is among the first."""
    number = sought(query)
    if number is None:
        return False
    written = (text for page in texts.pages.values() for text, _ in declared(page, SearchField))
    return all(sought(text) != number for text in written if len(text) <= LONGEST_NUMBER)


def _without(asked: dict[str, str], name: str) -> str:
    return urlencode({key: value for key, value in asked.items() if key != name})


def _hit(page: Page, request: HttpRequest, asked: Asked, found: Found, texts: OwnTexts, in_file: InFile | None) -> Hit:
    kind = found.kind(page.pk)
    return Hit(
        page,
        kind,
        page.get_url(request) or "",
        kind.date(page),
        marked(page.title, asked),
        found.has_ended(page.pk),
        page.pk in found.answers,
        in_file,
        lambda: passages(texts.body(page.pk), asked),
    )
