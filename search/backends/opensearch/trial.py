"""A temporary index on the server, for measuring: `manage.py search_eval --engine opensearch`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from modelsearch.backends import get_search_backend

from search.backends.opensearch.mapping import OURS, terms_of
from search.backends.opensearch.store import Entry, ServerStore
from search.engines.base import Document


class Trial(ServerStore):
    """An index of documents that are no objects of the site; asked like the site's, rebuilt like an engine's."""

    def start_rebuild(self) -> "Filling":
        """What the documents go into."""
        return Filling(self)

    def size(self) -> int:
        """Bytes on the server's disk, as far as it tells."""
        stats = self.client.indices.stats(index=self.name, metric="store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


class Filling:
    """An index being filled."""

    def __init__(self, store: Trial) -> None:
        self.store = store

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents."""
        self.store.put(self.store.name, (Entry(each.key, terms_of(each)) for each in documents))

    def finish(self, documents_for: Callable[[list[str]], Iterable[Document]]) -> None:
        """Let what was written be found."""
        self.store.refresh()


@contextmanager
def trial() -> Iterator[Trial]:
    """An empty index on the server that SEARCH_URL names, deleted afterwards. Raises OpenSearchException."""
    backend: Any = get_search_backend()
    store = Trial(backend.es, f"{backend.index_prefix}trial_{uuid4().hex}", Path())
    store.client.indices.create(
        index=store.name, body=backend.settings | {"mappings": {"dynamic": False, "properties": OURS}}
    )
    try:
        yield store
    finally:
        store.client.indices.delete(index=store.name)
