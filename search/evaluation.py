"""How good and how fast the site's own search is on a collection with known answers: `manage.py search_eval`."""

import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from modelsearch.backends import import_backend

from search.analysis.synonyms import NONE, Synonyms
from search.backends.matching import best, questions
from search.documents import document
from search.engines.base import Document
from search.engines.store import IndexStore

# The boost that Wagtail gives to a page's title.
TITLE_BOOST = 2.0
LOOKED_AT = 10

Row = dict[str, Any]


@dataclass
class Collection:
    """Documents in an index of their own. They are numbered, as a database's rows are; ``ids`` are their own ids."""

    store: Any
    # Bytes that the index takes.
    size: Callable[[], int]
    ids: list[str] = field(default_factory=list)
    synonyms: Synonyms = NONE
    # CPU seconds that went into reading rows.
    reading: float = 0.0

    def add(self, rows: Iterable[Row], make: Callable[[str, Row], Document]) -> dict[str, Any]:
        """Index rows of {id, title, text}, in one commit. Returns the figures of building.

        Analysis counts; reading the file and loading the dictionary do not.
        """
        make("", {"text": "词典"})
        rebuild = self.store.start_rebuild()
        started = time.process_time()
        rebuild.write(self._numbered(rows, make))
        spent = time.process_time() - started - self.reading
        rebuild.finish(lambda keys: [])
        return {
            "docs": len(self.ids),
            "docs_per_cpu_second": round(len(self.ids) / spent, 1),
            "index_mb": round(self.size() / 1e6, 1),
            "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        }

    def _numbered(self, rows: Iterable[Row], make: Callable[[str, Row], Document]) -> Iterator[Document]:
        reader = iter(rows)
        while True:
            started = time.thread_time()  # an engine's own threads go on meanwhile
            row = next(reader, None)
            self.reading += time.thread_time() - started
            if row is None:
                return
            self.ids.append(row["id"])
            yield make(str(len(self.ids) - 1), row)

    def best(self, text: str) -> list[str]:
        """The ids of the first ten hits; equally good ones in the order in which they were added."""
        scores = best(lambda asked: self.store.search(asked, LOOKED_AT), questions(text, self.synonyms))
        ordered = sorted(scores, key=lambda key: (-scores[key], int(key)))
        return [self.ids[int(key)] for key in ordered[:LOOKED_AT]]


def whole(key: str, row: Row) -> Document:
    """A row as the site indexes a page."""
    return document(key, [(row.get("title") or "", TITLE_BOOST), (row["text"], 1.0)])


@contextmanager
def collection(engine: str) -> Iterator[Collection]:
    """An empty collection in a temporary folder. ``engine``: whoosh or tantivy. Raises ImportError for another.

    Or opensearch: on the server that SEARCH_URL names; the figures of CPU are then those of this process alone.
    """
    if engine == "opensearch":
        from search.backends.opensearch.trial import trial

        with trial() as temporary:
            yield Collection(temporary, temporary.size)
        return
    engine_class = import_backend(f"search.backends.{engine}").engine_class
    with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
        store = IndexStore(Path(folder) / "index", engine_class)
        yield Collection(store, lambda: sum(part.stat().st_size for part in store.root.rglob("*") if part.is_file()))


def reciprocal_rank(hits: Sequence[str], gold: Iterable[str]) -> float:
    """One over the place of the first right hit among the first ten; 0 where there is none."""
    right = set(gold)
    return next((1 / place for place, hit in enumerate(hits[:LOOKED_AT], 1) if hit in right), 0.0)


def recall(hits: Sequence[str], gold: Sequence[str]) -> float:
    """The part of the right documents that is among the first ten."""
    return len(set(gold).intersection(hits[:LOOKED_AT])) / len(set(gold))


def percentile(values: Iterable[float], part: float) -> float:
    """The value below which ``part`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def ask(best: Callable[[str], Sequence[str]], queries: Sequence[Row]) -> dict[str, Any]:
    """Ask every question of {q, gold}. Returns the figures of asking, CPU time from the text to the ids."""
    best(queries[0]["q"])  # opening the index is no part of a question
    ranks, recalls, times = [], [], []
    for row in queries:
        started = time.process_time()
        hits = best(row["q"])
        times.append((time.process_time() - started) * 1000)
        ranks.append(reciprocal_rank(hits, row["gold"]))
        recalls.append(recall(hits, row["gold"]))
    return {
        "queries": len(queries),
        "mrr10": round(sum(ranks) / len(ranks), 4),
        "recall10": round(sum(recalls) / len(recalls), 4),
        "cpu_ms_p50": round(percentile(times, 0.5), 2),
        "cpu_ms_p95": round(percentile(times, 0.95), 2),
    }
