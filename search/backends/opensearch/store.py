"""One model tree's index on the server: an alias for the index in use, whose name has seven random characters more.

What can't be written because the server is away is kept in a folder of this machine, as keys, and written with the
next change that reaches the server.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from opensearchpy import NotFoundError, OpenSearch, OpenSearchException, RequestError
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.helpers import bulk

from search.backends.opensearch.asking import ranked
from search.engines.base import Question
from search.engines.cuts import Cuts
from search.engines.locks import IndexAway, IndexBusy, held

logger = logging.getLogger("search")

# A server gives so many hits in one answer; what follows the ten thousandth nobody reads.
MOST_KEYS = 10_000
# Seconds for which a server that did not answer is not asked again: not everybody shall wait for it.
PAUSE = 10
# Bytes in one request.
PORTION = 5_000_000

# Seconds that a writer waits for the ones before it.
LOCK_TIMEOUT = 30
# Seconds for which it is believed by which words documents are cut.
CUTS_HOLD = 10

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """What the server keeps of an object, and the words of the office by which it is cut."""

    key: str
    fields: dict[str, Any]
    office: frozenset[str] = frozenset()


# Makes the entries of the given keys as they are now, skipping those that no longer belong into the index.
EntriesFor = Callable[[list[str]], Iterable[Entry]]


class ServerStore:
    """Asks and changes one index; answers like `search.engines.store.IndexStore`."""

    def __init__(self, client: OpenSearch, name: str, folder: Path) -> None:
        self.client, self.name, self.folder = client, name, folder
        self._asked_again = 0.0
        self._working, self._away = True, False
        self._cuts, self._cuts_until = Cuts(), 0.0

    # Reading

    @property
    def usable(self) -> bool:
        """Whether the last question was answered."""
        return self._working

    @property
    def away(self) -> bool:
        """Whether the server did not answer when it was last asked."""
        return self._away

    @property
    def behind(self) -> bool:
        """Whether changes wait on this machine for the server."""
        return any(self.folder.glob("*.keys"))

    late = behind

    def guarded(self, ask: Callable[[], T]) -> T:
        """What ``ask`` gets from the server. Raises IndexAway where it can't be asked or has no such index."""
        if time.monotonic() < self._asked_again:
            raise IndexAway(self.name)
        try:
            answer = ask()
        except NotFoundError as error:
            self._working, self._away = False, False
            logger.warning("no search index %s on the server: run manage.py update_index", self.name)
            raise IndexAway(self.name) from error
        except OpenSearchException as error:
            # Too long a list is asked for, or the like: the next question will be answered.
            self._working, self._away = isinstance(error, RequestError), not isinstance(error, RequestError)
            if isinstance(error, NoConnection):
                self._asked_again = time.monotonic() + PAUSE
            logger.error("the search server did not answer for %s: %s", self.name, error)
            raise IndexAway(self.name) from error
        self._working, self._away = True, False
        return answer

    def search(self, question: Question, limit: int | None = None) -> dict[str, float]:
        """The keys of hits with their scores, with ``limit`` of so many of the best; nothing while it is away."""
        body = {"query": ranked(question)}
        try:
            if limit is not None:
                return dict(self.guarded(lambda: self.hits(body, min(limit, MOST_KEYS))))
            return self.guarded(lambda: {hit["_id"]: hit["_score"] for hit in self._every(self.name, body)})
        except IndexAway:
            return {}

    def hits(self, body: dict[str, Any], limit: int) -> list[tuple[str, float]]:
        """Keys and scores of a question in the server's words, in its order."""
        answer = self.client.search(
            index=self.name,
            body=body | {"size": limit, "_source": False},
            params={"filter_path": "hits.hits._id,hits.hits._score"},
        )
        return [(hit["_id"], hit["_score"] or 0.0) for hit in answer.get("hits", {}).get("hits", [])]

    def entries(self, index: str = "") -> list[tuple[str, int]]:
        """Key and fingerprint of every object in an index, the one in use unless named. Raises IndexAway."""
        return self.guarded(lambda: list(self._entries(index or self.name)))

    def _entries(self, index: str) -> Iterator[tuple[str, int]]:
        for hit in self._every(index, {"query": {"match_all": {}}, "docvalue_fields": ["_fingerprint"]}):
            yield hit["_id"], int(hit["fields"]["_fingerprint"][0])

    def _every(self, index: str, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """All hits of a question, however many, in the order of their keys."""
        body = body | {"size": MOST_KEYS, "sort": [{"pk": "asc"}], "track_scores": True, "_source": False}
        while hits := self.client.search(index=index, body=body)["hits"]["hits"]:
            yield from hits
            body["search_after"] = hits[-1]["sort"]

    def values(self, body: dict[str, Any], column: str, most: int) -> list[tuple[Any, int]]:
        """The values of a column among the hits of a question and how many have each, most first; None for no value."""
        counted = {
            "values": {"terms": {"field": column, "size": most}},
            "none": {"missing": {"field": column}},
        }
        answer = self.client.search(index=self.name, body=body | {"size": 0, "aggregations": counted})
        found = [(each["key"], each["doc_count"]) for each in answer["aggregations"]["values"]["buckets"]]
        none = answer["aggregations"]["none"]["doc_count"]
        return sorted(found + ([(None, none)] if none else []), key=lambda pair: -pair[1])

    def count(self) -> int:
        """How many objects the index holds. Raises IndexAway."""
        return self.guarded(lambda: int(self.client.count(index=self.name)["count"]))

    # Writing

    def lock(self) -> AbstractContextManager[None]:
        """Hold the index for writing, against the processes of this machine. Raises IndexBusy."""
        return held(self.folder / "lock", LOCK_TIMEOUT)

    def building(self, timeout: float = 0) -> AbstractContextManager[None]:
        """Be the one on this machine who rebuilds the index or mends it. Raises IndexBusy where somebody else is."""
        return held(self.folder / "building", timeout)

    def verify(self) -> None:
        """Nothing: the server looks after its own files."""

    def begin(self) -> None:
        """Nothing: on a server an index is built whole, by update_index."""

    def complete(self) -> None:
        """Nothing, for the same reason."""

    def caught_up(self) -> None:
        """Somebody begins to look for what could not be written: that need not wait here any longer. Raises IndexBusy.

        Under the lock: a writer who is reading these keys would lose its own with them.
        """
        with self.lock():
            for part in self.folder.glob("*.keys"):
                part.unlink()

    def write(self, keys: Iterable[str], documents_for: EntriesFor, remove: Iterable[str] = ()) -> None:
        """Bring the objects of ``keys`` up to date and take out those of ``remove``, and what had to wait before.

        What can't be written while the server is away is kept for the next time.
        """
        keys, remove = [*keys], [*remove]
        try:
            with self.lock():
                parts = sorted(self.folder.glob("*.keys"))
                waiting = [key for part in parts for key in json.loads(part.read_text(encoding="utf-8"))]
                self._write(list(dict.fromkeys([*waiting, *keys])), documents_for, remove)
                for part in parts:
                    part.unlink()
        except (OpenSearchException, IndexBusy) as error:
            number = len(keys) + len(remove)
            logger.error("%s changes of %s wait for the search server: %s", number, self.name, error)
            self._keep([*keys, *remove])

    def _write(self, keys: list[str], entries_for: EntriesFor, remove: list[str]) -> None:
        targets = self.indexes()
        if not targets:
            logger.warning("no search index %s on the server: run manage.py update_index", self.name)
            return
        entries = {entry.key: entry for entry in entries_for(keys)}
        gone = [*remove, *(key for key in keys if key not in entries)]
        for target in targets:
            self.put(target, entries.values())
            self.take_out(target, gone)

    def put(self, index: str, entries: Iterable[Entry], only_new: bool = False) -> None:
        """Put objects into an index, or with ``only_new`` those that are not there yet. Raises OpenSearchException."""
        how = "create" if only_new else "index"
        noted = self._noted(index, entries)
        self._send(index, ({"_op_type": how, "_id": entry.key} | entry.fields for entry in noted))

    def take_out(self, index: str, keys: Iterable[str]) -> None:
        """Take objects out of an index, those that are there. Raises OpenSearchException."""
        self._send(index, ({"_op_type": "delete", "_id": key} for key in keys))

    def _send(self, index: str, actions: Iterable[dict[str, Any]]) -> None:
        _, failed = bulk(self.client, actions, index=index, max_chunk_bytes=PORTION, raise_on_error=False)
        # Not there, or there already.
        wrong = [result for each in failed for result in each.values() if result["status"] not in (404, 409)]
        if wrong:
            raise OpenSearchException(f"{len(wrong)} objects were refused, the first: {wrong[0].get('error')}")

    # By which words of the office documents are cut (see `search.engines.cuts`): kept with the index's fields.

    def cuts(self) -> Cuts:
        """By which words of the office the documents of the index in use are cut, as it was some seconds ago."""
        now = time.monotonic()
        if now > self._cuts_until:
            try:
                self._cuts = self.guarded(lambda: self._cuts_of(self.name))
                self._cuts_until = now + CUTS_HOLD
            except IndexAway:
                return Cuts()
        return self._cuts

    def settle(self, office: frozenset[str]) -> None:
        """All documents are cut by these words; the caller has seen to it. Raises OpenSearchException, IndexAway."""
        for index in self.in_use():
            self._note(index, Cuts(office))

    def _cuts_of(self, index: str) -> Cuts:
        about = self.client.indices.get_mapping(index=index, params={"filter_path": "*.mappings._meta"})
        return next((from_meta(each["mappings"]["_meta"]) for each in about.values()), Cuts())

    def _note(self, index: str, cuts: Cuts) -> None:
        self.client.indices.put_mapping(index=index, body={"_meta": as_meta(cuts)})
        self._cuts_until = 0.0

    def _noted(self, index: str, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries on their way into an index; the words they are cut by are on record before they are in it."""
        cuts = None
        for entry in entries:
            cuts = self._cuts_of(index) if cuts is None else cuts
            if (joined := cuts.joined_by(entry.office)) != cuts:
                self._note(index, joined)
                cuts = joined
            yield entry

    def _held(self) -> dict[str, Any]:
        named = re.compile(re.escape(self.name) + r"_[a-z0-9]{7}")
        held = self.guarded(lambda: self.client.indices.get_alias(index=f"{self.name}_*"))
        return {name: about["aliases"] for name, about in held.items() if named.fullmatch(name)}

    def indexes(self) -> list[str]:
        """The index in use and those being built. Raises IndexAway."""
        return [*self._held()]

    def in_use(self) -> list[str]:
        """The index that is asked; none before the first rebuild. Raises IndexAway."""
        return [name for name, aliases in self._held().items() if self.name in aliases]

    def pointer(self) -> str:
        """The name of the index in use; empty where there is none. Raises IndexAway."""
        return next(iter(self.in_use()), "")

    def _keep(self, keys: list[str]) -> None:
        if not keys:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / uuid.uuid4().hex
        part.write_text(json.dumps(keys), encoding="utf-8")
        part.rename(part.with_suffix(".keys"))  # whole when it can be seen

    def refresh(self) -> None:
        """Make everything written so far found at once; otherwise it is within a second."""
        self.client.indices.refresh(index=self.name)


def as_meta(cuts: Cuts) -> dict[str, Any]:
    """A record of cuts as it is kept with an index's fields."""
    words = None if cuts.words is None else sorted(cuts.words)
    return {"office": {"words": words, "doubted": sorted(cuts.doubted)}}


def from_meta(meta: dict[str, Any]) -> Cuts:
    """The record as it was kept."""
    words = meta["office"]["words"]
    return Cuts(None if words is None else frozenset(words), frozenset(meta["office"]["doubted"]))
