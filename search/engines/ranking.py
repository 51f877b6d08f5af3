"""What every engine ranks by: which terms of a question count, and how much. Engines differ in how they add it up."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from search.engines.base import Question

# Saturation and length of BM25; relevance hardly depends on them. Tantivy has no others.
K1, B = 1.2, 0.75
FIELD_WEIGHTS = {"words": 1.0, "pairs": 0.75}
# Of a long question only the rarest terms of each field are looked at: the common ones cost time, not rank.
RAREST = 32
# A beginning typed by someone stands for at most so many whole terms.
LONGEST_EXPANSION = 200


@dataclass(frozen=True)
class Asked:
    """A term of a question that counts: its field, how many documents hold it, and its weight before idf."""

    field: str
    term: str
    holders: int
    weight: float


def rarest(question: Question, holders: Callable[[str, str], int]) -> list[Asked]:
    """The rarest terms of a question that an index holds; one asked twice weighs twice.

    ``holders``: how many documents hold a term, by field and term.
    """
    chosen: list[Asked] = []
    for field, weight in FIELD_WEIGHTS.items():
        times = Counter(getattr(question, field))
        held = [(count, term) for term in times if (count := holders(field, term))]
        chosen += [Asked(field, term, count, weight * times[term]) for count, term in sorted(held)[:RAREST]]
    return chosen


def idf(documents: int, holders: int) -> float:
    """How much a term that ``holders`` of ``documents`` hold says about one (Lucene's formula, never negative)."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))
