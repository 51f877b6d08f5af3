"""The seam between the search library and what ranks: add, delete, search, in keys and scores.

An engine knows no model and no queryset. It keeps one index in one folder; who may write, where the folder lies and
what happens when it is damaged is `search.engines.store`'s business. Terms come from `search.analysis` alone.
"""

from collections import Counter
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol


class Occurrences(Mapping[str, float]):
    """How much each term weighs in a document: how often it occurs, times the boost of the field it occurs in.

    ``parts``: the terms of each field as they occur, and its boost. An engine that counts by itself takes these;
    for others they are counted when they are asked for.
    """

    def __init__(self, parts: Sequence[tuple[Sequence[str], float]]) -> None:
        self.parts = parts

    @cached_property
    def _weights(self) -> dict[str, float]:
        weights: dict[str, float] = {}
        for terms, boost in sorted(self.parts, key=lambda part: -len(part[0])):
            for term, times in Counter(terms).items():
                weights[term] = weights.get(term, 0.0) + times * boost
        return weights

    def __getitem__(self, term: str) -> float:
        return self._weights[term]

    def __iter__(self) -> Iterator[str]:
        return iter(self._weights)

    def __len__(self) -> int:
        return len(self._weights)

    def items(self) -> ItemsView[str, float]:
        return self._weights.items()

    def values(self) -> ValuesView[float]:
        return self._weights.values()


@dataclass(frozen=True)
class Document:
    """What an engine keeps of one object.

    ``key``: the object's primary key as text. ``words`` and ``pairs``: how much each term weighs in it, all fields
    together, a field's boost multiplied in (`Occurrences`, or any mapping). ``starts``: terms by which it is offered
    while someone types. ``fingerprint``: a number of 32 bits that another content would hardly have; it is kept and
    given back, so that an entry can be compared with what it should be. ``office``: the words of the office by which it
    was cut; an engine does not keep these, the store does.
    """

    key: str
    words: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[str, float] = field(default_factory=dict)
    starts: frozenset[str] = frozenset()
    fingerprint: int = 0
    office: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Must:
    """A term that every hit must hold: in ``field`` (words, pairs or starts), as a whole or as a beginning."""

    field: str
    text: str
    beginning: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked. ``words`` and ``pairs`` rank, any of them suffices; every one of ``must`` is needed.

    A word or pair that is asked twice stands there twice, and weighs twice.
    With no words and pairs the hits are ranked by how rare the needed terms are.
    """

    words: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    must: tuple[Must, ...] = ()


class Engine(Protocol):
    """One index in one folder. Damage shows as any exception; the store judges it."""

    # Both stand in the names of the folders, so that no engine takes another's index, or one whose fields were others,
    # for a damaged one of its own. Another ``form``, and indexes of before are built anew.
    name: str
    form: int

    def __init__(self, folder: Path) -> None: ...

    def create(self) -> None:
        """Make an empty index in the folder."""

    def write(self, documents: Iterable[Document], remove: Iterable[str] = ()) -> None:
        """Put in, replace and take out documents, all in one commit. The caller holds the store's lock."""

    def search(self, question: Question, limit: int | None = None) -> dict[str, float]:
        """The keys of all hits with their scores, higher is better, in no order.

        With ``limit`` so many of the best suffice: which of equally good hits are left out is the engine's affair.
        """

    def count(self) -> int:
        """How many documents the index holds."""

    def entries(self) -> Iterator[tuple[str, int]]:
        """Key and fingerprint of every document; a key that the index holds twice comes twice."""

    def close(self) -> None:
        """Let go of open files."""
