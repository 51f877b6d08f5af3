"""The library's view of an index, and its rebuild beside the one in use."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.crypto import get_random_string
from modelsearch.backends.opensearch3 import OpenSearch3Index
from modelsearch.index import get_indexed_models

from search import vocabulary
from search.backends.opensearch.mapping import Mapping
from search.backends.opensearch.store import LOCK_TIMEOUT, Entry, ServerStore, as_meta
from search.backends.stored import StoredIndex
from search.documents import objects_of, readable
from search.engines.cuts import Cuts


def entries_for(root: type[Model], keys: list[str]) -> Iterator[Entry]:
    """What the server keeps of a model tree's objects as the database holds them now, cut by the words of now."""
    return entries(objects_of(root, keys))


def entries(objects: Iterable[Model]) -> Iterator[Entry]:
    """What the server keeps of objects."""
    office = vocabulary.current().office
    for obj, kept in readable(objects, lambda obj: Mapping(type(obj)).get_document(obj, office)):
        yield Entry(Mapping(type(obj)).get_document_id(obj), kept, office)


class Index(StoredIndex, OpenSearch3Index):
    """The index in use of one tree of models."""

    store: ServerStore

    def __init__(self, backend: Any, name: str, root: type[Model]) -> None:
        super().__init__(backend, name)
        self.root = root
        self.store = backend.store(root)
        self.documents_for = partial(entries_for, root)

    def add_item(self, item: Model) -> None:
        self.add_items(type(item), [item])

    def refresh(self) -> None:
        """Write at once what this transaction has put off, and let it be found."""
        super().refresh()
        if self.store.indexes():
            OpenSearch3Index.refresh(self)

    def build(self, keys: list[Any]) -> None:
        """Build it anew of the objects with these keys, beside the one in use. Raises IndexBusy, IndexAway."""
        with self.store.building(LOCK_TIMEOUT):
            rebuilder = Rebuilder(self)
            building = rebuilder.start()
            self.store.put(building.name, self.documents_for(list(map(str, keys))), only_new=True)
            rebuilder.finish()


class IndexBeingBuilt(OpenSearch3Index):
    """What the rebuild command fills. Writers write into it too, and what they wrote is newer than what it is given."""

    def __init__(self, index: Index) -> None:
        super().__init__(index.backend, f"{index.name}_{get_random_string(7).lower()}")
        self.index = index

    def put(self) -> None:
        """Make it, with the fields of all models before anyone writes."""
        fields: dict[str, Any] = {}
        for model in get_indexed_models():
            if issubclass(model, self.index.root):
                fields |= Mapping(model).get_mapping()["properties"]
        mappings = {"dynamic": False, "properties": fields, "_meta": as_meta(Cuts(None))}
        self.es.indices.create(index=self.name, body=self.backend.settings | {"mappings": mappings})

    def add_model(self, model: type[Model]) -> None:
        """Nothing: see `put`."""

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        self.index.store.put(self.name, entries(items), only_new=True)

    def drop_deleted(self) -> None:
        """Take out what was deleted after it was read and before it was written."""
        there = set(map(str, self.index.root._default_manager.values_list("pk", flat=True)))
        gone = [key for key, _ in self.index.store.entries(self.name) if key not in there]
        self.index.store.take_out(self.name, gone)


class Rebuilder:
    """`modelsearch`'s rebuild: a new index filled beside the one in use, which it replaces in one step."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.building = IndexBeingBuilt(index)

    def start(self) -> IndexBeingBuilt:
        """Begin a new index; one that a rebuild left behind that never finished goes."""
        store = self.index.store
        for left in set(store.indexes()) - set(store.in_use()):
            store.client.indices.delete(index=left, ignore=[404])
        self.building.put()
        return self.building

    def finish(self) -> None:
        """Let the alias name the new index and drop the old one, in one step."""
        self.building.refresh()
        self.building.drop_deleted()
        store = self.index.store
        olds = store.in_use()
        if not olds and store.client.indices.exists(index=store.name):
            olds = [store.name]  # not of this backend: it would stand in the alias's way
        actions = [{"remove_index": {"index": old}} for old in olds]
        actions.append({"add": {"index": self.building.name, "alias": store.name}})
        store.client.indices.update_aliases(body={"actions": actions})
        self.building.refresh()
