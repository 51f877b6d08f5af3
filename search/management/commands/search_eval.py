"""How good and how fast the site's own search is on a collection with known answers."""

import gzip
import json
import random
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import evaluation, vocabulary

ENGINES = ("whoosh", "tantivy", "opensearch")


def rows(path: str, *needed: str) -> Iterator[dict[str, Any]]:
    """The rows of a .jsonl or .jsonl.gz file. Raises CommandError with the line that can't be read."""
    opener = gzip.open if path.endswith(".gz") else open
    number = 0
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                row = json.loads(line)
                if missing := [name for name in needed if name not in row]:
                    raise ValueError(f"no {', '.join(missing)}")
                yield row
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise CommandError(f"{path}, line {number}: {error}") from error


def sample(questions: list[dict[str, Any]], limit: int | None, seed: int | None) -> list[dict[str, Any]]:
    """The first ``limit`` questions, or with a seed as many drawn by it; all of them where there is no limit."""
    if seed is not None and limit is not None and limit < len(questions):
        return random.Random(seed).sample(questions, limit)  # noqa: S311 (no secret: the same seed draws the same)
    return questions[:limit]


class Command(BaseCommand):
    help = (
        "Indexes DOCS ({id,title,text} a line) into a temporary index by the site's own analysis, asks QUERIES "
        "({id,q,gold:[ids]} a line) and prints relevance, speed and size."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("docs", help="documents, .jsonl or .jsonl.gz")
        parser.add_argument("queries", nargs="?", help="questions with the ids of their answers; none: only index")
        parser.add_argument("--engine", choices=ENGINES, help="what ranks; the site's own unless given")
        parser.add_argument("--limit", type=int, help="ask only so many questions, the first ones or by --seed")
        parser.add_argument("--seed", type=int, help="draw the questions that --limit leaves by this number")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit must be 1 or more.")
        engine = options["engine"] or str(settings.MODELSEARCH_BACKENDS["default"]["BACKEND"]).rpartition(".")[2]
        if engine == "opensearch" and not settings.SEARCH_URL:
            raise CommandError("Name the server in SEARCH_URL.")
        questions = list(rows(options["queries"], "q", "gold")) if options["queries"] else []
        questions = sample([row for row in questions if row["gold"]], options["limit"], options["seed"])
        if options["queries"] and not questions:
            raise CommandError("There are no questions to ask.")
        with evaluation.collection(engine) as searched:
            searched.synonyms = vocabulary.current().synonyms
            figures = {"engine": engine} | searched.add(rows(options["docs"], "id", "text"), evaluation.whole)
            if questions:
                figures |= evaluation.ask(searched.best, questions)
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            for name, value in figures.items():
                self.stdout.write(f"{name:24}{value}")
