"""The trees of models that are searched (all pages, all images), each with what the database holds of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from modelsearch.backends import get_search_backends_with_name
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models

from search.backends.stored import Store, StoredBackend


@dataclass(frozen=True)
class Tree:
    """One index and the models whose objects belong into it. ``name`` tells it from all others of the site."""

    name: str
    index: Any
    models: tuple[type[Model], ...]

    @property
    def root(self) -> type[Model]:
        """The model at the top, whose table holds a row of every object."""
        root: type[Model] = self.index.root
        return root

    @property
    def store(self) -> Store:
        """Where the index lies."""
        store: Store = self.index.store
        return store

    def keys(self) -> list[Any]:
        """The primary keys of all objects that the index should hold, in order."""
        wanted: set[Any] = set()
        for model in self.models:
            rows: Any = model.get_indexed_objects()  # type: ignore[attr-defined]
            wanted.update(rows.order_by().values_list("pk", flat=True))
        return sorted(wanted)

    def rebuild(self) -> int:
        """Build the index beside the one in use, then put it in its place. Returns how many objects it holds.

        Raises IndexBusy where somebody else is building it.
        """
        self.index.build(self.keys())
        return len(self.store.entries())


def trees(backend_name: str | None = None) -> Iterator[Tree]:
    """The trees of all backends with an index of our own, or of the one that is named."""
    for name, backend in get_search_backends_with_name():
        if not isinstance(backend, StoredBackend) or backend_name not in (None, name):
            continue
        models: dict[type[Model], list[type[Model]]] = {}
        for model in get_indexed_models():
            models.setdefault(get_model_root(model._meta.concrete_model), []).append(model)
        for root, its in models.items():
            yield Tree(f"{name}:{root._meta.label_lower}", backend.get_index_for_model(root), tuple(its))
