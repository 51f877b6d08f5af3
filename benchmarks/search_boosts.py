"""Relevance by title boost and weight of pairs, through the site's own engine. See docs/decisions/0001.

    PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.dev python benchmarks/search_boosts.py \
        DOCS.jsonl.gz QUERIES.jsonl.gz

One index for each boost; takes some minutes.
"""

import sys
import tempfile
from pathlib import Path

import django

django.setup()

from search.engines import whoosh  # noqa: E402
from search.management.commands import search_eval  # noqa: E402

BOOSTS = (1.0, 2.0, 3.0, 5.0)
PAIR_WEIGHTS = (0.0, 0.25, 0.5, 1.0)


def main(docs: str, queries: str) -> None:
    command = search_eval.Command()
    asked = list(search_eval.rows(queries))
    print("title boost", *(f"pairs × {weight}" for weight in PAIR_WEIGHTS), sep="\t")
    for boost in BOOSTS:
        search_eval.TITLE_BOOST = boost
        with tempfile.TemporaryDirectory() as folder:
            engine = whoosh.WhooshEngine(Path(folder) / "index")
            engine.create()
            command.index(engine, docs)
            row = []
            for weight in PAIR_WEIGHTS:
                whoosh.FIELD_WEIGHTS["pairs"] = weight
                row.append(command.ask(engine, asked)["mrr10"])
            print(boost, *row, sep="\t", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
