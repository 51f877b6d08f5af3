"""Search on an OpenSearch server, for what outgrows one machine: `SEARCH_URL=http://search:9200`.

The library's own backend for OpenSearch, with our words in place of the server's: texts and questions are cut here
(`search.analysis`) and the server only separates them at blanks. Filters, counts, facets and ordering are the
server's, from what the index holds; which objects are shown is checked by the queryset once more.
"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model
from modelsearch.backends.base import get_model_root
from modelsearch.backends.opensearch3 import OpenSearch3SearchBackend
from opensearchpy import OpenSearch

from search.backends.opensearch.compilers import AutocompleteCompiler, QueryCompiler
from search.backends.opensearch.index import Index, Rebuilder
from search.backends.opensearch.mapping import ANALYSIS, Mapping
from search.backends.opensearch.results import Results
from search.backends.opensearch.store import ServerStore
from search.backends.stored import StoredBackend

# Seconds that somebody who searches waits for the server.
TIMEOUT = 5

# The library makes a backend for each question; connections and what is known of the server outlive it.
_clients: dict[str, OpenSearch] = {}
_stores: dict[tuple[int, str], ServerStore] = {}


def _client(**options: Any) -> OpenSearch:
    key = json.dumps(options, sort_keys=True, default=str)
    return _clients.setdefault(key, OpenSearch(**options))


class SearchBackend(OpenSearch3SearchBackend, StoredBackend):
    """The library's options (URLS, INDEX_PREFIX, TIMEOUT, INDEX_SETTINGS, OPTIONS) and `FOLDER`, as other backends."""

    mapping_class = Mapping
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    atomic_rebuilder_class = Rebuilder
    client_class = staticmethod(_client)
    # One part: how rare a word is would otherwise be counted in each part for itself.
    settings = {"settings": {"index": {"number_of_shards": 1}, "analysis": ANALYSIS}}

    def __init__(self, params: dict[str, Any]) -> None:
        self.folder = Path(params.pop("FOLDER", None) or settings.VAR_DIR / "index")
        super().__init__({"TIMEOUT": TIMEOUT} | params)

    def name_of(self, model: type[Model]) -> str:
        """The index of a model's tree on the server, as the library names it."""
        return str(self.index_prefix + get_model_root(model._meta.concrete_model)._meta.label_lower.replace(".", "_"))

    def store(self, model: type[Model]) -> ServerStore:
        """The index of a model's tree on the server; one object for each in a process."""
        name = self.name_of(model)
        key = (id(self.es), f"{self.folder}/{name}")
        return _stores.setdefault(key, ServerStore(self.es, name, self.folder / "server" / name))

    def get_index_for_model(self, model: type[Model]) -> Index:
        return Index(self, self.name_of(model), get_model_root(model._meta.concrete_model))
