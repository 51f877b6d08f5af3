"""What every backend of ours has: for each tree of models a store, to which changes come after the commit."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from modelsearch.backends.base import BaseIndex, BaseSearchBackend

from search.backends import pending


class StoredBackend(BaseSearchBackend):
    """Base of the backends. `store` answers like `search.engines.store.IndexStore`."""

    # A page is saved even when the index can't be written; the log says so and update_index mends it.
    catch_indexing_errors = True

    def store(self, model: type[Model]) -> Any:
        """The store that holds a model's objects."""
        raise NotImplementedError

    def get_index_for_model(self, model: type[Model]) -> BaseIndex:
        """The library's view of the store; has `store` and `documents_for`, which `update` takes."""
        raise NotImplementedError

    def update(self, model: type[Model], pks: Iterable[object]) -> None:
        """Put objects into the index as they are after the commit, or take them out where they are gone."""
        index = self.get_index_for_model(model)
        pending.after_commit(index.store, index.documents_for, add=map(str, pks))
