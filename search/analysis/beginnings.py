"""What titles begin with, as characters and by how they sound: while someone types, these titles are offered first."""

import re
from collections.abc import Iterator

from search.analysis.sounds import FULL, INITIALS, sounds

# No word holds this mark, and no sound begins with it.
BEGINS = "<"
# Characters of a title that are kept: few titles hold a longer beginning elsewhere, and 中华人民 of six hundred laws is
# one term.
LONGEST = 4
_LETTERS = re.compile(r"\w+")


def beginnings(normalised: str) -> Iterator[str]:
    """The terms by which a normalised title is known to begin with something: its characters, syllables, initials."""
    if not (begin := beginning(normalised)):
        return
    yield begin
    first: dict[str, str] = {}
    for sound in sounds(begin):
        first.setdefault(sound[0], sound)
    yield from (BEGINS + first[mark] for mark in (FULL, INITIALS) if mark in first)


def beginning(normalised: str) -> str:
    """The first LONGEST letters, marked as such; empty where there are none. Of what is typed a beginning of a term."""
    letters = "".join(_LETTERS.findall(normalised))[:LONGEST]
    return BEGINS + letters if letters else ""
