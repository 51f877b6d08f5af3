"""Re-indexing for words that came or went: only the documents that hold one of them, a few at a time.

Every index has on record which words its documents may not be cut by yet (`search.engines.cuts`). What counts is that
record, not who ordered the re-indexing: an index that was built meanwhile, or a word that was taken back, is no
special case.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from modelsearch.backends import get_search_backends
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models

from search import vocabulary
from search.analysis import OfficeWords, pairs
from search.backends.stored import StoredBackend
from search.domain import lifecycle
from search.engines.base import Must, Question
from search.engines.locks import IndexAway, IndexBusy
from search.models import Reindexing
from suite.background.domain import Turn

# Documents in one commit. Whoever saves a page waits for its end: laws of twenty pages each take half a second.
AT_ONCE = 20


def indexes() -> Iterator[Any]:
    """Every index of the site, in a fixed order."""
    roots = sorted({get_model_root(model) for model in get_indexed_models()}, key=lambda root: root._meta.label_lower)
    for backend in get_search_backends(with_auto_update=True):
        if isinstance(backend, StoredBackend):
            yield from map(backend.get_index_for_model, roots)


def unsettled() -> OfficeWords:
    """The words of the office that do not count for every document yet, and those that still do for some."""
    office = vocabulary.current().office
    try:
        stores = [index.store for index in indexes() if index.store.pointer()]
    except IndexAway:
        return frozenset()
    return frozenset().union(*(store.cuts().unsettled(office) for store in stores))


def holders(index: Any, words: Iterable[str]) -> list[str]:
    """The keys of all documents that hold one of the words, and of some that hold its pairs only; in a fixed order."""
    found: set[str] = set()
    for word in words:
        found.update(
            index.store.search(Question(must=tuple(Must("pairs", pair) for pair in dict.fromkeys(pairs(word)))))
        )
    return sorted(found, key=_order)


def _order(key: str) -> tuple[int, str]:
    return len(key), key


def work(record: Reindexing, turn: Turn) -> None:
    """One turn of a re-indexing; finishes it once every index is settled."""
    try:
        if all(_settled(index, record, turn) for index in indexes()):
            lifecycle.finish(record)
    except IndexBusy:
        return  # somebody else writes for long: in another turn


def _settled(index: Any, record: Reindexing, turn: Turn) -> bool:
    """Whether all documents of an index are cut by the words of now; False where it goes on in another turn."""
    store = index.store
    with store.lock():  # whoever was writing by the words of before has finished
        known = vocabulary.current()
        name, words = store.pointer(), sorted(store.cuts().unsettled(known.office))
    if not name or not words:
        return True
    for portion in _portions(index, record, [index.get_key(), name, str(known.version), words]):
        store.write(portion, index.documents_for)
        turn.report(record.done, total=record.total, place=record.place)
        if turn.time_is_up or vocabulary.current().version != known.version:
            return False
    with store.lock():
        unchanged = store.pointer() == name and vocabulary.current().version == known.version
        if unchanged and not store.late:
            store.settle(known.office)
            return True
    if store.late:
        store.write([], index.documents_for)
    return False


def _portions(index: Any, record: Reindexing, task: list[Any]) -> Iterator[list[str]]:
    """The keys that are still to be written, AT_ONCE at a time; after each the record says where to go on."""
    keys = holders(index, task[-1])
    if record.place.get("task") == task:
        keys = [key for key in keys if _order(key) > _order(record.place["after"])]
    record.total = record.done + len(keys)
    for start in range(0, len(keys), AT_ONCE):
        portion = keys[start : start + AT_ONCE]
        record.done += len(portion)
        record.place = {"task": task, "after": portion[-1]}
        yield portion
