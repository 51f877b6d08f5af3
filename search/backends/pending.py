"""Changes of the index that wait for the transaction's commit, gathered to one write a transaction."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.db import connection, transaction

# Makes what a store keeps of the given keys, as they are now.
DocumentsFor = Callable[[list[str]], Iterable[Any]]


class Store(Protocol):
    """What writes changes; see `search.engines.store.IndexStore.write`."""

    def write(self, keys: Iterable[str], documents_for: DocumentsFor, remove: Iterable[str] = ()) -> None: ...


class PendingChanges:
    """What one transaction (or savepoint) changes in one index. Django drops it when that is rolled back.

    Keys only: the objects are read after the commit, a few at a time, so that what is indexed is what was committed
    and a thousand laws are never in memory at once.
    """

    def __init__(self, store: Store, documents_for: DocumentsFor) -> None:
        self.store = store
        self.documents_for = documents_for
        self.kept: dict[str, bool] = {}

    def note(self, add: Iterable[str], remove: Iterable[str]) -> None:
        """The last that was said about a key holds."""
        self.kept |= dict.fromkeys(add, True) | dict.fromkeys(remove, False)

    def __call__(self) -> None:
        kept, self.kept = self.kept, {}
        if kept:
            add = [key for key, keep in kept.items() if keep]
            self.store.write(add, self.documents_for, [key for key, keep in kept.items() if not keep])


def after_commit(
    store: Store, documents_for: DocumentsFor, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> None:
    """Change the index once the current transaction is committed; at once where there is none."""
    changes = _last(store)
    if changes is None:
        changes = PendingChanges(store, documents_for)
        changes.note(add, remove)
        transaction.on_commit(changes, robust=connection.in_atomic_block)
    else:
        changes.note(add, remove)


def _last(store: Store) -> PendingChanges | None:
    """What the innermost savepoint has already gathered for this index."""
    for savepoints, function, *_ in reversed(connection.run_on_commit):
        if isinstance(function, PendingChanges) and function.store is store:
            # Of another savepoint: it may be rolled back without this one, or this one without it.
            return function if savepoints == set(connection.savepoint_ids) else None
    return None


def write_now(store: Store) -> None:
    """Write what waits for this index before the commit."""
    for _, function, *_ in connection.run_on_commit:
        if isinstance(function, PendingChanges) and function.store is store:
            function()
