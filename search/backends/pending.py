"""Changes of the index that wait for the transaction's commit, gathered to one write a transaction."""

from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from modelsearch.index import Indexed

from search.documents import document_for
from search.engines.store import IndexStore


class PendingChanges:
    """What one transaction (or savepoint) changes in one index. Django drops it when that is rolled back."""

    def __init__(self, store: IndexStore) -> None:
        self.store = store
        self.objects: dict[str, Indexed] = {}
        self.removed: dict[str, None] = {}

    def note(self, add: Mapping[str, Indexed], remove: Iterable[str]) -> None:
        """The last that was said about a key holds."""
        for key, obj in add.items():
            self.objects[key] = obj
            self.removed.pop(key, None)
        for key in remove:
            self.objects.pop(key, None)
            self.removed[key] = None

    def __call__(self) -> None:
        objects, removed = self.objects, self.removed
        self.objects, self.removed = {}, {}
        if objects or removed:
            self.store.write((document_for(obj) for obj in objects.values()), removed)


def after_commit(store: IndexStore, add: Mapping[str, Indexed] | None = None, remove: Iterable[str] = ()) -> None:
    """Change the index once the current transaction is committed; at once where there is none."""
    changes = _last(store)
    if changes is None:
        changes = PendingChanges(store)
        changes.note(add or {}, remove)
        transaction.on_commit(changes, robust=connection.in_atomic_block)
    else:
        changes.note(add or {}, remove)


def _last(store: IndexStore) -> PendingChanges | None:
    """What the innermost savepoint has already gathered for this index."""
    for savepoints, function, _ in reversed(connection.run_on_commit):
        if isinstance(function, PendingChanges) and function.store is store:
            # Of another savepoint: it may be rolled back without this one, or this one without it.
            return function if savepoints == set(connection.savepoint_ids) else None
    return None


def write_now(store: IndexStore) -> None:
    """Write what waits for this index before the commit."""
    for _, function, _ in connection.run_on_commit:
        if isinstance(function, PendingChanges) and function.store is store:
            function()
