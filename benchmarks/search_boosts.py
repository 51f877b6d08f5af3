"""Relevance by title boost and weight of pairs, through the site's own engine. See docs/decisions/0001 and 0004.

    PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.dev python benchmarks/search_boosts.py \
        DOCS.jsonl.gz QUERIES.jsonl.gz [whoosh|tantivy]

One index for each boost; takes some minutes.
"""

import sys

import django

django.setup()

from search import evaluation  # noqa: E402
from search.engines import ranking  # noqa: E402
from search.management.commands.search_eval import rows  # noqa: E402

BOOSTS = (1.0, 2.0, 3.0, 5.0)
PAIR_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)


def main(docs: str, queries: str, engine: str = "whoosh") -> None:
    asked = list(rows(queries))
    print("title boost", *(f"pairs × {weight}" for weight in PAIR_WEIGHTS), sep="\t")
    for boost in BOOSTS:
        evaluation.TITLE_BOOST = boost
        with evaluation.collection(engine) as searched:
            searched.add(rows(docs), evaluation.whole)
            row = []
            for weight in PAIR_WEIGHTS:
                ranking.FIELD_WEIGHTS["pairs"] = weight
                row.append(evaluation.ask(searched.best, asked)["mrr10"])
            print(boost, *row, sep="\t", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
