"""By which words of the office the documents of an index are cut: a small file beside the engine's files.

Words change while documents are what they were. A question needs to know which words documents may not be cut by yet,
and the re-indexing which documents to write anew. Documents that hold none of the words in doubt are the same either
way: a word changes the cutting only where it stands (`search.analysis.words`).
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search.engines.base import Document

logger = logging.getLogger("search")

FILE = "office-words.json"
Words = frozenset[str]


@dataclass(frozen=True)
class Cuts:
    """The words by which all documents are cut, except that of those ``doubted`` a document may go either way.

    ``words`` is None in an index that no document has been written into.
    """

    words: Words | None = frozenset()
    doubted: Words = frozenset()

    def unsettled(self, office: Words) -> Words:
        """The words of which documents may know what the office's words do not say, or the other way round."""
        return self.doubted if self.words is None else self.doubted | (self.words ^ office)

    def otherwise(self, office: Words) -> Words | None:
        """The words by which a document may be cut if it is not cut by the office's words; None where all are."""
        unsettled = self.unsettled(office)
        return office ^ unsettled if unsettled else None

    def joined_by(self, office: Words) -> "Cuts":
        """After a document that is cut by these words."""
        return Cuts(office) if self.words is None else Cuts(self.words, self.unsettled(office))


def read(folder: Path) -> Cuts:
    """The cuts of an index; where nothing is on record, it was made before the office had words."""
    try:
        words, doubted = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Cuts(None if words is None else frozenset(words), frozenset(doubted))
    except FileNotFoundError:
        return Cuts()
    except (OSError, ValueError, TypeError):
        logger.exception("%s can't be read: run manage.py update_index", folder / FILE)
        return Cuts()


def write(folder: Path, cuts: Cuts) -> None:
    """Put the record down, whole or not at all."""
    fresh = folder / f"{FILE}.new"
    kept = [None if cuts.words is None else sorted(cuts.words), sorted(cuts.doubted)]
    fresh.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    fresh.replace(folder / FILE)


def noted(folder: Path, documents: Iterable[Document]) -> Iterator[Document]:
    """The documents on their way into an index; the words they are cut by are on record before they are in it."""
    cuts = read(folder)
    for document in documents:
        if (joined := cuts.joined_by(document.office)) != cuts:
            write(folder, joined)
            cuts = joined
        yield document
