"""A `modelsearch` backend on any ranking engine: the engine ranks keys, the Django queryset decides the rest.

Filters, permissions, ordering, facets and counting are the queryset's; nothing that must not be seen depends on the
index. Each tree of models (all pages, all images) has an index of its own.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Model, QuerySet
from modelsearch.backends.base import (
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
    get_model_root,
)
from modelsearch.query import PlainText

from search import vocabulary
from search.backends.matching import Matcher, Matches
from search.backends.stored import StoredBackend, StoredIndex, rows_of
from search.documents import document_for, documents_for
from search.engines.base import Engine
from search.engines.rebuild import Rebuild
from search.engines.store import IndexStore

# Up to so many keys are given to the database; for more it gives all of the queryset's and Python intersects.
KEYS_IN_A_QUERY = 500
# Who wants the first hits only gets them from so many of the engine's best, if the queryset holds enough of these.
BEST = 100

_stores: dict[tuple[Path, type[Engine]], IndexStore] = {}


def store_for(model: type[Model], engine: type[Engine], folder: Path) -> IndexStore:
    """The store that holds a model's objects; one object for each folder in a process."""
    root = get_model_root(model._meta.concrete_model)
    path = folder / root._meta.label_lower
    return _stores.setdefault((path, engine), IndexStore(path, engine))


class RankedQueryCompiler(BaseSearchQueryCompiler):
    """A question for whole words. Any word suffices: asking for all leaves most natural questions empty."""

    HANDLES_ORDER_BY_EXPRESSIONS = True
    while_typing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys: list[Any] | None = None
        self._scores: dict[Any, float] = {}

    def keys(self, store: IndexStore, first: int | None = None) -> tuple[list[Any], dict[Any, float]]:
        """The primary keys of all hits in order, and the score of each that has one; asked once.

        With ``first`` so many are enough.
        """
        if self._keys is None:
            matcher = Matcher(store, self.queryset.model, self.fields, self.while_typing)
            if first is not None and (found := self._first(matcher, first)):
                return found
            matches = matcher.matches(self.query)
            self._scores = matches.scores
            self._keys = self._ordered(matches)
        return self._keys, self._scores

    def _first(self, matcher: Matcher, wanted: int) -> tuple[list[Any], dict[Any, float]] | None:
        """The first hits as `keys` would give them, from the engine's best alone; None where these don't suffice."""
        scores = matcher.best(self.query, BEST) if self.order_by_relevance and wanted <= BEST else None
        if scores is None:
            return None
        complete = len(scores) < BEST
        if not complete:
            # As good as the last may be some that were left out, and would come before it by their keys.
            last = min(scores.values())
            scores = {key: score for key, score in scores.items() if score > last}
        keys = sorted(set(among(self.queryset, scores)), key=lambda key: (-scores[key], key))
        return (keys, scores) if complete or len(keys) >= wanted else None

    def column(self, store: IndexStore, name: str) -> dict[Any, Any]:
        """All hits in order with one column of each, read in the same query that says which the queryset holds."""
        matches = Matcher(store, self.queryset.model, self.fields, self.while_typing).matches(self.query)
        if self.order_by_relevance and matches.others_excluded:
            found = dict(columns_of(self.queryset, matches.scores, name))
            return {key: found[key] for key in sorted(sorted(found), key=matches.scores.__getitem__, reverse=True)}
        keys = self._ordered(matches)
        found = dict(columns_of(self.queryset, set(keys), name))
        return {key: found[key] for key in keys}

    def _ordered(self, matches: Matches) -> list[Any]:
        queryset, scores = self.queryset, matches.scores
        if matches.others_excluded and not scores:
            return []
        if not self.order_by_relevance:
            if not queryset.query.order_by:
                queryset = queryset.order_by("-pk")
            return [key for key in _keys_of(queryset) if matches.holds(key)]
        if matches.others_excluded:
            return sorted(set(among(queryset, scores)), key=lambda key: (-scores[key], key))
        keys = [key for key in _keys_of(queryset) if matches.holds(key)]
        return sorted(keys, key=lambda key: -scores.get(key, 0.0))


class RankedAutocompleteQueryCompiler(RankedQueryCompiler):
    """A question of someone who is still typing: all of it must fit, the last word may be a beginning."""

    DEFAULT_OPERATOR = "and"
    while_typing = True

    def _first(self, matcher: Matcher, wanted: int) -> tuple[list[Any], dict[Any, float]] | None:
        """From the best levels alone, each asked for only where those before it don't suffice."""
        if not self.order_by_relevance or self.fields is not None or not isinstance(self.query, PlainText):
            return None
        scores: dict[Any, float] = {}
        for score, level in matcher.levels(self.query.query_string):
            found = sorted(level - scores.keys())
            for part in filter(None, (found[:BEST], found[BEST:])):
                scores |= dict.fromkeys(sorted(among(self.queryset, part)), score)
                if len(scores) >= wanted:
                    return list(scores), scores
        return list(scores), scores


def _keys_of(queryset: QuerySet[Any]) -> list[Any]:
    return list(dict.fromkeys(queryset.values_list("pk", flat=True)))


def among(queryset: QuerySet[Any], keys: Iterable[Any]) -> Iterator[Any]:
    """Those of the keys that the queryset holds."""
    return (key for (key,) in columns_of(queryset, set(keys)))


def columns_of(queryset: QuerySet[Any], keys: Set[Any] | Mapping[Any, Any], *columns: Any) -> Iterator[tuple[Any, ...]]:
    """Those of the keys that the queryset holds, each with these columns of its object."""
    rows = queryset.order_by().values_list("pk", *columns)
    if len(keys) > KEYS_IN_A_QUERY:
        yield from (row for row in rows if row[0] in keys)
    else:
        yield from rows.filter(pk__in=keys)


def chunks(keys: list[Any]) -> Iterator[list[Any]]:
    """The keys in parts that a database takes in one query."""
    return (keys[start : start + KEYS_IN_A_QUERY] for start in range(0, len(keys), KEYS_IN_A_QUERY))


class RankedResults(BaseSearchResults):
    """Hits as objects of the queryset, in the engine's or the queryset's order."""

    supports_facet = True

    def _page(self) -> tuple[list[Any], dict[Any, float]]:
        compiler = self.query_compiler
        keys, scores = compiler.keys(self.backend.store(compiler.queryset.model), self.stop)
        return keys[self.start : self.stop], scores

    def keys(self) -> list[Any]:
        """The primary keys of all hits, best first."""
        return self._page()[0]

    def column(self, name: str) -> dict[Any, Any]:
        """The primary keys of all hits, best first, each with one column of its object; slices don't count."""
        compiler = self.query_compiler
        return compiler.column(self.backend.store(compiler.queryset.model), name)

    def _do_search(self) -> list[Model]:
        keys, scores = self._page()
        queryset = self.query_compiler.queryset
        found: dict[Any, Any] = {}
        for chunk in chunks(keys):
            found |= rows_of(queryset, chunk)
        if self._score_field and queryset._fields is None:
            for key, obj in found.items():
                setattr(obj, self._score_field, scores.get(key, 0.0))
        return [found[key] for key in keys if key in found]

    def _do_count(self) -> int:
        return len(self._page()[0])

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many hits have each value of a filter field, most first. Raises FilterFieldError."""
        compiler = self.query_compiler
        if compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f'"{field_name}" can\'t be counted. Please add index.FilterField("{field_name}") '
                f"to {self.model.__name__}.search_fields.",
                field_name=field_name,
            )
        keys, base = self._page()[0], compiler.queryset.order_by()
        counts: Counter[Any] = Counter()
        if len(keys) > KEYS_IN_A_QUERY:
            wanted = set(keys)
            rows = set(base.values_list("pk", field_name))
            counts.update(value for key, value in rows if key in wanted)
        else:
            rows = base.filter(pk__in=keys).values_list(field_name).annotate(hits=Count("pk", distinct=True))
            counts.update(dict(rows))
        return OrderedDict(counts.most_common())


class RankedIndex(StoredIndex):
    """The index of one tree of models."""

    store: IndexStore

    def __init__(self, backend: "RankedBackend", model: type[Model]) -> None:
        super().__init__(backend)
        self.root = get_model_root(model._meta.concrete_model)
        self.store = backend.store(model)
        self.documents_for = partial(documents_for, self.root)

    def get_key(self) -> str:
        return str(self.root._meta.label_lower)

    def __str__(self) -> str:
        return self.get_key()

    def build(self, keys: list[Any]) -> None:
        rebuild = self.store.start_rebuild()
        rebuild.write(self.documents_for(keys))
        rebuild.finish(self.documents_for)


class RankedRebuilder:
    """`modelsearch`'s rebuild: a new index filled beside the one in use, which it replaces at the end."""

    def __init__(self, index: RankedIndex) -> None:
        self.index = index

    def start(self) -> "IndexBeingBuilt":
        self.building = IndexBeingBuilt(self.index)
        return self.building

    def finish(self) -> None:
        self.building.rebuild.finish(self.index.documents_for)


class IndexBeingBuilt(RankedIndex):
    """What the rebuild command fills."""

    def __init__(self, index: RankedIndex) -> None:
        super().__init__(index.backend, index.root)
        self.rebuild: Rebuild = self.store.start_rebuild()

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        office = vocabulary.current().office
        self.rebuild.write(document_for(item, office) for item in items)


class RankedBackend(StoredBackend):
    """Base of the backends with an engine: a subclass names its engine. Option `FOLDER`: where the indexes lie."""

    engine_class: type[Engine]
    query_compiler_class = RankedQueryCompiler
    autocomplete_query_compiler_class = RankedAutocompleteQueryCompiler
    results_class = RankedResults
    index_class = RankedIndex
    rebuilder_class = RankedRebuilder

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.folder = Path(params.get("FOLDER") or settings.VAR_DIR / "index")

    def store(self, model: type[Model]) -> IndexStore:
        """The store that holds a model's objects."""
        return store_for(model, self.engine_class, self.folder)

    def get_index_for_model(self, model: type[Model]) -> RankedIndex:
        return self.index_class(self, model)
