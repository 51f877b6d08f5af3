"""What changed between two versions of a paper, short enough to be read on a telephone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_ALIKE = 0.6  # below that, a paragraph is another one
_COMPARED = 2500  # pairs of paragraphs within one place
_AROUND = 14  # characters before and after what changed
_LONGEST = 80


@dataclass(frozen=True)
class Change:
    """One paragraph that reads differently: ``old`` was there, ``new`` is now, between ``before`` and ``after``.

    Without ``old`` the paragraph was added, without ``new`` it was taken away.
    """

    old: str
    new: str
    before: str = ""
    after: str = ""
    within: bool = False


def changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Every paragraph that was added, taken away or changed, in the order of the text."""
    found: list[Change] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            found += [_change(before, after) for before, after in _pairs(old[i1:i2], new[j1:j2])]
    return found


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each paragraph with the one that it has become; '' on one side where there is none."""
    place = 0
    for paragraph in old:
        rest = range(place, len(new)) if len(old) * len(new) <= _COMPARED else ()
        likeness = {at: SequenceMatcher(None, paragraph, new[at], autojunk=False).quick_ratio() for at in rest}
        best = max(likeness, key=lambda at: likeness[at], default=None)
        if best is None or likeness[best] < _ALIKE:
            yield paragraph, ""
            continue
        yield from (("", added) for added in new[place:best])
        yield paragraph, new[best]
        place = best + 1
    yield from (("", added) for added in new[place:])


def _change(old: str, new: str) -> Change:
    if not (old and new):
        return Change(_cut(old), _cut(new))
    start = _same_start(old, new)
    end = _same_start(old[start:][::-1], new[start:][::-1])
    # A number is shown whole: 20 became 25, not 0 became 5.
    while start and _in_a_word(old[start - 1]):
        start -= 1
    while end and _in_a_word(old[len(old) - end]):
        end -= 1
    before, after = old[:start], old[len(old) - end :]
    return Change(
        _cut(old[start : len(old) - end]),
        _cut(new[start : len(new) - end]),
        f"…{before[-_AROUND:]}" if len(before) > _AROUND else before,
        f"{after[:_AROUND]}…" if len(after) > _AROUND else after,
        within=True,
    )


def _same_start(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def _in_a_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
