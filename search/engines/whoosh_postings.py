"""Postings on their way into a Whoosh index, gathered term by term.

Whoosh carries every posting alone, in a tuple through five calls, and past its limit of memory writes, reads and
sorts each alone: of building an index two thirds were that. Here a term's documents are one array all the way.
"""

import heapq
import pickle
import struct
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter, sub
from typing import IO, Any
from zlib import compress

from whoosh.codec.whoosh3 import COMPRESSION_MIN_SIZE, WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo

# A field, a term, and the documents that hold it in ascending order, each with the term's weight.
TermPostings = tuple[str, bytes, "array[int]", "array[float]"]

# Postings kept in memory, 8 bytes each and about 300 a term, before they are put down sorted.
AT_ONCE = 4_000_000
BLOCK = 1024
# As Whoosh writes them.
_BLOCK_LENGTH = struct.Struct("!i")
_FIELD = struct.Struct("!H")
_EXTENT = struct.Struct("!qi")
_PICKLED = 2
_COMPRESSION = 1


class GatheredPostings:
    """Takes the place of `whoosh.writing.PostingPool`. Documents come in ascending order."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, tuple[array[int], array[float]]]] = defaultdict(dict)
        self._count = 0
        self._runs: list[IO[bytes]] = []

    def take(self, field: str, number: int, weights: Mapping[str, float]) -> None:
        """All terms of one field of one document."""
        terms = self._fields[field]
        for term, weight in weights.items():
            if term in terms:
                numbers, held = terms[term]
                numbers.append(number)
                held.append(weight)
            else:
                terms[term] = array("I", (number,)), array("f", (weight,))
        self._count += len(weights)
        if self._count >= AT_ONCE:
            self._put_down()

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """One posting, as Whoosh gives those of other fields and of segments that are merged."""
        field, term, number, weight, _ = item
        self.take(field, number, {term.decode("utf-8", "surrogatepass"): weight})

    def _put_down(self) -> None:
        run = tempfile.TemporaryFile()  # noqa: SIM115 (closed by cleanup)
        for postings in self._sorted():
            pickle.dump(postings, run, pickle.HIGHEST_PROTOCOL)
        run.seek(0)
        self._runs.append(run)
        self._fields.clear()
        self._count = 0

    def _sorted(self) -> Iterator[TermPostings]:
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                yield field, term.encode("utf-8", "surrogatepass"), *terms[term]

    def iter_postings(self) -> Iterator[TermPostings]:
        """Every term once, in the order of fields and terms."""
        parts = [*map(_read, self._runs), self._sorted()]
        if len(parts) == 1:
            yield from parts[0]
            return
        # Of equal terms the earlier run's comes first, so that documents stay in order.
        merged = heapq.merge(*parts, key=itemgetter(0, 1))
        for (field, term), same in groupby(merged, key=itemgetter(0, 1)):
            numbers, weights = array("I"), array("f")
            for _, _, more_numbers, more_weights in same:
                numbers += more_numbers
                weights += more_weights
            yield field, term, numbers, weights

    def cleanup(self) -> None:
        """Let go of everything."""
        for run in self._runs:
            run.close()
        self._runs.clear()
        self._fields.clear()


def _read(run: IO[bytes]) -> Iterator[TermPostings]:
    while True:
        try:
            yield pickle.load(run)  # noqa: S301 (written by this process into a file that has no name)
        except EOFError:
            return


class TermWriter(W3FieldWriter):
    """Writes postings that come term by term, in the same blocks as Whoosh does."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[TermPostings]) -> None:
        last = None
        for field, term, numbers, weights in items:
            if field != last:
                if last is not None:
                    self.finish_field()
                self.start_field(field, schema[field])
                last = field
            if len(numbers) <= BLOCK:
                self._short(term, numbers, weights)
            else:
                self.start_term(term)
                self._fill(numbers, weights)
                self.finish_term()
        if last is not None:
            self.finish_field()

    def _short(self, term: bytes, numbers: "array[int]", weights: "array[float]") -> None:
        """Write a term of a single block, in the bytes that Whoosh's writer would.

        Nearly all terms are such; through the writer's objects, made anew for each, building took a fifth longer.
        """
        first, last, count, most = numbers[0], numbers[-1], len(numbers), max(weights)
        same = most if min(weights) == most else None
        gaps = (first, *map(sub, numbers[1:], numbers))
        kept = (gaps, tuple(weights) if same is None else None if same == 1.0 else same, None)
        block = pickle.dumps(kept, _PICKLED)
        compression = _COMPRESSION if len(block) >= COMPRESSION_MIN_SIZE else 0
        if compression:
            block = compress(block, compression)
        about = pickle.dumps((count, last, most, compression, 0, 0), _PICKLED)
        start = self._postfile.tell()
        length = _BLOCK_LENGTH.pack(-len(about) - len(block))  # below zero: the last block of its term
        written = b"".join((WHOOSH3_HEADER_MAGIC, length, about, block))
        self._postfile.write(written)
        entry = W3TermInfo._struct.pack(False, sum(weights), count, 0, 0, most, first, last)
        self._tindex.add(_FIELD.pack(self._fieldid) + term, entry + _EXTENT.pack(start, len(written)))

    def _fill(self, numbers: "array[int]", weights: "array[float]") -> None:
        """Hand the blocks over. The last stays with Whoosh's writer, which ends the term with it."""
        writer = self._postwriter
        for start in range(0, len(numbers), BLOCK):
            if start:
                writer._write_block()
            writer._ids = numbers[start : start + BLOCK]
            writer._weights = weights[start : start + BLOCK]
            writer._maxweight = max(writer._weights)


class TermCodec(W3Codec):
    """Whoosh's file format. Blocks of 1,024 postings instead of 128 and light compression: a fifth of the reading
    time, the same size.
    """

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=_COMPRESSION)

    def field_writer(self, storage: Any, segment: Any) -> TermWriter:
        return TermWriter(self, storage, segment)
