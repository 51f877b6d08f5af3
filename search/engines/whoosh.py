"""Ranking with Whoosh: its files and postings, our own BM25 over words and pairs.

Whoosh's query machinery scores one posting at a time through several objects; reading a term's postings block by
block into one table of scores is about ten times faster and lets lengths be exact (see docs/decisions/0001).
"""

import math
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, SegmentReader, TermNotFound

from search.engines.base import Document, Must, Question
from search.engines.ranking import FIELD_WEIGHTS, K1, LONGEST_EXPANSION, B, idf, rarest
from search.engines.whoosh_files import MappedStorage
from search.engines.whoosh_postings import GatheredPostings, TermCodec
from search.engines.whoosh_schema import schema

# So many segments of about one size are merged; sizes are about the same within a factor of as many.
ALIKE = 4
# Seconds that a writer waits for another one, on top of the store's own lock.
WRITER_TIMEOUT = 30


@dataclass
class Segment:
    """One of the parts a Whoosh index consists of, with what ranking needs in memory."""

    reader: IndexReader
    keys: list[str]
    deleted: frozenset[int]
    norms: dict[str, list[float]]


class Snapshot:
    """The index as one commit left it, open for reading by one thread at a time."""

    def __init__(self, index: FileIndex) -> None:
        self.reader = index.reader()
        self.generation = self.reader.generation()
        # With the deleted ones, as in the counts of terms: idf must not turn negative.
        self.documents = self.reader.doc_count_all()
        leaves = [reader for reader, _ in self.reader.leaf_readers()] if self.documents else []
        lengths = {name: [list(leaf.column_reader(f"{name}_length")) for leaf in leaves] for name in FIELD_WEIGHTS}
        average = {name: sum(map(sum, rows)) / max(sum(map(len, rows)), 1) or 1.0 for name, rows in lengths.items()}
        self.segments = [
            Segment(
                leaf,
                list(leaf.column_reader("key")),
                frozenset(leaf.deleted_docs_set),
                {
                    name: [K1 * (1 - B + B * length / average[name]) for length in lengths[name][position]]
                    for name in FIELD_WEIGHTS
                },
            )
            for position, leaf in enumerate(leaves)
        ]


class WhooshEngine:
    """An engine (see `search.engines.base`) on one folder of Whoosh files."""

    name = "whoosh"
    form = 2

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index: FileIndex | None = None
        self._idle: list[Snapshot] = []
        self._guard = threading.Lock()

    def create(self) -> None:
        self.folder.mkdir(parents=True)
        FileIndex.create(MappedStorage(str(self.folder)), schema())

    def _open(self) -> FileIndex:
        if self._index is None:
            self._index = FileIndex(MappedStorage(str(self.folder)))
        return self._index

    def write(self, documents: Iterable[Document], remove: Iterable[str] = ()) -> None:
        index = self._open()
        fresh = index.doc_count() == 0
        writer = index.writer(timeout=WRITER_TIMEOUT, delay=0.05, codec=TermCodec())
        writer.pool = postings = GatheredPostings()
        try:
            removed = set(remove)
            for key in removed if not fresh else ():
                writer.delete_by_term("key", key)
            for document in documents:
                if not fresh and document.key not in removed:
                    writer.delete_by_term("key", document.key)
                for name, weights in _fields(document):
                    postings.take(name, writer.docnum, weights)
                writer.add_document(
                    key=document.key,
                    words_length=round(sum(document.words.values())),
                    pairs_length=round(sum(document.pairs.values())),
                    fingerprint=document.fingerprint,
                )
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=merge_alike)

    def count(self) -> int:
        return self._open().doc_count()

    def entries(self) -> Iterator[tuple[str, int]]:
        with closing(self._open().reader()) as reader:
            for leaf, _ in reader.leaf_readers() if reader.doc_count_all() else ():
                rows = zip(leaf.column_reader("key"), leaf.column_reader("fingerprint"), strict=True)
                deleted = leaf.deleted_docs_set
                yield from (row for number, row in enumerate(rows) if number not in deleted)

    def close(self) -> None:
        with self._guard:
            idle, self._idle, self._index = self._idle, [], None
        for snapshot in idle:
            snapshot.reader.close()

    def search(self, question: Question, limit: int | None = None) -> dict[str, float]:
        snapshot = self._take()
        try:
            scores = _rank(snapshot, question)
        finally:
            with self._guard:
                self._idle.append(snapshot)
        if limit is not None and limit < len(scores):
            return {key: scores[key] for key in nlargest(limit, scores, key=scores.__getitem__)}
        return scores

    def _take(self) -> Snapshot:
        """A snapshot of the newest commit that no other thread is reading."""
        index = self._open()
        newest = index.latest_generation()
        stale = []
        with self._guard:
            while self._idle:
                snapshot = self._idle.pop()
                if snapshot.generation == newest:
                    break
                stale.append(snapshot)
            else:
                snapshot = None
        for old in stale:
            old.reader.close()
        return snapshot or Snapshot(index)


def _fields(document: Document) -> Iterator[tuple[str, Mapping[str, float]]]:
    yield "words", document.words
    yield "pairs", document.pairs
    yield "starts", dict.fromkeys(document.starts, 1.0)


def merge_alike(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: four segments of about one size become one with what is being written.

    Every segment repeats its terms and is asked by every search (14 parts of a collection of laws took three times
    the space of one), while merging costs nearly what indexing did: so each document is merged once each time the
    index has grown fourfold. Segments whose documents are mostly replaced or deleted are merged with the rest.
    """
    sizes: dict[int, list[Any]] = {}
    for segment in segments:
        worn = segment.deleted_count() * 2 > segment.doc_count_all()
        sizes.setdefault(0 if worn else int(math.log(max(segment.doc_count(), 1), ALIKE)), []).append(segment)
    kept = []
    for alike in sizes.values():
        if len(alike) < ALIKE:
            kept += alike
            continue
        for segment in alike:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return kept


def _rank(snapshot: Snapshot, question: Question) -> dict[str, float]:
    if not snapshot.segments or not (question.words or question.pairs or question.must):
        return {}
    needed = [_holders(snapshot, must) for must in question.must]
    parts = range(len(snapshot.segments))
    allowed = [set.intersection(*(holders[part] for holders in needed)) for part in parts] if needed else []
    if needed and not any(allowed):
        return {}
    asked = [
        (each, holders)
        for each in rarest(question, snapshot.reader.doc_frequency)
        if (holders := snapshot.reader.doc_frequency(each.field, each.term))
    ]
    scores: dict[str, float] = {}
    for part, segment in enumerate(snapshot.segments):
        table: dict[int, float] = defaultdict(float)
        if not (question.words or question.pairs):
            rarity = sum(idf(snapshot.documents, sum(map(len, holders))) for holders in needed)
            table.update(dict.fromkeys(allowed[part], rarity))
        for each, holders in asked:
            norms = segment.norms[each.field]
            factor = each.weight * idf(snapshot.documents, holders) * (K1 + 1)
            for number, weight in _postings(segment.reader, each.field, each.term):
                table[number] += factor * weight / (weight + norms[number])
        keys, deleted = segment.keys, segment.deleted
        for number, score in table.items():
            if number not in deleted and (not needed or number in allowed[part]):
                scores[keys[number]] = score
    return scores


def _holders(snapshot: Snapshot, must: Must) -> list[set[int]]:
    """For each segment the numbers of the documents that hold a needed term."""
    found = []
    for segment in snapshot.segments:
        terms: Iterable[Any] = [must.text]
        if must.beginning:
            terms = islice(segment.reader.expand_prefix(must.field, must.text), LONGEST_EXPANSION)
        numbers = {number for term in terms for number, _ in _postings(segment.reader, must.field, term)}
        found.append(numbers - segment.deleted)
    return found


def _postings(reader: IndexReader, name: str, term: str | bytes) -> Iterator[tuple[int, float]]:
    """The documents of one segment that hold a term, each with the term's weight; deleted ones among them."""
    field = reader.schema[name]
    try:
        matcher = reader._terms.matcher(name, field.to_bytes(term), field.format)
    except TermNotFound:
        return
    if not isinstance(matcher, W3LeafMatcher):  # a single posting kept in the table of terms
        while matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()
        return
    while matcher.is_active():
        matcher._read_data()
        gaps, weights, _ = matcher._data
        if weights is None or isinstance(weights, float):
            weights = (weights or 1.0,) * len(gaps)
        yield from zip(accumulate(gaps), weights, strict=True)
        matcher._next_block()
