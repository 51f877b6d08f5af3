"""One form for every way of writing the same thing: NFKC, lower case, Simplified characters, offsets kept.

A search must find 殘疾證 by 残疾证 and ＡＢＣ by abc, and must then mark the passage in the text as it was written.
Nearly every character changes into exactly one other, so `str.translate` does the work and offsets hold as they are;
the few that grow, shrink or join with a neighbour (㎡, ﬁ, か followed by a voicing mark) are handled apart and mapped.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Most texts change in these alone; one-to-one, like nearly all.
PUNCTUATION = "，；：（）！？％"
FEW = 30
# Nothing above the third ideographic plane has a compatibility form or a lower case.
HIGHEST = 0x34000
BASIC_PLANE = 0x10000


@dataclass(frozen=True)
class Normalised:
    """A text in its one form, with the way back to the original.

    ``text``: what is indexed and searched. ``starts``: for each of its characters the offset in the original where
    it comes from, with one more entry for the end; None where the offsets are the same.
    """

    text: str
    starts: tuple[int, ...] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the original that holds characters ``start`` to ``end`` (exclusive) of ``text``."""
        if self.starts is None or start >= end:
            return (start, end) if self.starts is None else (self.starts[start], self.starts[start])
        # The last character ends where the next one with another origin begins.
        after = bisect_right(self.starts, self.starts[end - 1])
        return self.starts[start], self.starts[min(after, len(self.starts) - 1)]


@cache
def simplified() -> dict[str, str]:
    """OpenCC's Traditional characters and the Simplified one of each, chains followed to their end (薴 苧 苎)."""
    table: dict[str, str] = {}
    source = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        traditional, _, choices = line.partition("\t")
        if choices and choices.split()[0] != traditional:
            table[traditional] = choices.split()[0]
    for traditional, simple in table.items():
        chain = [traditional, simple]
        while (simple := table.get(chain[-1], chain[-1])) not in chain:
            chain.append(simple)
        table[traditional] = chain[-1]
    return table


def fold(group: str) -> str:
    """The one form of a few characters that belong together; folding again changes nothing."""
    table = simplified()
    for _ in range(4):
        lowered = "".join(character.lower() for character in unicodedata.normalize("NFKC", group))
        folded = unicodedata.normalize("NFKC", "".join(table.get(character, character) for character in lowered))
        if folded == group:
            break
        group = folded
    return group


@cache
def _tables() -> tuple[dict[int, str], frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """The one-to-one changes, the characters that are none, a pattern for the groups these belong to, and one for
    any character that may change but is not in PUNCTUATION."""
    one_to_one: dict[int, str] = {}
    growing: list[str] = []
    joins_before = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    joining: list[str] = []
    for code in range(HIGHEST):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):  # noqa: PLR2004 (a pair that composes)
            joins_before.add(chr(int(parts[1], 16)))
    for code in range(HIGHEST):
        character = chr(code)
        if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 (lone surrogates)
            continue
        folded = fold(character)
        if not folded or folded[0] in joins_before or unicodedata.combining(folded[0]):
            joining.append(character)
        elif len(folded) > 1:
            growing.append(character)
        elif folded != character:
            one_to_one[code] = folded
    join, grow = (_character_class(characters) for characters in (joining, growing))
    pattern = re.compile(f"[^{join}]?[{join}]+|[{grow}]", re.DOTALL)
    # Above the basic plane any: with thousands of ranges the pattern would be slow.
    may_change = sorted({*map(chr, one_to_one), *growing, *joining} - set(PUNCTUATION))
    changing = re.compile(f"[{_character_class([c for c in may_change if ord(c) < BASIC_PLANE])}\U00010000-\U0010ffff]")
    return one_to_one, frozenset(growing + joining), pattern, changing


def _character_class(characters: list[str]) -> str:
    ranges: list[list[int]] = []
    for code in map(ord, characters):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def normalise(text: str) -> Normalised:
    """The one form of ``text``, with the map back to it.

    Any text is accepted, control characters and lone surrogates too; normalising again changes nothing.
    """
    one_to_one, apart, groups, changing = _tables()
    marked = text
    for mark in PUNCTUATION:
        marked = marked.replace(mark, one_to_one[ord(mark)])
    # Most texts hold few others, and to replace each takes a third of the time of `translate`.
    others = set(changing.findall(marked))
    if len(others) <= FEW and others.isdisjoint(apart):
        for character in others:
            marked = marked.replace(character, one_to_one.get(ord(character), character))
        return Normalised(marked)
    if apart.isdisjoint(text):  # thirteen times faster than asking the pattern
        return Normalised(text.translate(one_to_one))
    pieces: list[str] = []
    starts: list[int] = []
    done = 0
    for match in groups.finditer(text):
        pieces.append(text[done : match.start()].translate(one_to_one))
        starts.extend(range(done, match.start()))
        folded = fold(match.group())
        pieces.append(folded)
        starts.extend([match.start()] * len(folded))
        done = match.end()
    pieces.append(text[done:].translate(one_to_one))
    starts.extend(range(done, len(text) + 1))
    return Normalised("".join(pieces), tuple(starts))


def settled(text: str) -> str:
    """The text with those few characters folded that grow, shrink or join with others (…, ㎡, ﬁ).

    Everything else stays as written. Normalising it is then fast, and offsets hold as they are, but for texts with
    combining marks that no single character stands for.
    """
    _, apart, groups, _ = _tables()
    return text if apart.isdisjoint(text) else groups.sub(lambda match: fold(match.group()), text)
