"""From `modelsearch`'s query objects to matching keys: words go to the engine, and/or/not are sets here.

So an engine needs to answer one kind of question only. What no index holds, the order of words in a phrase and which
field a word came from, is read from the objects themselves, for the few that have all the words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from operator import itemgetter
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from modelsearch import query as q
from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, SearchField

from search import vocabulary
from search.analysis import NO_WORDS, OfficeWords, cut, normalise, pairs
from search.analysis.beginnings import BEGINS, LONGEST, beginning
from search.analysis.numbers import number_term, sought
from search.analysis.sounds import sounded
from search.analysis.synonyms import Synonyms, Wording
from search.analysis.words import ASKING_PAIRS, HAN, starts, typed
from search.documents import declared, texts
from search.engines.base import Must, Question
from search.engines.store import IndexStore

# Objects whose text is looked at are loaded this many at a time.
LOOKED_AT = 100
# What a hit by a synonym counts beside one by the word that was typed. benchmarks/search_synonyms.py, MRR@10 of
# questions with the short form of titles with the long one / with the long one / of lay questions with a synonym:
# none .598/.941/.703, 1: .920/.924/.585, 0.9: .907/.937/.614, 0.8: .878/.937/.703, 0.7: .838/.941/.703; summed, not
# the best: .881/.892/.594.
SYNONYM_WEIGHT = 0.8
_HAN = re.compile(f"[{HAN}]")
_ALONE = re.compile(f"(?<![{HAN}])[{HAN}](?![{HAN}])")
K = TypeVar("K")


@dataclass
class Matches:
    """The keys that match, with scores; or, where ``excluded`` is a set, every key that is not in it."""

    scores: dict[Any, float] = field(default_factory=dict)
    excluded: set[Any] | None = None

    @property
    def others_excluded(self) -> bool:
        """Whether only the keys with a score match."""
        return self.excluded is None

    def holds(self, key: Any) -> bool:
        """Whether a key matches."""
        return key in self.scores if self.excluded is None else key not in self.excluded

    def inverted(self) -> "Matches":
        """Every key that does not match."""
        if self.excluded is None:
            return Matches(excluded=set(self.scores))
        return Matches(dict.fromkeys(self.excluded, 0.0))

    def __and__(self, other: "Matches") -> "Matches":
        if self.excluded is not None and other.excluded is not None:
            return Matches(_added(self.scores, other.scores), self.excluded | other.excluded)
        first, second = (self, other) if self.excluded is None else (other, self)
        return Matches({k: s + second.scores.get(k, 0.0) for k, s in first.scores.items() if second.holds(k)})

    def __or__(self, other: "Matches") -> "Matches":
        scores = _added(self.scores, other.scores)
        if self.excluded is None and other.excluded is None:
            return Matches(scores)
        if self.excluded is not None and other.excluded is not None:
            return Matches(scores, self.excluded & other.excluded)
        certain, rest = (self, other) if self.excluded is None else (other, self)
        return Matches(scores, (rest.excluded or set()) - certain.scores.keys())


def _added(first: dict[Any, float], second: dict[Any, float]) -> dict[Any, float]:
    return first | {key: first.get(key, 0.0) + score for key, score in second.items()}


def question(text: str, every: bool = False, office: OfficeWords = NO_WORDS) -> Question:
    """What a text asks for, cut by these words of the office: any of its words and pairs, with ``every`` all of it."""
    return _asked(Wording(normalise(text).text), every, office)


def questions(
    text: str, synonyms: Synonyms, every: bool = False, before: OfficeWords | None = None
) -> dict[Question, float]:
    """What a text asks for in each of its wordings, as it was typed first, and what a hit by each counts.

    A wording with synonyms finds only what holds these whole, not 生活 of 最低生活保障. ``before``: the words of the
    office by which documents may be cut still; a wording that they cut otherwise is asked in both ways, which count
    the same.
    """
    asked: dict[Question, float] = {}
    weight = 1.0
    for wording in synonyms.wordings(normalise(text).text):
        asked.setdefault(_asked(wording, every, synonyms.office), weight)
        if before is not None and any(word in wording.text for word in before ^ synonyms.office):
            asked.setdefault(_asked(wording, every, before), weight)
        weight = SYNONYM_WEIGHT
    return asked


def _asked(wording: Wording, every: bool, office: OfficeWords) -> Question:
    needed = [must for phrase in ((wording.text,) if every else wording.instead) for must in _whole(phrase)]
    return Question(*_terms(wording.text, office), _once(needed))


def best(search: Callable[[Question], Mapping[K, float]], asked: Mapping[Question, float]) -> dict[K, float]:
    """The hits of a question's wordings, each with its best score; ``asked`` as `questions` gives it."""
    scores: dict[K, float] = {}
    for each, weight in asked.items():
        for key, score in search(each).items():
            if weight * score > scores.get(key, -1.0):
                scores[key] = weight * score
    return scores


def _once(terms: Iterable[K]) -> tuple[K, ...]:
    return tuple(dict.fromkeys(terms))


def _terms(normalised: str, office: OfficeWords) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words and pairs that rank.

    The pairs in phrases of asking (怎么, 什么) count only where there is nothing else: few laws hold them, so they
    would pass for rare and telling.
    """
    doubles = tuple(pairs(normalised))
    return tuple(cut(normalised, office)), tuple(pair for pair in doubles if pair not in ASKING_PAIRS) or doubles


def _whole(normalised: str) -> tuple[Must, ...]:
    """All of a phrase: every pair of Han characters, each one that stands alone, and every other word.

    Whichever way a dictionary cuts a text, a text that holds the phrase holds its pairs.
    """
    alone = set(_ALONE.findall(normalised))
    words = (word for word in cut(normalised) if not _HAN.search(word) or word in alone)
    return _once((*(Must("pairs", pair) for pair in pairs(normalised)), *(Must("words", word) for word in words)))


def levels(text: str, by_sound: bool = True) -> list[tuple[float, tuple[Must, ...]]]:
    """What someone who is still typing may mean, best first, with its score: what begins so, by its letters, its
    syllables, its initials; then what holds all of it, as it was typed, in words that mean the same, and by its sound.
    """
    normalised = normalise(text).text
    _same, *others = vocabulary.current().synonyms.wordings(normalised)
    sounds = (sounded(normalised) or ()) if by_sound else ()
    begin = beginning(normalised) if len(normalised) <= LONGEST else ""
    asked: list[tuple[Must, ...]] = [
        *((Must("starts", term, True),) for term in (begin, *(BEGINS + sound for sound in sounds)) if term),
        _held(normalised),
        *(_held(wording.text) for wording in others),
        *((Must("starts", sound, True),) for sound in sounds),
    ]
    return [(1.0 / (1 + place), must) for place, must in enumerate(filter(None, asked))]


def _held(normalised: str) -> tuple[Must, ...]:
    return tuple(Must("starts", term, is_beginning) for term, is_beginning in typed(normalised))


class Matcher:
    """Finds the keys of one question in one index. ``fields``: only these fields of the model count, or None."""

    def __init__(self, store: IndexStore, model: type[Model], fields: list[str] | None, while_typing: bool) -> None:
        self.store = store
        self.model = model
        self.root = get_model_root(model._meta.concrete_model)
        self.fields = fields
        self.while_typing = while_typing

    def matches(self, query: q.SearchQuery) -> Matches:  # noqa: PLR0911 (one line for each kind of query)
        """What a query matches. Raises NotImplementedError for a kind of query that is not known here."""
        match query:
            case q.MatchAll():
                return Matches(excluded=set())
            case q.Not(subquery=inner):
                return self.matches(inner).inverted()
            case q.And(subqueries=parts):
                return self._combined(parts, Matches.__and__)
            case q.Or(subqueries=parts):
                return self._combined(parts, Matches.__or__)
            case q.Boost(subquery=inner, boost=boost):
                return self._boosted(self.matches(inner), boost)
            case q.PlainText(query_string=text, operator=operator, boost=boost):
                return self._boosted(self._plain(text, operator == "and"), boost)
            case q.Fuzzy(query_string=text, operator=operator):
                return self._plain(text, operator == "and")
            case q.Phrase(query_string=text):
                return self._phrase(text)
        raise NotImplementedError(f"{type(query).__name__} is not supported by this search backend")

    def best(self, query: q.SearchQuery, limit: int) -> dict[Any, float] | None:
        """The ``limit`` best keys of a plain question; None where all that match have to be found first."""
        if not isinstance(query, q.PlainText) or self.fields is not None or self.while_typing:
            return None
        text, every = query.query_string, query.operator == "and"
        if sought(text) or sounded(normalise(text).text):
            return None
        # Who is among the best by the best of several wordings is among the best of one.
        scores = best(lambda asked: self._ask(asked, limit), self._questions(text, every))
        found = dict(nlargest(limit, scores.items(), key=itemgetter(1)))
        return self._boosted(Matches(found), query.boost).scores

    def _questions(self, text: str, every: bool) -> dict[Question, float]:
        known = vocabulary.current()
        return questions(text, known.synonyms, every, self.store.cuts().otherwise(known.office))

    def _combined(self, parts: Iterable[q.SearchQuery], join: Callable[[Matches, Matches], Matches]) -> Matches:
        first, *rest = map(self.matches, parts)
        for other in rest:
            first = join(first, other)
        return first

    @staticmethod
    def _boosted(matches: Matches, boost: float) -> Matches:
        return Matches({key: score * boost for key, score in matches.scores.items()}, matches.excluded)

    def _ask(self, asked: Question, limit: int | None = None) -> dict[Any, float]:
        """The engine's hits by primary key. Nothing asked, nothing found."""
        if not (asked.words or asked.pairs or asked.must):
            return {}
        to_key = self.root._meta.pk.to_python
        return {to_key(key): score for key, score in self.store.search(asked, limit).items()}

    def _plain(self, text: str, every: bool) -> Matches:
        if self.while_typing:
            return self._typed(text)
        asked = self._questions(text, every)
        office = vocabulary.current().office

        def fits(written: list[str]) -> bool:
            held = {term for each in written for term in (*cut(each, office), *pairs(each))}
            return any(
                {must.text for must in each.must} <= held and (every or not held.isdisjoint((*each.words, *each.pairs)))
                for each in asked
            )

        found = best(self._ask, asked)
        if not every and (number := sought(text)):
            # The document itself, before all that cite it.
            top = max(found.values(), default=0.0) + 1.0
            for key in self._ask(Question(must=(Must("words", number_term(number)),))):
                found[key] = found.get(key, 0.0) + top
        # What holds the letters as they were typed comes before what sounds like them.
        least = min(found.values(), default=1.0) / 2
        found = dict.fromkeys(self._by_sound(text), least) | found
        return self._kept(found, SearchField, fits)

    def _typed(self, text: str) -> Matches:
        terms = typed(normalise(text).text)
        found: dict[Any, float] = {}
        for score, keys in self.levels(text):
            found = dict.fromkeys(keys, score) | found
        return self._kept(found, AutocompleteField, lambda written: _begins(written, terms))

    def levels(self, text: str) -> Iterator[tuple[float, set[Any]]]:
        """The hits of `levels` as scores and keys, best first, each asked when it is wanted. A key may come again."""
        for score, must in levels(text, by_sound=self.fields is None):
            yield score, set(self._ask(Question(must=must)))

    def _by_sound(self, text: str) -> dict[Any, float]:
        """Hits of a question in Latin letters whose titles sound like it; none where only some fields count."""
        terms = sounded(normalise(text).text) if self.fields is None else None
        found: dict[Any, float] = {}
        for term in terms or ():
            found |= self._ask(Question(must=(Must("starts", term, True),)))
        return found

    def _phrase(self, text: str) -> Matches:
        wanted = normalise(text).text.split()
        if not wanted:
            return Matches()
        exact = r"\s+".join(map(re.escape, wanted))
        before = r"(?<!\w)" if not _HAN.match(wanted[0]) else ""
        after = r"(?!\w)" if not _HAN.match(wanted[-1][-1]) else ""
        pattern = re.compile(before + exact + after)
        found = self._ask(question(text, True, vocabulary.current().office))
        fits: Callable[[list[str]], bool] = lambda written: any(map(pattern.search, written))  # noqa: E731
        return Matches({key: found[key] for key in self._looked_at(found, SearchField, fits)})

    def _kept(self, found: dict[Any, float], kind: type, fits: Callable[[list[str]], bool]) -> Matches:
        """All hits; where only some fields count, the hits whose fields fit."""
        if self.fields is None:
            return Matches(found)
        return Matches({key: found[key] for key in self._looked_at(found, kind, fits)})

    def _looked_at(self, found: Iterable[Any], kind: type, fits: Callable[[list[str]], bool]) -> Iterator[Any]:
        """The keys whose normalised texts fit, read from the database."""
        keys = list(found)
        for start in range(0, len(keys), LOOKED_AT):
            for key, written in self._written(keys[start : start + LOOKED_AT], kind):
                if fits([normalise(text).text for text in written]):
                    yield key

    def _written(self, keys: list[Any], kind: type) -> Iterator[tuple[Any, list[str]]]:
        """The texts of objects; a column that is only text is read without the rest of the object."""
        if self.fields and all(map(self._is_text_column, self.fields)):
            for key, *values in self.model._default_manager.filter(pk__in=keys).values_list("pk", *self.fields):
                yield key, list(texts(values))
            return
        for obj in self.root._default_manager.filter(pk__in=keys):
            instance = obj.get_indexed_instance()
            if instance is not None:
                yield obj.pk, [text for text, _ in declared(instance, kind, self.fields)]

    def _is_text_column(self, name: str) -> bool:
        try:
            column = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return isinstance(column, Field) and column.concrete and not hasattr(column, "get_searchable_content")


def _begins(written: list[str], terms: list[tuple[str, bool]]) -> bool:
    held = {term for each in written for term in starts(each)}
    return all(any(word.startswith(term) for word in held) if begins else term in held for term, begins in terms)
