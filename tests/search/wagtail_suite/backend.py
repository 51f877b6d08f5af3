"""Our backend for Wagtail's tests. They are written for its `database.fallback`, which reads the tables and needs no
index, so each question is preceded by what `update_index` does for the model that is searched.
"""

import os
from typing import Any

from django.db import connection
from modelsearch.backends import import_backend
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models

_Backend: Any = import_backend(os.environ["MODELSEARCH_BACKEND"])


class SearchBackend(_Backend):
    """Asks an index that has just been filled from the database, within the test's transaction."""

    def search(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        self._fill(model_or_queryset)
        return super().search(query, model_or_queryset, *args, **kwargs)

    def autocomplete(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        self._fill(model_or_queryset)
        return super().autocomplete(query, model_or_queryset, *args, **kwargs)

    def _fill(self, model_or_queryset: Any) -> None:
        counts, connection.force_debug_cursor = connection.force_debug_cursor, False  # what this asks is not counted
        root = get_model_root(getattr(model_or_queryset, "model", model_or_queryset)._meta.concrete_model)
        rebuilder = self.rebuilder_class(self.get_index_for_model(root))
        filled = rebuilder.start()
        for model in get_indexed_models():
            if get_model_root(model) is root:
                filled.add_items(model, model.get_indexed_objects())
        rebuilder.finish()
        connection.force_debug_cursor = counts
