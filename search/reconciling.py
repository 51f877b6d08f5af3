"""What an index should hold and what it holds, compared and made the same, a few objects at a time.

Every change reaches the index by itself. What does not: that of a process killed between the database's commit and
the index's, on a full disk, of a row changed past the models, of an index that was set aside.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from search.documents import fingerprints_of
from search.trees import Tree

logger = logging.getLogger("search")

# Objects compared, and written in one commit of the index, which others wait for.
PORTION = 100
# Seconds of one turn in the background: so long others in the queue wait for theirs.
TURN = 5.0


@dataclass
class Differences:
    """Keys of objects that the index lacks, that it holds and the database does not, that it holds as they were.

    One that it holds twice counts as stale. ``unreadable``: objects whose text can't be had; the log tells why.
    """

    missing: list[str] = field(default_factory=list)
    superfluous: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def __iadd__(self, other: "Differences") -> "Differences":
        for each in fields(self):
            getattr(self, each.name).extend(getattr(other, each.name))
        return self


def compared(tree: Tree, after: Any = None) -> Iterator[tuple[Any, Differences]]:
    """The differences of one tree, PORTION objects at a time, each time with the last key looked at.

    ``after``: go on behind that key. What is written meanwhile may pass for a difference; see `looked_at_again`.
    """
    held, keys = tree.store.entries(), tree.keys()
    if after is None:
        expected = set(map(str, keys))
        yield None, Differences(superfluous=sorted({key for key, _ in held} - expected))
    rest = [key for key in keys if after is None or key > after]
    for start in range(0, len(rest), PORTION):
        portion = rest[start : start + PORTION]
        yield portion[-1], _compared(tree, portion, held)


def _compared(tree: Tree, keys: list[Any], held: list[tuple[str, int]]) -> Differences:
    found = Differences()
    times, held_as = Counter(key for key, _ in held), dict(held)
    now = dict(fingerprints_of(tree.root, keys))
    for key in map(str, keys):
        if key not in now:
            found.unreadable.append(key)
        elif key not in held_as:
            found.missing.append(key)
        elif held_as[key] != now[key] or times[key] > 1:
            found.stale.append(key)
    return found


def looked_at_again(tree: Tree, found: Differences) -> Differences:
    """Which of the differences are still there: what somebody saved a moment ago was none."""
    held, keys = tree.store.entries(), tree.keys()
    expected, doubted = set(map(str, keys)), {*found.missing, *found.stale, *found.unreadable}
    again = _compared(tree, [key for key in keys if str(key) in doubted], held)
    again.superfluous = sorted({key for key, _ in held}.intersection(found.superfluous) - expected)
    return again


def mend(tree: Tree, found: Differences) -> None:
    """Bring the index in line with the database as it is now, in one commit for each PORTION."""
    keys = [*found.missing, *found.stale]
    tree.store.write(keys[:PORTION], tree.index.documents_for, found.superfluous)
    for start in range(PORTION, len(keys), PORTION):
        tree.store.write(keys[start : start + PORTION], tree.index.documents_for)


def lacking(tree: Tree) -> Iterator[Differences]:
    """What an index that was begun anew has not got yet, PORTION objects at a time; entries that are there are new."""
    held, keys = {key for key, _ in tree.store.entries()}, list(map(str, tree.keys()))
    missing = [key for key in keys if key not in held]
    superfluous = sorted(held.difference(keys))
    for start in range(0, max(len(missing), 1), PORTION):
        yield Differences(missing[start : start + PORTION], [] if start else superfluous)


def fill(tree: Tree, seconds: float = TURN) -> bool:
    """Go on filling an index that was begun; whether it holds everything now. Searches find what is there already.

    Raises IndexBusy where somebody else is building it.
    """
    until = time.monotonic() + seconds
    with tree.store.building():
        tree.store.begin()
        for found in lacking(tree):
            if found:
                mend(tree, found)
            if time.monotonic() > until:
                return False
        tree.store.complete()
    return True


def reconcile(tree: Tree, after: Any = None, seconds: float = TURN) -> Any:
    """Compare and mend all that comes after a key; the key to go on behind, None when all is done.

    Raises IndexBusy where somebody else is building the index.
    """
    until = time.monotonic() + seconds
    with tree.store.building():
        if after is None:
            tree.store.verify()
            tree.store.caught_up()
        for last, found in compared(tree, after):
            if found.missing or found.superfluous or found.stale:
                logger.info("mending the search index %s: %s", tree.name, found)
                mend(tree, found)
            if last is not None and time.monotonic() > until:
                return last
    return None
