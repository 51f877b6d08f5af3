"""How good and how fast the site's own search is on a collection with known answers."""

import gzip
import json
import resource
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.backends.matching import question
from search.documents import document
from search.engines.whoosh import WhooshEngine

# The boost that Wagtail gives to a page's title.
TITLE_BOOST = 2.0
LOOKED_AT = 10


def rows(path: str) -> Iterator[dict[str, Any]]:
    """The rows of a .jsonl or .jsonl.gz file. Raises CommandError with the line that can't be read."""
    opener = gzip.open if path.endswith(".gz") else open
    number = 0
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}, line {number}: {error}") from error


class Command(BaseCommand):
    help = (
        "Indexes DOCS ({id,title,text} a line) into a temporary index by the site's own analysis, asks QUERIES "
        "({id,q,gold:[ids]} a line) and prints relevance, speed and size."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("docs", help="documents, .jsonl or .jsonl.gz")
        parser.add_argument("queries", nargs="?", help="questions with the ids of their answers; none: only index")
        parser.add_argument("--limit", type=int, help="ask only the first LIMIT questions")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
            engine = WhooshEngine(Path(folder) / "index")
            engine.create()
            figures = self.index(engine, options["docs"])
            if options["queries"]:
                figures |= self.ask(engine, list(rows(options["queries"]))[: options["limit"]])
            engine.close()
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            for name, value in figures.items():
                self.stdout.write(f"{name:24}{value}")

    def index(self, engine: WhooshEngine, path: str) -> dict[str, Any]:
        """Figures of building: one commit for all."""
        started = time.process_time()
        engine.write(
            document(row["id"], [(row.get("title") or "", TITLE_BOOST), (row["text"], 1.0)]) for row in rows(path)
        )
        spent = time.process_time() - started
        size = sum(part.stat().st_size for part in engine.folder.iterdir())
        return {
            "docs": engine.count(),
            "docs_per_cpu_second": round(engine.count() / spent, 1),
            "index_mb": round(size / 1e6, 1),
            "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        }

    def ask(self, engine: WhooshEngine, queries: list[dict[str, Any]]) -> dict[str, Any]:
        """Figures of asking: the first ten hits, equal scores in the order of their keys."""
        if not queries:
            raise CommandError("There are no questions to ask.")
        engine.search(question(queries[0]["q"]))  # opening the index is not part of a question
        ranks, recalls, times = [], [], []
        for row in queries:
            started = time.process_time()
            scores = engine.search(question(row["q"]))
            hits = sorted(scores, key=lambda key: (-scores[key], key))[:LOOKED_AT]
            times.append((time.process_time() - started) * 1000)
            gold = set(row["gold"])
            ranks.append(next((1 / place for place, key in enumerate(hits, 1) if key in gold), 0.0))
            recalls.append(len(gold.intersection(hits)) / len(gold))
        times.sort()
        return {
            "queries": len(queries),
            "mrr10": round(sum(ranks) / len(ranks), 4),
            "recall10": round(sum(recalls) / len(recalls), 4),
            "cpu_ms_p50": round(times[len(times) // 2], 2),
            "cpu_ms_p95": round(times[int(len(times) * 0.95)], 2),
        }
