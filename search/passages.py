"""The places in a text that answer a question, with the words found marked, in the script the text is written in."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from search.analysis import cut, normalise, pairs
from search.analysis.synonyms import NONE, Synonyms

# Characters around the words found; two passages of this length fit a phone's screen beside the title.
LENGTH = 90
MOST = 2
# A passage begins after the mark that ends a sentence, if there is one so near before the first word.
BACK = 24
# Of a common word the first so many places are looked at, all words together, and some of each word at least: a book
# holds 有关 ten thousand times, and the last places say no more than the first.
MOST_SPANS, FEWEST_OF_EACH = 2000, 20
_STOP = re.compile(r"[。！？；\n\r]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    """A part of a passage, as written; ``marked`` where it is what was asked for."""

    text: str
    marked: bool = False


Passage = list[Piece]
Span = tuple[int, int]


@dataclass(frozen=True)
class Asked:
    """What of a question is looked for in texts, normalised: its words, or its pairs where no word occurs."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]

    @classmethod
    def of(cls, question: str, synonyms: Synonyms = NONE) -> "Asked":
        """The words and pairs of a question as it was typed, and the synonyms of its words.

        A single character only where nothing longer is asked.
        """
        normalised = normalise(question).text
        words = dict.fromkeys(cut(normalised, synonyms.office))
        words |= dict.fromkeys(also for wording in synonyms.wordings(normalised) for also in wording.instead)
        longer = tuple(word for word in words if len(word) > 1)
        return cls(longer or tuple(words), tuple(dict.fromkeys(pairs(normalised))))

    def found_in(self, normalised: str) -> list[Span]:
        """Where it occurs, in order; spans may overlap."""
        for terms in (self.words, self.pairs):
            most = max(MOST_SPANS // max(len(terms), 1), FEWEST_OF_EACH)
            spans = sorted(span for term in terms for span in islice(_occurrences(term, normalised), most))
            if spans:
                return spans
        return []


def _occurrences(term: str, normalised: str) -> Iterator[Span]:
    start = normalised.find(term)
    while start >= 0:
        yield start, start + len(term)
        start = normalised.find(term, start + len(term))


def marked(text: str, asked: Asked) -> Passage:
    """A whole text, such as a title, with what was asked for marked."""
    normalised = normalise(text)
    spans = [normalised.original_span(*span) for span in asked.found_in(normalised.text)]
    return _pieces(text, 0, len(text), spans)


def passages(text: str, asked: Asked) -> list[Passage]:
    """At most MOST passages of a text that hold most of what was asked, the text's beginning where none does."""
    normalised = normalise(text)
    found = asked.found_in(normalised.text)
    if not found:
        return [_pieces(text, 0, LENGTH, [])] if text.strip() else []
    spans = [normalised.original_span(*span) for span in found]
    terms = [normalised.text[start:end] for start, end in found]
    chosen: list[Span] = []
    seen: set[str] = set()
    while len(chosen) < MOST and (window := _best(spans, terms, chosen, seen)):
        chosen.append(window)
        seen.update(term for span, term in zip(spans, terms, strict=True) if window[0] <= span[0] < window[1])
    return [_pieces(text, start, end, spans) for start, end in sorted(_begun_well(text, w) for w in chosen)]


def _best(spans: list[Span], terms: list[str], chosen: list[Span], seen: set[str]) -> Span | None:
    """The window that holds most of what no chosen window holds yet, the first of equals; None where nothing is new.

    A term counts by its length squared: 最低生活保障 says more than 生活 and 保障 in different places.
    """
    best, best_weight = None, 0
    inside: Counter[str] = Counter()
    weight = last = 0
    for first, (start, _) in enumerate(spans):
        while last < len(spans) and spans[last][1] <= max(start + LENGTH, spans[first][1]):
            term = terms[last]
            inside[term] += 1
            weight += len(term) ** 2 if inside[term] == 1 and term not in seen else 0
            last += 1
        window = (start, max(start + LENGTH, spans[first][1]))
        if weight > best_weight and not any(a < window[1] + BACK and start - BACK < b for a, b in chosen):
            best, best_weight = window, weight
        inside[terms[first]] -= 1
        weight -= len(terms[first]) ** 2 if not inside[terms[first]] and terms[first] not in seen else 0
    return best


def _begun_well(text: str, window: Span) -> Span:
    """The window moved to where its sentence begins, if that is near."""
    start, end = window
    before = max(0, start - BACK)
    stops = [stop.end() for stop in _STOP.finditer(text, before, start)]
    begin = stops[-1] if stops else before
    return begin, max(end, begin + LENGTH)


def _pieces(text: str, start: int, end: int, spans: list[Span]) -> Passage:
    """A stretch of a text in pieces; overlapping spans are one mark, space is one blank, an ellipsis shows a cut."""
    end = min(end, len(text))
    merged: list[list[int]] = []
    for a, b in spans[bisect_right(spans, (start, 0)) :]:
        if a >= end:
            break
        if merged and a <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], b)
        else:
            merged.append([a, b])
    pieces = [Piece("…")] if text[:start].strip() and not _STOP.match(text, start - 1) else []
    position = start
    for a, b in merged:
        pieces += [Piece(text[position:a]), Piece(text[a:b], marked=True)]
        position = b
    pieces.append(Piece(text[position:end] if position < end else ""))
    if text[max(end, position) :].strip():
        pieces.append(Piece("…"))
    return [Piece(_SPACES.sub(" ", piece.text), piece.marked) for piece in pieces if piece.text]
