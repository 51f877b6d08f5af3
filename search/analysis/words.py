"""What a text is found by: its words as a dictionary cuts them, and its pairs of Han characters.

Words rank better, pairs find what the dictionary cuts differently in the question and in the text; engines hold both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import add
from typing import TYPE_CHECKING

from search.analysis.script import normalise

if TYPE_CHECKING:
    import rjieba

HAN = "㐀-䶿一-鿿豈-﫿𠀀-𳿿〇"
_HAN_RUN = re.compile(f"[{HAN}]+")
HAN_CHARACTER = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"\w")
_TYPED = re.compile(rf"[{HAN}]+|[^\W{HAN}]+")
# Longer "words" are encoded files and rows of dashes; nobody types them, and Whoosh's table of terms would hold them.
LONGEST_WORD = 40

# Particles, pronouns and the phrases of asking: nearly every question has them, no document is about them.
STOP_WORDS = frozenset(
    """
    的 了 和 与 及 或 在 是 有 我 我们 你 你们 您 他 他们 她 它 它们 这 这个 那 那个 这些 那些 吗 呢 吧 啊 呀 哦 嘛
    就 都 也 而 且 并 但 但是 因为 所以 如果 被 把 对 从 向 以 为 为了 于 由 到 让 给 之 其 其中 该 此 等 着 过 得 地
    怎么 怎么办 怎样 如何 什么 什么样 哪 哪些 哪里 哪个 谁 多少 几 是否 能否 可否 可不可以 能不能 会不会 是不是
    请问 想 问 一下 请 a an and are as at be by for in is it of on or that the to was with
    """.split()  # noqa: SIM905 (a list of words reads better as text)
)


# The words that the office's editor keeps, normalised; those of office.txt are in every dictionary.
OfficeWords = frozenset[str]
NO_WORDS: OfficeWords = frozenset()

# A dictionary weighs words by their share of all. Here the total always is the same, by a word that no text holds
# and that gets what the office's words leave of this: so one of them changes how a text is cut only where it stands.
ROOM = 1_000_000
_FILLER = "\ue000"


@dataclass(frozen=True)
class Terms:
    """The words and the pairs of a text, each as often as it occurs, in order."""

    words: list[str]
    pairs: list[str]


@lru_cache(maxsize=2)
def _cutter(office: OfficeWords) -> "rjieba.Jieba":
    """The dictionary with the office's words, once for each process, and only in one that searches: it takes 26 MB.

    Two while words are being taken over: the index may be cut by those of before.
    """
    import rjieba

    cutter = rjieba.Jieba()
    for word in packaged_words():
        cutter.add_word(word, None, None)
    room = ROOM
    cutter.add_word(_FILLER, room, None)
    # Shorter ones first: how often a word must occur to be taken whole depends on the words in it.
    for word in sorted(office, key=lambda word: (len(word), word)):
        if not cutter.has_word(word):
            often = cutter.suggest_freq(word)
            room = max(room - often, 1)
            cutter.add_word(word, often, None)
            cutter.add_word(_FILLER, room, None)
    return cutter


def known(normalised: str) -> bool:
    """Whether the dictionary has a word without the editor's doing, if only to leave it out as one of asking."""
    return normalised in STOP_WORDS or _cutter(NO_WORDS).has_word(normalised)


def packaged_words() -> list[str]:
    """The words of township work that the general dictionary lacks, normalised as texts are."""
    lines = files("search.analysis").joinpath("office.txt").read_text(encoding="utf-8").splitlines()
    return [normalise(line).text for line in lines if line and not line.startswith("#")]


def cut(normalised: str, office: OfficeWords = NO_WORDS) -> list[str]:
    """The words of a normalised text in order, long ones also as the shorter words in them; no stop words."""
    return [
        word
        for word in _cutter(office).cut_for_search(normalised, False)
        if word not in STOP_WORDS and len(word) <= LONGEST_WORD and (word.isalnum() or _LETTER.search(word))
    ]


def sliced(normalised: str, office: OfficeWords = NO_WORDS) -> list[str]:
    """A normalised text in slices, each a word or what lies between words; together they are the text."""
    return list(_cutter(office).cut(normalised, False))


def word_edges(normalised: str, office: OfficeWords = NO_WORDS) -> tuple[set[int], set[int]]:
    """The offsets at which the words of a normalised text begin, and those at which they end."""
    begins, ends, position = set(), set(), 0
    for word in sliced(normalised, office):
        begins.add(position)
        position += len(word)
        ends.add(position)
    return begins, ends


def tagged(normalised: str, office: OfficeWords = NO_WORDS) -> list[tuple[str, str]]:
    """The words of a normalised text with what the dictionary takes them for: n, v, nr (a person); partly a guess."""
    return list(_cutter(office).tag(normalised, True))


def pairs(normalised: str) -> Iterable[str]:
    """Every two neighbouring Han characters of a normalised text, in order."""
    for run in _HAN_RUN.findall(normalised):
        yield from map(add, run, run[1:])


# The pairs inside stop words, 怎么 and 么办 of 怎么办.
ASKING_PAIRS = frozenset(pair for word in STOP_WORDS for pair in pairs(word))


def analyse(text: str, office: OfficeWords = NO_WORDS) -> Terms:
    """The terms of a text as it was written: normalised and cut."""
    normalised = normalise(text).text
    return Terms(cut(normalised, office), list(pairs(normalised)))


def starts(normalised: str) -> set[str]:
    """What a text is offered by while someone types: each Han character and pair, and each other word."""
    found: set[str] = set()
    for word in _TYPED.findall(normalised):
        found.update(word if _HAN_RUN.match(word) else [word])
        found.update(pairs(word))
    return found


def typed(normalised: str) -> list[tuple[str, bool]]:
    """The terms that what someone has typed so far asks for; True where a term is the beginning of a word."""
    asked: list[tuple[str, bool]] = []
    for word in _TYPED.findall(normalised):
        if not _HAN_RUN.match(word):
            asked.append((word, True))
        elif len(word) == 1:
            asked.append((word, False))
        else:
            asked.extend((pair, False) for pair in pairs(word))
    return list(dict.fromkeys(asked))
