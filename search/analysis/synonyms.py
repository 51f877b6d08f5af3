"""A question said in other words: the office's synonyms, applied to what is asked and never to what is indexed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product

from search.analysis.words import NO_WORDS, OfficeWords, word_edges

# Ways to say one question, the one that was typed included; each is asked of the index.
MOST_WORDINGS = 8


@dataclass(frozen=True)
class Wording:
    """One way to say a question, normalised.

    ``instead``: the synonyms that stand in ``text`` for words that were typed.
    """

    text: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Synonyms:
    """Which words lead to which others, all normalised. With none, a question has one wording.

    ``office``: the words of the office by which questions are cut.
    """

    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    office: OfficeWords = NO_WORDS

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self.leads, key=len, reverse=True))))

    def found_in(self, question: str) -> list[re.Match[str]]:
        """Where a normalised question holds words that have synonyms, of words within each other the longest.

        A word counts where it begins or ends as the dictionary cuts: 保本 is not in 低保本人.
        """
        found = list(self._pattern.finditer(question)) if self.leads else []
        if not found:
            return []
        begins, ends = word_edges(question, self.office)
        return [match for match in found if match.start() in begins or match.end() in ends]

    def wordings(self, question: str) -> list[Wording]:
        """At most MOST_WORDINGS ways to say a normalised question; the first is the question itself."""
        found = self.found_in(question)
        choices = [("", *self.leads[match.group()]) for match in found]
        return [_said(question, found, words) for words in islice(product(*choices), MOST_WORDINGS)]


NONE = Synonyms()


def _said(question: str, found: list[re.Match[str]], words: tuple[str, ...]) -> Wording:
    pieces, done = [], 0
    for match, word in zip(found, words, strict=True):
        pieces += [question[done : match.start()], word or match.group()]
        done = match.end()
    return Wording("".join(pieces) + question[done:], tuple(dict.fromkeys(filter(None, words))))
