"""Where an index lies: one folder a model tree, a lock for writers, a pointer to the index in use.

    var/index/wagtailcore.page/
        lock                  held by whoever writes
        current               the name of the folder in use
    late-…                keys whose writers gave up waiting; whoever holds the lock writes them too
        index-whoosh-1a2b…/   the engine's files
        index-…-3c4d….changes keys written while index-…-3c4d… is being built beside the one in use
        damaged-…/            an index that could not be read, set aside

A rebuild fills a new folder while searches and writes go on, repeats what was written meanwhile, then moves the
pointer in one step. Readers that have the old folder open keep it until they let go. An index of another engine,
as is found after the setting was changed, counts as none until it is rebuilt.
"""

import fcntl
import json
import logging
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.base import Document, Engine, Question

logger = logging.getLogger("search")

# Seconds that a writer waits for the ones before it.
LOCK_TIMEOUT = 30


# Makes the documents of the given keys as they are now, skipping those that no longer belong into the index.
DocumentsFor = Callable[[list[str]], Iterable[Document]]


class IndexBusy(Exception):
    """Other writers held the index for longer than LOCK_TIMEOUT."""


class IndexStore:
    """One index with its folder: reads through the pointer, writes under the lock, survives a damaged index."""

    def __init__(self, root: Path, engine: type[Engine]) -> None:
        self.root = root
        self.engine_class = engine
        self._engine: Engine | None = None
        self._name = ""
        self._guard = threading.Lock()

    # Reading

    def search(self, question: Question, limit: int | None = None) -> dict[str, float]:
        """The engine's answer; nothing, with a line in the log, where there is no index that can be read."""
        engine = self._current()
        if engine is None:
            logger.warning("no search index in %s: run manage.py update_index", self.root)
            return {}
        try:
            return engine.search(question, limit)
        except Exception:  # noqa: BLE001 (whatever the engine meets in damaged files)
            return self._search_again(question, limit)

    def _search_again(self, question: Question, limit: int | None) -> dict[str, float]:
        """Ask once more while nobody writes: a file that a writer just replaced is no damage."""
        with self.lock():
            self._forget()
            engine = self._current()
            if engine is None:
                return {}
            try:
                return engine.search(question, limit)
            except Exception:
                self._set_aside()
                logger.exception("the search index in %s is damaged: run manage.py update_index", self.root)
                return {}

    @property
    def usable(self) -> bool:
        """Whether there is an index to ask, and it is whole as far as is known."""
        return self._is_ours(self._pointer()) and not any(self.root.glob("damaged-*"))

    def _pointer(self) -> str:
        try:
            return (self.root / "current").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def _is_ours(self, name: str) -> bool:
        """Whether a folder holds an index of this store's engine."""
        return name.startswith(f"index-{self.engine_class.name}-")

    def _new_name(self) -> str:
        return f"index-{self.engine_class.name}-{uuid.uuid4().hex[:12]}"

    def _current(self) -> Engine | None:
        """The engine on the folder that the pointer names; None where there is none of this engine."""
        name = self._pointer()
        if not self._is_ours(name):
            name = ""
        with self._guard:
            if name != self._name:
                if self._engine is not None:
                    self._engine.close()
                self._name = name
                self._engine = self.engine_class(self.root / name) if name else None
            return self._engine

    def _forget(self) -> None:
        with self._guard:
            self._engine, self._name = None, ""

    # Writing

    @contextmanager
    def lock(self, timeout: float | None = None) -> Iterator[None]:
        """Hold the index for writing, against threads and processes; the system frees it when a holder dies.

        Raises IndexBusy after ``timeout`` seconds, LOCK_TIMEOUT unless given.
        """
        timeout = LOCK_TIMEOUT if timeout is None else timeout
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root / "lock", os.O_CREAT | os.O_RDWR)
        try:
            until = time.monotonic() + timeout
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() > until:
                        raise IndexBusy(f"{self.root} was being written for more than {timeout} seconds") from error
                    time.sleep(0.02)
            yield
        finally:
            os.close(descriptor)

    def write(self, keys: Iterable[str], documents_for: DocumentsFor, remove: Iterable[str] = ()) -> None:
        """Bring the documents of ``keys`` up to date and take out those of ``remove``, in one commit.

        ``documents_for`` makes documents as they are now, one after the other; a key without one is taken out.
        A missing index is made. A damaged one is set aside and the documents begin a new one, which is not `usable`
        until a rebuild has completed it. Where others write for too long the keys are left for them to write.
        """
        keys, remove = list(keys), list(remove)
        try:
            with self.lock():
                self._write(keys, documents_for, remove)
                while parts := list(self.root.glob("late-*")):
                    late = [key for part in parts for key in _keys_in(part)]
                    self._write(list(dict.fromkeys(late)), documents_for, [])
                    for part in parts:
                        part.unlink()
        except IndexBusy as busy:
            logger.info("%s: its writer will write %s more", busy, len(keys) + len(remove))
            left = self.root / f"left-{uuid.uuid4().hex}"
            _append(left, keys + remove)
            left.rename(self.root / left.name.replace("left", "late"))  # whole when it can be seen

    def _write(self, keys: list[str], documents_for: DocumentsFor, remove: list[str]) -> None:
        for journal in self.root.glob("*.changes"):
            _append(journal, keys + remove)
        if (name := self._pointer()) and not self._is_ours(name):
            logger.warning("the search index in %s is of another engine: run manage.py update_index", self.root)
            self._set_aside()
        engine = self._current() or self._begin()
        try:
            engine.write(documents_for(keys), keys + remove)
        except Exception:
            logger.exception("the search index in %s could not be written: run manage.py update_index", self.root)
            self._set_aside()
            self._begin().write(documents_for(keys))

    def _begin(self) -> Engine:
        name = self._new_name()
        self.engine_class(self.root / name).create()
        self._point_to(name)
        engine = self._current()
        if engine is None:
            raise OSError(f"{self.root / 'current'} can't be read")
        return engine

    def _point_to(self, name: str) -> None:
        fresh = self.root / "current.new"
        fresh.write_text(name, encoding="utf-8")
        fresh.replace(self.root / "current")

    def _set_aside(self) -> None:
        name = self._pointer()
        self._forget()
        with suppress(FileNotFoundError):
            (self.root / "current").unlink()
        damaged = self.root / f"damaged-{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:4]}"
        if name and (self.root / name).exists():
            (self.root / name).rename(damaged)
        else:
            damaged.mkdir()

    # Rebuilding

    def start_rebuild(self) -> "Rebuild":
        """A new empty index beside the one in use; what is written from now on is noted for it."""
        with self.lock():
            current = self._pointer()
            for left in [*self.root.glob("index-*")]:
                if left.name != current:  # of a rebuild that never finished
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
            name = self._new_name()
            engine = self.engine_class(self.root / name)
            engine.create()
            (self.root / f"{name}.changes").touch()
        return Rebuild(self, name, engine)


def _append(file: Path, keys: list[str]) -> None:
    with file.open("a", encoding="utf-8") as lines:
        lines.write("".join(json.dumps(key) + "\n" for key in keys))


def _keys_in(file: Path) -> list[str]:
    return list(dict.fromkeys(map(json.loads, file.read_text(encoding="utf-8").splitlines())))


class Rebuild:
    """An index being built beside the one in use."""

    def __init__(self, store: IndexStore, name: str, engine: Engine) -> None:
        self.store, self.name, self.engine = store, name, engine

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents. The files are this rebuild's alone, so nobody waits."""
        self.engine.write(documents)

    def finish(self, documents_for: DocumentsFor) -> None:
        """Repeat what was written meanwhile (see `IndexStore.write`), then take the place of the other index."""
        store = self.store
        journal = store.root / f"{self.name}.changes"
        with store.lock():
            if keys := _keys_in(journal):
                self.engine.write(documents_for(keys), keys)
            self.engine.close()
            before = store._pointer()
            store._point_to(self.name)
            journal.unlink()
            for old in [store.root / before] if before else []:
                shutil.rmtree(old, ignore_errors=True)
            for damaged in store.root.glob("damaged-*"):
                shutil.rmtree(damaged, ignore_errors=True)
