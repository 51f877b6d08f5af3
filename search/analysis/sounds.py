"""Titles found by how they sound: dibao, di bao and db find 低保. Tones are not typed, so they are not kept."""

import re
from collections.abc import Iterator

from search.analysis.words import HAN

_RUN = re.compile(f"[{HAN}]{{2,}}")
_TYPED = re.compile(r"[a-z' ]+")
# Characters from which on a title is found. Letters typed beyond them find nothing: a title is no text.
LONGEST = 8
# A single letter begins nearly every title.
SHORTEST = 2
# No word holds these marks, so that pinyin meets pinyin only: 饭店 is not found by the name of a fandian.
FULL, INITIALS = "~", "^"


def sounds(normalised: str) -> Iterator[str]:
    """The terms by which a normalised title is found: from each of its characters on, syllables and initials.

    Polyphones are read as their words are (重庆 chongqing, 银行 yinhang); without a known word, most usually.
    """
    runs = _RUN.findall(normalised)
    if not runs:
        return
    from pypinyin import lazy_pinyin  # its words take 60 MB: only in processes that index

    for run in runs:
        syllables = lazy_pinyin(run, errors="ignore")
        for first in range(len(syllables) - 1):
            said = syllables[first : first + LONGEST]
            yield FULL + "".join(said)
            yield INITIALS + "".join(syllable[0] for syllable in said)


def sounded(normalised: str) -> tuple[str, str] | None:
    """The beginnings of terms that a normalised question may mean as pinyin; None where it can be none."""
    letters = latin(normalised)
    return (FULL + letters, INITIALS + letters) if letters else None


def latin(normalised: str) -> str:
    """The letters of a normalised question that may be pinyin, without blanks; empty where it can be none."""
    letters = normalised.replace(" ", "").replace("'", "")
    return letters if _TYPED.fullmatch(normalised) and SHORTEST <= len(letters) <= LONGEST * 6 else ""
