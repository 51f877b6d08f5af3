"""Bar charts: a table whose cells hold bars beside their numbers, so that what is drawn is also said.

The same on a page (`{% load theme %}{% bars chart %}`, stylesheet theme/bars.css) and on paper (stylesheet ``bars``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Tone = Literal["plain", "done", "soon", "late", "quiet"]
# Fills that differ in lightness too, for eyes and copiers that see no colour.
FILLS = {"plain": "#0b5d5e", "done": "#1f6b3a", "soon": "#d9a441", "late": "#7d1a14", "quiet": "#b9b2a5"}


@dataclass(frozen=True)
class Part:
    """One piece of a bar: what it counts, how many, in which tone."""

    name: Any
    value: int
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bar:
    """One row: whose it is, its pieces from left to right, and a text in place of “name value” where that says more."""

    label: Any
    parts: Sequence[Part]
    text: str = ""

    @property
    def total(self) -> int:
        return sum(part.value for part in self.parts)

    @property
    def said(self) -> str:
        """What the bar shows in words; pieces that are nought are left out."""
        if self.text:
            return self.text
        if len(self.parts) == 1:
            return str(self.total)
        return f"{self.total}：{'，'.join(f'{part.name}{part.value}' for part in self.parts if part.value)}".rstrip(
            "："
        )


@dataclass(frozen=True)
class Piece:
    """Where a part is drawn, in hundredths of the longest bar."""

    x: float
    width: float
    fill: str
    tone: str


@dataclass(frozen=True)
class BarChart:
    """A chart of at least one bar. ``head``: what the rows are (村), ``measured``: what is counted (问题)."""

    title: Any
    head: Any
    measured: Any
    bars: Sequence[Bar]

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """(name, fill, tone) of every kind of piece there is, in order; none where all are of one kind."""
        kinds = {str(part.name): part.tone for bar in self.bars for part in bar.parts if part.value}
        return [(name, FILLS[tone], tone) for name, tone in kinds.items()] if len(kinds) > 1 else []

    def rows(self) -> Iterator[tuple[Bar, list[Piece]]]:
        """Each bar with its pieces; the longest fills the width."""
        longest = max((bar.total for bar in self.bars), default=0) or 1
        for bar in self.bars:
            x, pieces = 0.0, []
            for part in bar.parts:
                wide = 100 * part.value / longest
                if wide:
                    pieces.append(Piece(round(x, 2), round(wide, 2), FILLS[part.tone], part.tone))
                x += wide
            yield bar, pieces
