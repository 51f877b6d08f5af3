"""An index being built beside the one in use."""

import os
import shutil
import weakref
from collections.abc import Iterable
from typing import TYPE_CHECKING

from search.engines import cuts, keys, sums
from search.engines.base import Document, Engine

if TYPE_CHECKING:
    from search.engines.store import DocumentsFor, IndexStore


class Rebuild:
    """Made by `IndexStore.start_rebuild`. ``hold``: the lock that keeps others from building, as long as this lives."""

    def __init__(self, store: "IndexStore", name: str, engine: Engine, hold: int) -> None:
        self.store, self.name, self.engine = store, name, engine
        self._let_go = weakref.finalize(self, os.close, hold)

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents. The files are this rebuild's alone, so nobody waits."""
        self.engine.write(cuts.noted(self.store.root / self.name, documents))

    def finish(self, documents_for: "DocumentsFor") -> None:
        """Repeat what was written meanwhile (see `IndexStore.write`), then take the place of the other index.

        Moving the pointer is the one step that counts: killed before it, the old index is in use and marked as it
        was; killed after it, the new one is, and what is left over goes with the next rebuild.
        """
        store = self.store
        journal = store.root / f"{self.name}.changes"
        with store.lock():
            if changed := keys.read(journal):
                self.engine.write(cuts.noted(store.root / self.name, documents_for(changed)), changed)
            self.engine.close()
            sums.note(store.root / self.name)
            before = store.pointed_to()
            store.point_to(self.name)
            journal.unlink()
            if before:
                shutil.rmtree(store.root / before, ignore_errors=True)
                (store.root / f"{before}.begun").unlink(missing_ok=True)
            store.throw_damaged_away()
        self._let_go()
