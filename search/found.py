"""What a question finds among pages: in their order, narrowed down as the address asks, answers apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from search.analysis.synonyms import Synonyms
from search.answers import answering, first
from search.backends.ranked import columns_of
from search.filters import ENDED, Narrowed, Traits, kinds_of, narrowed, traits_of
from search.kinds import SearchKind, declared_kinds
from search.ordering import successors_first


@dataclass(frozen=True)
class Found:
    """All hits. ``answers`` and ``others``: the keys of those that are left, in their order."""

    kinds: dict[str, SearchKind]
    traits: dict[Any, Traits]
    narrowed: Narrowed
    answers: list[Any]
    others: list[Any]

    def kind(self, key: Any) -> SearchKind:
        """The kind of a hit."""
        return self.kinds[self.traits[key].kind]

    def has_ended(self, key: Any) -> bool:
        """Whether a hit is known not to be in force any more."""
        return self.traits[key].force == ENDED


def find(query: str, pages: QuerySet[Any], synonyms: Synonyms, asked: Mapping[str, str]) -> Found:
    """Ask for ``query`` among ``pages``; ``asked`` holds what the address says of filters, `search.filters.NAMES`."""
    declared = declared_kinds()
    types = _types(pages.search(query), pages)  # type: ignore[attr-defined]  # a searchable queryset
    after = {old: new for kind in declared for old, new in kind.replaced().items()}
    if not after.keys().isdisjoint(types):
        types = {key: types[key] for key in successors_first(list(types), after)}
    by_type = kinds_of(types.values(), declared)
    kinds = {kind.key: kind for kind in by_type.values()}
    traits = traits_of(types, by_type)
    left = narrowed(traits, {key: kind.label for key, kind in kinds.items()}, asked)
    titles = _titles(key for key in left.keys if kinds[traits[key].kind].answers)
    ended = {key for key in titles if traits[key].force == ENDED}
    answers, others = first(left.keys, answering(query, titles, synonyms), after, ended)
    return Found(kinds, traits, left, answers, others)


def _types(results: Any, pages: QuerySet[Any]) -> dict[Any, int]:
    """The content type of each hit, best first; of backends that only give objects, these objects'."""
    if hasattr(results, "column"):
        return dict(results.column("content_type_id"))
    if not hasattr(results, "keys"):
        return {page.pk: page.content_type_id for page in results}
    keys = results.keys()
    types = dict(columns_of(pages, set(keys), "content_type_id"))
    return {key: types[key] for key in keys if key in types}


def _titles(keys: Iterable[Any]) -> dict[Any, str]:
    wanted = set(keys)
    return dict(columns_of(Page.objects.all(), wanted, "title")) if wanted else {}
