"""The seam between the search library and what ranks: add, delete, search, in keys and scores.

An engine knows no model and no queryset. It keeps one index in one folder; who may write, where the folder lies and
what happens when it is damaged is `search.engines.store`'s business. Terms come from `search.analysis` alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Document:
    """What an engine keeps of one object.

    ``key``: the object's primary key as text. ``words`` and ``pairs``: how much each term weighs in it, all fields
    together, a field's boost multiplied in. ``starts``: terms by which it is offered while someone types.
    """

    key: str
    words: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[str, float] = field(default_factory=dict)
    starts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Must:
    """A term that every hit must hold: in ``field`` (words, pairs or starts), as a whole or as a beginning."""

    field: str
    text: str
    beginning: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked. ``words`` and ``pairs`` rank, any of them suffices; every one of ``must`` is needed.

    With no words and pairs the hits are ranked by how rare the needed terms are.
    """

    words: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    must: tuple[Must, ...] = ()


class Engine(Protocol):
    """One index in one folder. Damage shows as any exception; the store judges it."""

    def __init__(self, folder: Path) -> None: ...

    def create(self) -> None:
        """Make an empty index in the folder."""

    def write(self, documents: Iterable[Document], remove: Iterable[str] = ()) -> None:
        """Put in, replace and take out documents, all in one commit. The caller holds the store's lock."""

    def search(self, question: Question) -> dict[str, float]:
        """The keys of all hits with their scores, higher is better, in no order."""

    def count(self) -> int:
        """How many documents the index holds."""

    def close(self) -> None:
        """Let go of open files."""
