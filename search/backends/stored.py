"""What every backend of ours has: for each tree of models a store, to which changes come after the commit."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from modelsearch.backends.base import BaseIndex, BaseSearchBackend
from modelsearch.index import class_is_indexed

from search.backends import pending
from search.engines.base import Question
from search.engines.cuts import Cuts


class Store(Protocol):
    """Where an index lies: on this machine (`engines.store`) or on a server (`backends.opensearch.store`).

    `IndexStore` says what each does; one on a server raises IndexAway where it does not answer.
    """

    @property
    def usable(self) -> bool: ...
    @property
    def behind(self) -> bool: ...
    @property
    def away(self) -> bool: ...
    @property
    def late(self) -> bool: ...
    def pointer(self) -> str: ...
    def search(self, question: Question, limit: int | None = None) -> dict[str, float]: ...
    def entries(self) -> list[tuple[str, int]]: ...
    def cuts(self) -> Cuts: ...
    def settle(self, office: frozenset[str]) -> None: ...
    def lock(self) -> AbstractContextManager[None]: ...
    def building(self, timeout: float = 0) -> AbstractContextManager[None]: ...
    def write(self, keys: Iterable[str], documents_for: Any, remove: Iterable[str] = ()) -> None: ...
    def verify(self) -> None: ...
    def begin(self) -> None: ...
    def complete(self) -> None: ...
    def caught_up(self) -> None: ...


def rows_of(queryset: QuerySet[Any], keys: Iterable[Any]) -> dict[Any, Any]:
    """What a queryset gives for those of the keys that it holds: objects, or values where it is one of values.

    Wagtail's bulk actions search in values_list("pk", flat=True).
    """
    rows: Any = queryset.order_by().filter(pk__in=keys).order_by("pk")
    if rows._fields is None:
        return {obj.pk: obj for obj in rows}
    return dict(zip(rows.values_list("pk", flat=True), rows, strict=True))


class StoredIndex(BaseIndex):
    """The library's view of one store: what is put in or taken out shows after the transaction's commit.

    A subclass sets ``store`` and ``documents_for``.
    """

    store: Store
    documents_for: Any  # makes what the store keeps of the objects with the given keys

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        keys = [str(item.pk) for item in items]
        if class_is_indexed(model) and keys:
            pending.after_commit(self.store, self.documents_for, add=keys)

    def delete_item(self, item: Model) -> None:
        if class_is_indexed(type(item)) and item.pk is not None:
            pending.after_commit(self.store, self.documents_for, remove=[str(item.pk)])

    def refresh(self) -> None:
        """Write at once what this transaction has put off, as tests and scripts want that read it back."""
        pending.write_now(self.store)

    def reset(self) -> None:
        self.build([])

    def build(self, keys: list[Any]) -> None:
        """Build it anew of the objects with these keys, beside the one in use. Raises IndexBusy."""
        raise NotImplementedError


class StoredBackend(BaseSearchBackend):
    """Base of the backends."""

    # A page is saved even when the index can't be written; the log says so and update_index mends it.
    catch_indexing_errors = True

    def store(self, model: type[Model]) -> Store:
        """The store that holds a model's objects."""
        raise NotImplementedError

    def get_index_for_model(self, model: type[Model]) -> StoredIndex:
        raise NotImplementedError

    def update(self, model: type[Model], pks: Iterable[object]) -> None:
        """Put objects into the index as they are after the commit, or take them out where they are gone."""
        index = self.get_index_for_model(model)
        pending.after_commit(index.store, index.documents_for, add=map(str, pks))
