"""What every engine ranks by: which terms of a question count, and how much. Engines differ in how they add it up."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
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
    """A term of a question that counts: its field, and its weight before idf."""

    field: str
    term: str
    weight: float


def rarest(question: Question, holders: Callable[[str, str], int]) -> list[Asked]:
    """The rarest terms of a question, of which an index may hold none; one asked twice weighs twice.

    ``holders``: how many documents hold a term, by field and term; asked only where there are more than RAREST.
    """
    chosen: list[Asked] = []
    for field, weight in FIELD_WEIGHTS.items():
        times = Counter(getattr(question, field))
        terms: Iterable[str] = times
        if len(times) > RAREST:
            held = [(count, term) for term in times if (count := holders(field, term))]
            terms = [term for _, term in sorted(held)[:RAREST]]
        chosen += [Asked(field, term, weight * times[term]) for term in terms]
    return chosen


def idf(documents: int, holders: int) -> float:
    """How much a term that ``holders`` of ``documents`` hold says about one (Lucene's formula, never negative)."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))
