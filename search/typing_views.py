"""The address /search/suggest/: titles offered while someone types into the search box."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, get_page_models

from search.analysis import normalise
from search.analysis.sounds import SHORTEST
from search.analysis.words import HAN_CHARACTER
from search.kinds import declared_kinds, kind_of
from search.ordering import successors_first
from search.views import cleaned, public_pages

MOST = 8
# So many pages that answer by themselves, as guides do, come before all others.
MOST_ANSWERS = 3
# Among so many of the best a page that was replaced gives way to the one that replaced it.
LOOKED_AT = 24
# Who has typed more wants no title: it would have to hold all of that.
LONGEST = 30
# Seconds that browsers and proxies may keep an answer: the same for everybody, and typed anew with every correction.
FRESH = 60


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """GET ?q=…&kind=…: at most MOST titles of public pages, best first, as {"titles": [{title, url, kind}]}.

    ``kind`` is the label that stands with a hit; an unknown key of a kind means all kinds. Any text is answered.
    """
    query, _cut = cleaned(request.GET.get("q", ""))
    response = JsonResponse({"titles": _titles(request, query, request.GET.get("kind", ""))})
    patch_cache_control(response, public=True, max_age=FRESH)
    response["X-Robots-Tag"] = "noindex"
    return response


def _titles(request: HttpRequest, query: str, wanted: str) -> list[dict[str, str]]:
    if not _is_enough(query):
        return []
    kinds = declared_kinds()
    pages = public_pages(request)
    if models := [model for model in get_page_models() if kind_of(model, kinds).key == wanted]:
        pages = pages.filter(content_type__in=ContentType.objects.get_for_models(*models).values())
    found = {page.pk: page for page in pages.autocomplete(query)[:LOOKED_AT]}
    after = {old: new for kind in kinds for old, new in kind.replaced().items()} if found else {}
    offers = [(found[key], kind_of(_model(found[key]), kinds)) for key in successors_first(list(found), after)]
    answers = [offer for offer in offers if offer[1].answers][:MOST_ANSWERS]
    offers = [*answers, *(offer for offer in offers if offer not in answers)][:MOST]
    return [{"title": page.title, "url": page.get_url(request) or "", "kind": str(kind.label)} for page, kind in offers]


def _model(page: Page) -> type:
    return ContentType.objects.get_for_id(page.content_type_id).model_class() or Page


def _is_enough(query: str) -> bool:
    """Whether it is worth asking: one Han character, or the least that may be meant as pinyin."""
    return len(query) <= LONGEST and (len(query) >= SHORTEST or bool(HAN_CHARACTER.search(normalise(query).text)))
