"""Questions as the server takes them: `search.backends.matching` says what is asked, this says it in its words.

What several engines of ours do in Python is one question here: synonyms are the best of several wordings, a document
number stands before everything else, what only sounds alike after everything.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from search import vocabulary
from search.analysis import OfficeWords, normalise
from search.analysis.numbers import number_term, sought
from search.analysis.sounds import sounded
from search.analysis.words import typed
from search.backends.matching import levels, questions
from search.backends.opensearch.mapping import solid, spelled
from search.engines.base import Must, Question
from search.engines.ranking import FIELD_WEIGHTS

Body = dict[str, Any]
T = TypeVar("T")

# A server takes 1024 conditions in one question, and a question of so many characters has less.
LONGEST = 300
MOST_CONDITIONS = 900
# Above what any text scores, and below it.
FIRST, LAST = 10_000.0, 1e-9

NOTHING: Body = {"match_none": {}}


def plain(text: str, every: bool, before: OfficeWords | None = None) -> Body:
    """Any of a text's words and pairs, or with ``every`` all; in all fields together.

    ``before``: see `search.backends.matching.questions`.
    """
    text = text[:LONGEST]
    wordings = [_weighed(ranked(asked), weight) for asked, weight in _wordings(text, every, before)]
    found = _best_of([*wordings, *(_only(sounding, LAST) for sounding in _sounding(text))])
    if not every and (number := sought(text)):
        itself = _only(_needed(Must("words", number_term(number))), FIRST)
        return _any([found, itself])
    return found


def ranked(asked: Question) -> Body:
    """One question of the engines' kind."""
    terms = [
        {"match": {f"_{field}": {"query": solid(term), "boost": weight * times}}}
        for field, weight in FIELD_WEIGHTS.items()
        for term, times in Counter(getattr(asked, field)).items()
    ]
    needed = [_needed(must) for must in asked.must]
    if not terms:
        return _only(_all(needed), 1.0) if needed else NOTHING
    return {"bool": {"should": terms, "minimum_should_match": 1, "filter": needed}}


def while_typing(text: str) -> Body:
    """All that has been typed so far, the last word perhaps a beginning."""
    asked = _as_many_as_it_takes((len(must), (score, must)) for score, must in levels(text[:LONGEST]))
    return _best_of([_only(_all(list(map(_needed, must))), score) for score, must in asked])


def phrase(text: str, columns: Sequence[tuple[str, float]] = (("_text", 1.0),)) -> Body:
    """A text as it is written, in one of the columns (each with its boost)."""
    written = spelled(text[:LONGEST])
    if not written:
        return NOTHING
    return _any([{"match_phrase": {name: {"query": written, "boost": boost}}} for name, boost in columns])


def in_columns(text: str, every: bool, columns: Sequence[tuple[str, float]], before: OfficeWords | None = None) -> Body:
    """Like `plain`, but only these columns of the model count; what is found must stand in one of them."""
    bodies = []
    for asked, weight in _wordings(text[:LONGEST], every, before):
        needed = [phrase(must.text, columns) for must in asked.must]
        if every:
            bodies.append(_weighed({"bool": {"must": needed}} if needed else NOTHING, weight))
        else:
            any_of = _any([phrase(term, columns) for term in dict.fromkeys((*asked.words, *asked.pairs))])
            bodies.append(_weighed({"bool": {"must": [any_of], "filter": needed}}, weight))
    return _best_of(bodies)


def typed_in_columns(text: str, columns: Sequence[str]) -> Body:
    """Like `while_typing`, in these columns alone."""
    needed = [
        _any([_holds(name, term, begins) for name in columns]) for term, begins in typed(normalise(text[:LONGEST]).text)
    ]
    return _all(needed) if needed else NOTHING


def _wordings(text: str, every: bool, before: OfficeWords | None) -> Iterator[tuple[Question, float]]:
    """The first wording, and as many of the others as the server takes with it; each with what a hit by it counts."""
    asked = questions(text, vocabulary.current().synonyms, every, before)
    return _as_many_as_it_takes(
        (len(each.words) + len(each.pairs) + len(each.must), (each, weight)) for each, weight in asked.items()
    )


def _as_many_as_it_takes(asked: Iterable[tuple[int, T]]) -> Iterator[T]:
    """The first of some questions, and as many more as the server takes with it; each with its conditions."""
    left = MOST_CONDITIONS
    for place, (conditions, each) in enumerate(asked):
        left -= conditions
        if place and left < 0:
            return
        yield each


def _weighed(body: Body, weight: float) -> Body:
    return body if weight == 1 else {"bool": {"must": [body], "boost": weight}}


def _sounding(text: str) -> list[Body]:
    return [_needed(Must("starts", term, True)) for term in sounded(normalise(text).text) or ()]


def _needed(must: Must) -> Body:
    return _holds(f"_{must.field}", must.text, must.beginning)


def _holds(column: str, term: str, begins: bool) -> Body:
    """Objects with a term in a column, or with one that begins so. The server folds accents of both."""
    return {"prefix": {column: {"value": solid(term)}}} if begins else {"match": {column: {"query": solid(term)}}}


def _all(bodies: list[Body]) -> Body:
    return {"bool": {"filter": bodies}}


def _any(bodies: list[Body]) -> Body:
    return {"bool": {"should": bodies, "minimum_should_match": 1}} if bodies else NOTHING


def _best_of(bodies: list[Body]) -> Body:
    return {"dis_max": {"queries": bodies}} if bodies else NOTHING


def _only(body: Body, score: float) -> Body:
    """Whatever fits, with this score each."""
    return {"constant_score": {"filter": body, "boost": score}}
