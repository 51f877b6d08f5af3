"""Both engines beside what else ranks Chinese on one machine, in one run: relevance, CPU time, building, size.

    PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.dev python benchmarks/search_peers.py \
        DOCS.jsonl.gz QUERIES.jsonl.gz [--limit N] [--seed S] [--turn T] [--json]

TURN questions go to one system after the other, in changing order, so that whatever else the machine does hits all
alike; with --turn 1 each question finds the processor's caches full of the others' data. Times are CPU, from the text
to ten ids. Two-word queries are two words of a question, drawn by --seed.
"through the site" is the search backend as pages use it: the engine, then the database for ten objects.
Needs the packages of requirements-dev.txt. See docs/decisions/0004.
"""

import argparse
import gc
import json
import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

VAR = tempfile.TemporaryDirectory(prefix="search-peers-")
os.environ["BIANMIN_VAR"] = VAR.name

import django  # noqa: E402

django.setup()

import bm25s  # noqa: E402
import jieba  # noqa: E402
import jieba.analyse  # noqa: E402
import numpy as np  # noqa: E402
from django.db import connection, models  # noqa: E402
from modelsearch import index as library  # noqa: E402
from modelsearch.backends import get_search_backend, import_backend  # noqa: E402
from whoosh import fields, index, query  # noqa: E402

from search import evaluation  # noqa: E402
from search.analysis import cut, normalise  # noqa: E402
from search.backends.matching import question  # noqa: E402
from search.engines.base import Document, Occurrences  # noqa: E402
from search.management.commands.search_eval import rows, sample  # noqa: E402

RUNS = re.compile("[㐀-鿿]+|[^\\W㐀-鿿]+")
RESAMPLES = 4000
TEN = evaluation.LOOKED_AT

Row = dict[str, Any]


def whole_text(row: Row) -> str:
    return f"{row.get('title') or ''}\n{row['text']}"


def bigrams(text: str) -> list[str]:
    """Pairs of Han characters, a character that stands alone, words of other letters; in lower case."""
    found: list[str] = []
    for run in RUNS.findall(text.lower()):
        found += map("".join, pairwise(run)) if "㐀" <= run[0] <= "鿿" and len(run) > 1 else [run]
    return found


def words(text: str) -> list[str]:
    """jieba's words, whichever cut ranks better: the one for search engines."""
    return [word for word in jieba.lcut_for_search(text.lower()) if RUNS.match(word)]


def size_of(folder: str | Path) -> float:
    return sum(part.stat().st_size for part in Path(folder).rglob("*") if part.is_file()) / 1e6


class Article(library.Indexed, models.Model):
    """A row of the collection as an object of the site, to measure the way through the database."""

    title = models.TextField()
    text = models.TextField()
    search_auto_update = False
    search_fields = [library.SearchField("title", boost=evaluation.TITLE_BOOST), library.SearchField("text")]

    class Meta:
        app_label = "search"

    def __str__(self) -> str:
        return self.title


class Ours:
    """One of our engines, with documents numbered as a database's rows are."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = Path(tempfile.mkdtemp(dir=VAR.name)) / "index"
        self.engine = import_backend(f"search.backends.{name}").engine_class(self.folder)
        self.engine.create()

    def prepare(self, number: int, row: Row) -> Document:
        return evaluation.whole(str(number), row)

    def build(self, prepared: Iterable[Document]) -> None:
        self.engine.write(prepared)

    def best(self, text: str) -> list[int]:
        scores = self.engine.search(question(text), TEN)
        return [int(key) for key in sorted(scores, key=lambda key: (-scores[key], int(key)))]

    def megabytes(self) -> float:
        return size_of(self.folder)


class OurWordsOnly(Ours):
    """Words without pairs: only to see what building costs without them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = f"{name}, words only"

    def prepare(self, number: int, row: Row) -> Document:
        fields = ((row.get("title") or "", evaluation.TITLE_BOOST), (row["text"], 1.0))
        return Document(str(number), Occurrences([(cut(normalise(text).text), boost) for text, boost in fields]))


class ThroughTheSite:
    """The backend with objects in a database. Built by the command's own way; only asking is measured."""

    def __init__(self, name: str) -> None:
        self.name = f"{name} through the site"
        self.backend = get_search_backend(f"search.backends.{name}", FOLDER=tempfile.mkdtemp(dir=VAR.name))
        rebuilder = self.backend.rebuilder_class(self.backend.get_index_for_model(Article))
        rebuilder.start().add_items(Article, Article.objects.order_by("pk").iterator(500))
        rebuilder.finish()

    def best(self, text: str) -> list[int]:
        return [article.pk for article in self.backend.search(text, Article)[:TEN]]


class Fts5:
    """SQLite's full text index over bigrams, which it takes as words."""

    name = "SQLite FTS5, bigrams"

    def __init__(self) -> None:
        self.file = Path(tempfile.mkdtemp(dir=VAR.name)) / "fts.sqlite3"
        self.database = sqlite3.connect(self.file)
        self.database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='')")

    def prepare(self, number: int, row: Row) -> tuple[int, str]:
        return number, " ".join(bigrams(whole_text(row)))

    def build(self, prepared: Iterable[tuple[int, str]]) -> None:
        with self.database:
            self.database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", prepared)

    def best(self, text: str) -> list[int]:
        asked = " OR ".join(f'"{term}"' for term in dict.fromkeys(bigrams(text)))
        found = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
        return [number for (number,) in self.database.execute(found, (asked, TEN))] if asked else []

    def megabytes(self) -> float:
        return size_of(self.file.parent)


class Bm25s:
    """bm25s: every score computed beforehand, in memory, no change without building all anew."""

    def __init__(self, name: str, cut: Any) -> None:
        self.name, self.cut = name, cut
        self.retriever = bm25s.BM25()

    def prepare(self, number: int, row: Row) -> list[str]:
        return self.cut(whole_text(row))

    def build(self, prepared: Iterable[list[str]]) -> None:
        corpus = list(prepared)
        self.count = len(corpus)
        self.retriever.index(corpus, show_progress=False)

    def best(self, text: str) -> list[int]:
        asked = self.cut(text)
        if not asked:
            return []
        numbers, scores = self.retriever.retrieve([asked], k=min(TEN, self.count), show_progress=False)
        return [int(number) for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    def megabytes(self) -> float:
        folder = tempfile.mkdtemp(dir=VAR.name)
        self.retriever.save(folder, show_progress=False)
        return size_of(folder)


class PlainWhoosh:
    """Whoosh as its users have it: jieba's analyser, Whoosh's own query objects and scores. Any word suffices."""

    name = "Whoosh, ChineseAnalyzer"

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(dir=VAR.name)
        self.analyser = jieba.analyse.ChineseAnalyzer()
        schema = fields.Schema(number=fields.STORED, text=fields.TEXT(analyzer=self.analyser))
        self.index = index.create_in(self.folder, schema)

    def prepare(self, number: int, row: Row) -> tuple[int, str]:
        return number, whole_text(row)

    def build(self, prepared: Iterable[tuple[int, str]]) -> None:
        with self.index.writer(limitmb=64) as writer:
            for number, text in prepared:
                writer.add_document(number=number, text=text)
        self.searcher = self.index.searcher()

    def best(self, text: str) -> list[int]:
        terms = {token.text for token in self.analyser(text)}
        asked = query.Or([query.Term("text", term) for term in sorted(terms)])
        return [hit["number"] for hit in self.searcher.search(asked, limit=TEN)]

    def megabytes(self) -> float:
        return size_of(self.folder)


def built(system: Any, documents: list[Row]) -> Row:
    """Build one system. Documents for each CPU second with analysis and without, and megabytes.

    What analysis takes is measured by itself and subtracted; PlainWhoosh's can't be told apart.
    """
    gc.collect()
    started = time.process_time()
    for number, row in enumerate(documents):
        system.prepare(number, row)
    analysed = time.process_time() - started
    started = time.process_time()
    system.build(system.prepare(number, row) for number, row in enumerate(documents))
    spent = time.process_time() - started
    inside = isinstance(system, PlainWhoosh)
    return {
        "docs_per_cpu_second": round(len(documents) / spent),
        "docs_per_cpu_second_without_analysis": None if inside else round(len(documents) / (spent - analysed)),
        "index_mb": round(system.megabytes(), 1),
    }


def fill_database(documents: Iterable[Row]) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Article)
    articles = (Article(pk=n, title=row.get("title") or "", text=row["text"]) for n, row in enumerate(documents))
    Article.objects.bulk_create(articles, batch_size=500)


def asked(systems: list[Any], texts: list[str], turn: int) -> dict[str, tuple[list[list[int]], list[float]]]:
    """For each system the hits of each text and the CPU milliseconds they took."""
    answers: dict[str, tuple[list[list[int]], list[float]]] = {system.name: ([], []) for system in systems}
    for system in systems:
        system.best(texts[0])
    for number, start in enumerate(range(0, len(texts), turn)):
        first = number % len(systems)
        for system in systems[first:] + systems[:first]:
            hits, times = answers[system.name]
            for text in texts[start : start + turn]:
                started = time.process_time()
                hits.append(system.best(text))
                times.append((time.process_time() - started) * 1000)
    return answers


def two_words(questions: list[Row], seed: int) -> list[str]:
    """Two different words of each question that has two of at least two characters, in their order."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    texts = []
    for row in questions:
        found = list(dict.fromkeys(word for word in jieba.lcut(row["q"]) if len(word) > 1 and RUNS.fullmatch(word)))
        if len(found) > 1:
            texts.append(" ".join(found[place] for place in sorted(draw.sample(range(len(found)), 2))))
    return texts


def interval(first: list[float], second: list[float], seed: int) -> tuple[float, float, float]:
    """The difference of two means over the same questions, and where 95 % of paired resamples have it."""
    differences = np.array(first) - np.array(second)
    drawn = np.random.default_rng(seed).integers(0, len(differences), (RESAMPLES, len(differences)))
    means = differences[drawn].mean(axis=1)
    return float(differences.mean()), *(float(edge) for edge in np.percentile(means, (2.5, 97.5)))


def measured(documents: list[Row], questions: list[Row], seed: int, turn: int) -> dict[str, Any]:
    """All figures, by system."""
    ids = [row["id"] for row in documents]
    ours = [Ours("tantivy"), Ours("whoosh")]
    peers = [Fts5(), Bm25s("bm25s, jieba words", words), Bm25s("bm25s, bigrams", bigrams), PlainWhoosh()]
    figures: dict[str, Row] = {}
    for system in [*ours, OurWordsOnly("whoosh"), *peers]:
        figures[system.name] = built(system, documents)
        print(f"built: {system.name} {figures[system.name]}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    fill_database(documents)
    systems = [*ours, *map(ThroughTheSite, ("tantivy", "whoosh")), *peers]
    gc.collect()
    gc.freeze()
    natural = asked(systems, [row["q"] for row in questions], turn)
    short = asked(systems, two_words(questions, seed), turn)
    ranks = {}
    for name, (hits, times) in natural.items():
        found = [[ids[number] for number in each] for each in hits]
        gold = [row["gold"] for row in questions]
        ranks[name] = list(map(evaluation.reciprocal_rank, found, gold))
        figures.setdefault(name, {}).update(
            mrr10=round(float(np.mean(ranks[name])), 4),
            recall10=round(float(np.mean(list(map(evaluation.recall, found, gold)))), 4),
            natural_p50=round(evaluation.percentile(times, 0.5), 2),
            natural_p95=round(evaluation.percentile(times, 0.95), 2),
            two_words_p50=round(evaluation.percentile(short[name][1], 0.5), 2),
            two_words_p95=round(evaluation.percentile(short[name][1], 0.95), 2),
        )
    difference = partial(interval, seed=seed)
    return {
        "docs": len(documents),
        "questions": len(questions),
        "two_word_queries": len(short[Fts5.name][1]),
        "load": round(os.getloadavg()[0], 1),
        "systems": figures,
        "mrr10_differences": {
            f"{mine.name} − {peer.name}": [round(edge, 4) for edge in difference(ranks[mine.name], ranks[peer.name])]
            for mine in ours
            for peer in peers
        },
    }


def show(figures: dict[str, Any]) -> None:
    """The figures as tables."""
    systems = figures.pop("systems")
    differences = figures.pop("mrr10_differences")
    print(", ".join(f"{name} {value}" for name, value in figures.items()))
    columns = list(dict.fromkeys(name for row in systems.values() for name in row))
    print("\t".join(["system", *columns]))
    for name, row in systems.items():
        print("\t".join([name, *("–" if row.get(column) is None else str(row[column]) for column in columns)]))
    for name, (mean, low, high) in differences.items():
        print(f"MRR@10 {name}: {mean:+.4f} (95 %: {low:+.4f} to {high:+.4f})")
    base = systems[Fts5.name]
    for name in ("tantivy", "tantivy through the site", "whoosh", "whoosh through the site"):
        times = ("natural_p50", "natural_p95", "two_words_p50", "two_words_p95")
        print(f"{name} ÷ FTS5:", ", ".join(f"{time} {systems[name][time] / base[time]:.2f}" for time in times))
    whole, only = (systems[name]["docs_per_cpu_second"] for name in ("whoosh", "whoosh, words only"))
    print(f"whoosh builds at {whole / only:.0%} of its words-only speed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs")
    parser.add_argument("queries")
    parser.add_argument("--limit", type=int, help="ask only so many questions, drawn by --seed")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--turn", type=int, default=10, help="questions that a system answers before the next does")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    jieba.setLogLevel(60)
    jieba.initialize()
    question("预热")  # both dictionaries are loaded before anything is measured
    questions = sample(list(rows(options.queries, "q", "gold")), options.limit, options.seed)
    figures = measured(list(rows(options.docs, "id", "text")), questions, options.seed, options.turn)
    print(json.dumps(figures, ensure_ascii=False)) if options.json else show(figures)


if __name__ == "__main__":
    main()
