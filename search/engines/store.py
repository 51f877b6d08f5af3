"""Where an index lies: one folder a model tree, a lock for writers, a pointer to the index in use.

    var/index/wagtailcore.page/
        lock, lock.next         held by whoever writes, and by who comes next
        building                held by whoever rebuilds, or fills an index that was begun (with a .next too)
        current                 the name of the folder in use
        late-…                  keys whose writers gave up waiting; whoever holds the lock writes them too
        unwritten               something could not be written, as on a full disk
        index-whoosh-2-1a2b…/   the engine's files
        index-…-1a2b….begun     that index began empty and may not hold everything yet
        index-…-3c4d….changes   keys written while index-…-3c4d… is being built beside the one in use
        damaged-…/              an index that could not be read, set aside

A rebuild fills a new folder while searches and writes go on, repeats what was written meanwhile, then moves the
pointer in one step. Readers that have the old folder open keep it until they let go.

An index that can't be read is set aside, once for all processes, and an empty one begun in its place; so is one of
another engine, as is found after the setting was changed. `search.reconciling` fills it, while searches find what is
there already. What the system refuses (a full disk, a folder that may not be written) is no damage.
"""

import logging
import os
import re
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TypeVar

from search.engines import cuts as cut_files
from search.engines import keys as key_files
from search.engines import sums
from search.engines.base import Document, Engine, Question
from search.engines.failures import of_the_machine
from search.engines.locks import IndexBusy, held, take
from search.engines.rebuild import Rebuild

logger = logging.getLogger("search")

# Seconds that a writer waits for the ones before it.
LOCK_TIMEOUT = 30
# Seconds that somebody who searches waits for a writer, where the index could not be read at first.
READER_TIMEOUT = 3
# What a process that died has left half done is looked at after so many seconds.
LEFT_BEHIND = 3600
_DAMAGED = "the search index in %s is damaged: it is set aside and built anew"

T = TypeVar("T")
# Makes the documents of the given keys as they are now, skipping those that no longer belong into the index.
DocumentsFor = Callable[[list[str]], Iterable[Document]]


class IndexStore:
    """One index with its folder: reads through the pointer, writes under the lock, survives a damaged index."""

    def __init__(self, root: Path, engine: type[Engine]) -> None:
        self.root = root
        self.engine_class = engine
        self._engine: Engine | None = None
        self._name = ""
        self._guard = threading.Lock()
        # Whether this process was last refused to read the index.
        self._refused = False
        self._cuts = (("", 0, 0), cut_files.Cuts())

    # Reading

    def search(self, question: Question, limit: int | None = None) -> dict[str, float]:
        """The engine's answer; nothing, with a line in the log, where there is no index that can be read."""
        return self._read(lambda engine: engine.search(question, limit)) or {}

    def entries(self) -> list[tuple[str, int]]:
        """Key and fingerprint of every document; none where there is no index that can be read."""
        return self._read(lambda engine: list(engine.entries())) or []

    def _read(self, ask: Callable[[Engine], T]) -> T | None:
        for _ in range(2):  # the second time where a rebuild has just moved the pointer
            engine = None
            try:
                engine = self._current()
                if engine is not None:
                    answer = ask(engine)
                    self._refused = False
                    return answer
                logger.warning(
                    "no search index in %s yet: the clock has it built, or run manage.py update_index", self.root
                )
                return None
            except Exception:  # noqa: BLE001 (whatever the engine meets in damaged files)
                if self._engine is engine:
                    break
        return self._read_again(ask)

    def _read_again(self, ask: Callable[[Engine], T]) -> T | None:
        """Ask once more while nobody writes: a file that a writer just replaced is no damage."""
        try:
            with self.lock(READER_TIMEOUT):
                self._forget()
                engine = self._current()
                try:
                    return ask(engine) if engine else None
                except Exception as error:
                    if of_the_machine(error):
                        raise
                    logger.exception(_DAMAGED, self.root)
                    self._set_aside()
                    self._begin()
        except Exception as error:
            if not (isinstance(error, IndexBusy) or of_the_machine(error)):
                raise
            self._refused = True
            logger.exception("the search index in %s could not be read", self.root)
        return None

    # Of an index on a server: whether that does not answer.
    away = False

    @property
    def usable(self) -> bool:
        """Whether there is an index to ask, and it holds everything as far as is known."""
        try:
            name = self.pointer()
            return bool(name) and not self._refused and not (self.root / f"{name}.begun").exists()
        except OSError:
            return False

    @property
    def late(self) -> bool:
        """Whether keys of a writer that could not wait are still to be written."""
        return any(self.root.glob("late-*"))

    @property
    def behind(self) -> bool:
        """Whether something could not be written since the index was last known to be whole, or can't be now."""
        return (self.root / "unwritten").exists() or (self.root.exists() and not os.access(self.root, os.W_OK))

    def cuts(self) -> cut_files.Cuts:
        """By which words of the office the documents of the index in use are cut."""
        try:
            folder = self.root / self.pointer()
            state = (folder / cut_files.FILE).stat()
        except OSError:
            return cut_files.Cuts()
        seen = (str(folder), state.st_ino, state.st_mtime_ns)
        if self._cuts[0] != seen:
            self._cuts = (seen, cut_files.read(folder))
        return self._cuts[1]

    def settle(self, office: frozenset[str]) -> None:
        """All documents are cut by these words; the caller has seen to it, and holds the lock."""
        cut_files.write(self.root / self.pointer(), cut_files.Cuts(office))

    def pointer(self) -> str:
        """The name of the folder in use; empty where there is none, or none of this engine."""
        name = self.pointed_to()
        return name if name.startswith(self._prefix) else ""

    def pointed_to(self) -> str:
        """The same whichever engine's it is; empty for what can't be the name of an index."""
        try:
            name = (self.root / "current").read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            return ""
        return name if re.fullmatch(r"index-[\w-]+", name) else ""

    @property
    def _prefix(self) -> str:
        return f"index-{self.engine_class.name}-{self.engine_class.form}-"

    def _current(self) -> Engine | None:
        """The engine on the folder that the pointer names; None where there is none of this engine."""
        name = self.pointer()
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

    def lock(self, timeout: float | None = None) -> AbstractContextManager[None]:
        """Hold the index for writing. Raises IndexBusy after ``timeout`` seconds, LOCK_TIMEOUT unless given."""
        return held(self.root / "lock", LOCK_TIMEOUT if timeout is None else timeout)

    def write(self, keys: Iterable[str], documents_for: DocumentsFor, remove: Iterable[str] = ()) -> None:
        """Bring the documents of ``keys`` up to date and take out those of ``remove``, in one commit.

        ``documents_for`` makes documents as they are now, one after the other; a key without one is taken out.
        Where there is no index, or a damaged one, which is set aside, the documents begin a new one, which is not
        `usable` until a rebuild or `search.reconciling` has completed it. Where others write for too long the keys
        are left for them to write. What the system refuses (OSError and the like) is raised; the index is then
        `behind` its database.
        """
        keys, remove = list(keys), list(remove)
        try:
            self._write_or_leave(keys, documents_for, remove)
        except Exception:
            # An empty file needs no room on the disk.
            with suppress(OSError):
                (self.root / "unwritten").touch()
            raise

    def _write_or_leave(self, keys: list[str], documents_for: DocumentsFor, remove: list[str]) -> None:
        try:
            with self.lock():
                self._write(keys, documents_for, remove)
                while parts := list(self.root.glob("late-*")):
                    late = [key for part in parts for key in key_files.read(part)]
                    self._write(list(dict.fromkeys(late)), documents_for, [])
                    for part in parts:
                        part.unlink()
        except IndexBusy as busy:
            logger.info("%s: its writer will write %s more", busy, len(keys) + len(remove))
            left = self.root / f"left-{uuid.uuid4().hex}"
            key_files.append(left, keys + remove)
            left.rename(self.root / left.name.replace("left", "late"))  # whole when it can be seen

    def _write(self, keys: list[str], documents_for: DocumentsFor, remove: list[str]) -> None:
        for journal in self.root.glob("*.changes"):
            if journal.stem == self.pointer():
                journal.unlink()  # of a rebuild that was killed when it was all but finished
            else:
                key_files.append(journal, keys + remove)
        engine = self._current() or self._begin()
        documents = _Made(documents_for(keys))
        try:
            engine.write(cut_files.noted(self.root / self._name, documents), keys + remove)
        except Exception as error:
            self._forget()
            if documents.failed or of_the_machine(error):
                raise
            logger.exception(_DAMAGED, self.root)
            self._set_aside()
            engine = self._begin()
            engine.write(cut_files.noted(self.root / self._name, documents_for(keys)))
        sums.note(self.root / self._name)

    def begin(self) -> None:
        """An empty index to be filled, where there is none."""
        with self.lock():
            if not self.pointer():
                self._begin()

    def _begin(self) -> Engine:
        if (self.root / "current").exists():
            logger.warning("the search index in %s is of another engine or make: it is built anew", self.root)
            self._set_aside()
        name = self._new_name()
        self.engine_class(self.root / name).create()
        cut_files.write(self.root / name, cut_files.Cuts(None))
        (self.root / f"{name}.begun").touch()
        self.point_to(name)
        engine = self._current()
        if engine is None:
            raise OSError(f"{self.root / 'current'} can't be read")
        return engine

    def verify(self) -> None:
        """Set the index aside where one of its files is not as it was written, and begin an empty one."""
        with self.lock():
            name = self.pointer()
            if name and (damaged := sums.damaged(self.root / name)):
                logger.error(f"{_DAMAGED}: %s", self.root, ", ".join(damaged))
                self._set_aside()
                self._begin()

    def complete(self) -> None:
        """The index was found to hold everything: from now on it is `usable`."""
        with self.lock():
            (self.root / f"{self.pointer()}.begun").unlink(missing_ok=True)
            self.throw_damaged_away()

    def caught_up(self) -> None:
        """Somebody begins to look for what could not be written: the index is `behind` again only if that fails."""
        (self.root / "unwritten").unlink(missing_ok=True)

    def throw_damaged_away(self) -> None:
        """What was set aside is of no use any more; the caller holds the lock."""
        for damaged in self.root.glob("damaged-*"):
            shutil.rmtree(damaged, ignore_errors=True)

    def point_to(self, name: str) -> None:
        """Take another folder into use, in one step; the caller holds the lock."""
        fresh = self.root / "current.new"
        fresh.write_text(name, encoding="utf-8")
        fresh.replace(self.root / "current")

    def _new_name(self) -> str:
        return f"{self._prefix}{uuid.uuid4().hex[:12]}"

    def _set_aside(self) -> None:
        """Take the index out of use; the caller holds the lock."""
        self._forget()
        name = self.pointed_to()
        (self.root / "current").unlink(missing_ok=True)
        if name and (self.root / name).exists():
            (self.root / f"{name}.begun").unlink(missing_ok=True)
            stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:4]}"
            (self.root / name).rename(self.root / f"damaged-{stamp}")

    # Rebuilding

    def building(self, timeout: float = 0) -> AbstractContextManager[None]:
        """Be the one who rebuilds or fills the index. Raises IndexBusy where somebody else is."""
        return held(self.root / "building", timeout)

    def start_rebuild(self) -> Rebuild:
        """A new empty index beside the one in use; what is written from now on is noted for it.

        Raises IndexBusy where somebody else is building the index and takes longer than LOCK_TIMEOUT.
        """
        hold = take(self.root / "building", LOCK_TIMEOUT)
        try:
            with self.lock():
                self._clear_up()
                name = self._new_name()
                engine = self.engine_class(self.root / name)
                engine.create()
                cut_files.write(self.root / name, cut_files.Cuts(None))
                (self.root / f"{name}.changes").touch()
        except BaseException:
            os.close(hold)
            raise
        return Rebuild(self, name, engine, hold)

    def _clear_up(self) -> None:
        """Take away what processes left that never came to their end; the caller holds both locks."""
        current = self.pointed_to()
        for left in self.root.glob("index-*"):
            if left.name not in (current, f"{current}.begun"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        for left in self.root.glob("left-*"):
            if time.time() - left.stat().st_mtime > LEFT_BEHIND:
                left.unlink()


class _Made:
    """Documents on their way to the engine; tells whether making them failed, which is no fault of the index."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = documents
        self.failed = False

    def __iter__(self) -> Iterator[Document]:
        try:
            yield from self.documents
        except Exception:
            self.failed = True
            raise
