"""What questions lose when they are typed in Traditional characters.

    PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.dev python benchmarks/search_traditional.py \
        DOCS.jsonl.gz QUERIES.jsonl.gz [LIMIT] [whoosh|tantivy]

Each question is written as OpenCC's phrase conversions would write it in general, in Taiwan (with and without its own
words: 軟體 for 软件) and in Hong Kong. The site converts back character by character, so that this is no round trip.
Prints MRR@10 as it was asked and in each script.
"""

import sys

import django

django.setup()

from opencc import OpenCC  # noqa: E402

from search import evaluation  # noqa: E402
from search.management.commands.search_eval import rows  # noqa: E402

SCRIPTS = {"general": "s2t", "Taiwan": "s2tw", "Taiwan, own words": "s2twp", "Hong Kong": "s2hk"}


def main(docs: str, queries: str, limit: str = "0", engine: str = "whoosh") -> None:
    questions = [row for row in rows(queries, "q", "gold") if row["gold"]][: int(limit) or None]
    with evaluation.collection(engine) as searched:
        searched.add(rows(docs), evaluation.whole)
        before = None
        for name, written in {"as asked": None, **SCRIPTS}.items():
            convert = OpenCC(written).convert if written else str
            asked = [convert(row["q"]) for row in questions]
            score = sum(
                evaluation.reciprocal_rank(searched.best(text), row["gold"])
                for text, row in zip(asked, questions, strict=True)
            ) / len(questions)
            before = score if before is None else before
            changed = sum(text != row["q"] for text, row in zip(asked, questions, strict=True))
            print(f"{engine}, {name}: MRR@10 {score:.4f}, loss {before - score:.4f}, questions changed {changed}")


if __name__ == "__main__":
    main(*sys.argv[1:])
