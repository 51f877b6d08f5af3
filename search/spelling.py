"""“Did you mean”: one character of a question replaced by one that sounds the same, as the site's own pages write it.

What the pages write is kept as counts of neighbouring characters, learned from public pages alone in the background
and written to one file; nothing here knows an engine. Sorted arrays instead of dicts: 126,000 pairs take 1.6 MB.
"""

import json
import math
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search.analysis import normalise, pairs
from search.analysis.words import HAN_CHARACTER, NO_WORDS, STOP_WORDS, OfficeWords, word_edges

# How many pairs a character's general frequency weighs as, where the pages know little of its neighbours.
PRIOR = 20.0
# How much likelier (natural logarithm) the question must become where the dictionary then finds a word in it, and
# where it does not, as in names; see benchmarks/search_homophones.py.
LEAST_GAIN = 4.0
GAIN_WITHOUT_A_WORD = 9.0
# So many of the likeliest replacements are cut.
LOOKED_AT = 12
# A question longer than this is a text; each character costs about 40 microseconds.
LONGEST = 60
# Readings of a character that are looked at: the later ones are rare and would make everything sound like everything.
READINGS = 3


@dataclass
class Spelling:
    """How often the pages have each character and each pair of neighbours, and which characters sound alike."""

    characters: dict[str, int]
    sounds: dict[str, list[str]]
    keys: "array[int]"
    counts: "array[int]"

    def __post_init__(self) -> None:
        self.total = sum(self.characters.values())
        self.alike: dict[str, list[str]] = defaultdict(list)
        for character, sounds in self.sounds.items():
            for sound in sounds:
                self.alike[sound].append(character)

    @classmethod
    def learned(cls, texts: Iterable[str]) -> "Spelling":
        """From texts as they were written."""
        from pypinyin.constants import PINYIN_DICT  # 60 MB with the phrases that come with it: not where one searches

        characters: Counter[str] = Counter()
        together: Counter[str] = Counter()
        for text in texts:
            normalised = normalise(text).text
            characters.update(HAN_CHARACTER.findall(normalised))
            together.update(pairs(normalised))
        ordered = sorted((_key(pair), count) for pair, count in together.items())
        # Characters that no page has are known too: a wrong one is most likely rare.
        sounds = {
            chr(code): list(dict.fromkeys(map(toneless, readings.split(","))))[:READINGS]
            for code, readings in PINYIN_DICT.items()
            if HAN_CHARACTER.match(chr(code))
        }
        return cls(
            dict(characters), sounds, array("Q", (key for key, _ in ordered)), array("L", (n for _, n in ordered))
        )

    def save(self, path: Path) -> None:
        """Write it whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        head = json.dumps([self.characters, self.sounds, len(self.keys)], ensure_ascii=False).encode()
        fresh.write_bytes(head + b"\n" + self.keys.tobytes() + self.counts.tobytes())
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Spelling":
        """Raises OSError or ValueError for a file that is wanting or damaged."""
        head, _, rest = path.read_bytes().partition(b"\n")
        characters, sounds, length = json.loads(head)
        keys, counts = array("Q"), array("L")
        keys.frombytes(rest[: length * keys.itemsize])
        counts.frombytes(rest[length * keys.itemsize :])
        if len(keys) != length or len(counts) != length:
            raise ValueError(f"{path} is cut short")
        return cls(characters, sounds, keys, counts)

    def together(self, first: str, second: str) -> int:
        """How often the second character follows the first."""
        key = _key(first + second)
        place = bisect_left(self.keys, key)
        return self.counts[place] if place < len(self.keys) and self.keys[place] == key else 0

    def _follows(self, first: str, second: str) -> float:
        general = (self.characters.get(second, 0) + 0.5) / (self.total + 1)
        return math.log((self.together(first, second) + PRIOR * general) / (self.characters.get(first, 0) + PRIOR))

    def _likely(self, before: str, character: str, after: str) -> float:
        """The logarithm of how likely a character is between its neighbours ("" where there is no Han character)."""
        first = (
            self._follows(before, character)
            if before
            else math.log((self.characters.get(character, 0) + 0.5) / (self.total + 1))
        )
        return first + (self._follows(character, after) if after else 0.0)

    def says(self, word: str, letters: str) -> bool:
        """Whether a word may be read as these letters, its pinyin without tones and blanks."""
        rests = {letters}
        for character in word:
            sounds = self.sounds.get(character, ())
            rests = {rest[len(sound) :] for rest in rests for sound in sounds if rest.startswith(sound)}
        return "" in rests

    def suggestion(self, question: str, office: OfficeWords = NO_WORDS) -> str | None:
        """The question with one character replaced; None where nothing is much likelier than what was typed.

        Normalised: Simplified and lower case. Only a character that the dictionary leaves alone is doubted, and none
        of the words of asking: laws hold no 什么.
        """
        typed = normalise(question).text
        if len(typed) > LONGEST or not self.total:
            return None
        gains = sorted(self._gains(typed, word_edges(typed, office)), reverse=True)[:LOOKED_AT]
        number = len(word_edges(typed, office)[0])
        for gain, place, instead in gains:
            said = typed[:place] + instead + typed[place + 1 :]
            if gain > (LEAST_GAIN if len(word_edges(said, office)[0]) < number else GAIN_WITHOUT_A_WORD):
                return said
        return None

    def _gains(self, typed: str, edges: tuple[set[int], set[int]]) -> Iterator[tuple[float, int, str]]:
        """How much likelier the question becomes by each replacement: gain, place, character."""
        around = ["", *(character if HAN_CHARACTER.match(character) else "" for character in typed), ""]
        begins, ends = edges
        for index, character in enumerate(typed):
            before, after = around[index], around[index + 2]
            # One that stands alone has no neighbours to be judged by.
            if not around[index + 1] or not (before or after) or character in STOP_WORDS:
                continue
            if index not in begins or index + 1 not in ends:
                continue
            now = self._likely(before, character, after)
            for other in {other for sound in self.sounds.get(character, ()) for other in self.alike[sound]}:
                if other == character or other not in self.characters:
                    continue
                if (before and self.together(before, other)) or (after and self.together(other, after)):
                    yield self._likely(before, other, after) - now, index, other


def toneless(reading: str) -> str:
    """zhái: zhai, lǜ: lv."""
    parts = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in parts if letter.isascii() and letter.isalpha())


def _key(pair: str) -> int:
    return ord(pair[0]) << 32 | ord(pair[1])
