"""How well OpenSearch ranks by what we send to it: the questions of search.backends.opensearch by Lucene's formula.

The double that tests run against scores by a formula of its own, so its order says nothing. This adds up the
conditions that are sent as Lucene does: BM25 with k1 1.2 and b 0.75, a field's length kept in a byte.

    PYTHONPATH=.:site python benchmarks/search_opensearch.py DOCS.jsonl.gz QUERIES.jsonl.gz [LIMIT [SEED]]
"""

import gzip
import json
import math
import os
import random
import sys
from collections import Counter, defaultdict

import django

K1, B = 1.2, 0.75


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def in_a_byte(length):
    """The length as Lucene keeps it: exact up to 24, then with four significant bits."""
    beyond = length - 24
    if beyond < 16:  # noqa: PLR2004 (four bits)
        return length
    shift = beyond.bit_length() - 4
    return 24 + (beyond >> shift << shift)


class Field:
    """One text field of all documents."""

    def __init__(self, texts):
        self.postings = defaultdict(dict)
        lengths = []
        for number, text in enumerate(texts):
            terms = text.split()
            lengths.append(len(terms))
            for term, times in Counter(terms).items():
                self.postings[term][number] = times
        average = sum(lengths) / len(lengths)
        self.damped = [K1 * (1 - B + B * in_a_byte(length) / average) for length in lengths]
        self.documents = len(lengths)

    def match(self, term, boost):
        held = self.postings.get(term, {})
        idf = math.log(1 + (self.documents - len(held) + 0.5) / (len(held) + 0.5))
        return {number: boost * idf * times / (times + self.damped[number]) for number, times in held.items()}


def scores(body, fields):
    """What a question in OpenSearch's words gives each document, for the kinds that `asking.plain` makes."""
    ((kind, about),) = body.items()
    if kind == "match":
        ((name, asked),) = about.items()
        return fields[name].match(asked["query"], asked.get("boost", 1.0))
    if kind == "dis_max":
        best = {}
        for each in about["queries"]:
            for number, score in scores(each, fields).items():
                best[number] = max(score, best.get(number, 0.0))
        return best
    if kind == "bool":
        total = Counter()
        for each in about.get("should") or about["must"]:
            total.update(scores(each, fields))
        needed = [scores(each, fields) for each in about.get("filter", ())]
        weight = about.get("boost", 1.0)
        return {number: weight * s for number, s in total.items() if all(number in held for held in needed)}
    if kind == "constant_score":
        return dict.fromkeys(scores(about["filter"], fields), about["boost"])
    return {}  # match_none, and prefixes: titles to be typed are not in a collection


def main(documents, questions, limit=0, seed=0):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    from search.backends.opensearch import asking
    from search.backends.opensearch.mapping import terms_of
    from search.evaluation import reciprocal_rank, whole

    collection = rows(documents)
    kept = [terms_of(whole(str(number), row)) for number, row in enumerate(collection)]
    fields = {name: Field([each[name] for each in kept]) for name in ("_words", "_pairs")}
    asked = [row for row in rows(questions) if row["gold"]]
    if limit and limit < len(asked):
        asked = random.Random(seed).sample(asked, limit)  # noqa: S311 (no secret)
    ranks = []
    for row in asked:
        found = scores(asking.plain(row["q"], every=False), fields)
        ordered = sorted(found, key=lambda number: (-found[number], number))[:10]
        ranks.append(reciprocal_rank([collection[number]["id"] for number in ordered], row["gold"]))
    print(json.dumps({"docs": len(collection), "queries": len(ranks), "mrr10": round(sum(ranks) / len(ranks), 4)}))


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))
