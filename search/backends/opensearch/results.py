"""Hits that the server found, as objects of the queryset."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db.models import BooleanField, Model
from modelsearch.backends.base import FilterFieldError
from modelsearch.backends.opensearch3 import OpenSearch3SearchResults

from search import vocabulary
from search.backends.opensearch.store import MOST_KEYS, ServerStore
from search.backends.stored import rows_of
from search.engines.locks import IndexAway

# Values of one field that are counted.
MOST_VALUES = 1000
T = TypeVar("T")


class Results(OpenSearch3SearchResults):
    """The library's results, empty while the server can't be asked."""

    @property
    def store(self) -> ServerStore:
        """Where the model's objects are kept."""
        found: ServerStore = self.backend.store(self.query_compiler.queryset.model)
        return found

    def _asked(self, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return self.store.guarded(ask)
        except IndexAway:
            return otherwise

    def _get_es_body(self, for_count: bool = False) -> dict[str, Any]:
        compiler = self.query_compiler
        compiler.before = self.store.cuts().otherwise(vocabulary.current().office)
        body: dict[str, Any] = super()._get_es_body(for_count)
        return body

    def keys(self) -> list[Any]:
        """The primary keys of the hits, best first, MOST_KEYS at most."""
        limit = MOST_KEYS if self.stop is None else min(self.stop, MOST_KEYS)
        to_key = self.query_compiler.queryset.model._meta.pk.to_python
        none: list[tuple[str, float]] = []
        found = self._asked(lambda: self.store.hits(self._get_es_body(), limit), none)
        return [to_key(key) for key, _ in found[self.start :]]

    def _get_results_from_hits(self, hits: list[dict[str, Any]]) -> Iterator[Any]:
        """The objects of some hits, in their order; the library knows none but querysets of objects."""
        queryset = self.query_compiler.queryset
        scores = {queryset.model._meta.pk.to_python(hit["fields"]["pk"][0]): hit["_score"] for hit in hits}
        found = rows_of(queryset, scores)
        for key in filter(found.__contains__, scores):
            if self._score_field and queryset._fields is None:
                setattr(found[key], self._score_field, scores[key])
            yield found[key]

    def _ordered(self) -> list[Model]:
        """The hits in an order that the server does not know; MOST_KEYS of them at most."""
        queryset, found = self.query_compiler.queryset, set(self._clone_of_all().keys())
        keys = [key for key in queryset.values_list("pk", flat=True) if key in found][self.start : self.stop]
        rows = rows_of(queryset, keys)
        return [rows[key] for key in keys if key in rows]

    def _clone_of_all(self) -> "Results":
        clone = self._clone()
        clone.start, clone.stop = 0, None
        return clone

    def _do_search(self) -> list[Model]:
        if self.query_compiler.ordered_by_expression:
            return self._ordered()
        return self._asked(lambda: list(super(Results, self)._do_search()), [])

    def _do_count(self) -> int:
        return self._asked(lambda: int(super(Results, self)._do_count()), 0)

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many hits have each value of a filter field, most first. Raises FilterFieldError."""
        field = self.query_compiler._get_filterable_field(field_name)
        if field is None:
            raise FilterFieldError(
                f'"{field_name}" can\'t be counted. Please add index.FilterField("{field_name}") '
                f"to {self.model.__name__}.search_fields.",
                field_name=field_name,
            )
        column = self.query_compiler.mapping.get_field_column_name(field)
        none: list[tuple[Any, int]] = []
        counts = self._asked(lambda: self.store.values(self._get_es_body(for_count=True), column, MOST_VALUES), none)
        # The server writes true and false as 1 and 0.
        logical = isinstance(field.get_field(self.model), BooleanField)
        read: Callable[[Any], Any] = lambda value: bool(value) if logical and value is not None else value  # noqa: E731
        return OrderedDict((read(value), count) for value, count in counts)
