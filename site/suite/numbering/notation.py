"""How a document number is written, and reading what people type (GB/T 9704-2012, 7.2.5)."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_OPEN, _CLOSE = "[(〔【〖{<《〈「", "])〕】〗}>》〉」"
_WRITTEN = re.compile(
    rf"(?P<prefix>[^\W\d_]+)\s*[{re.escape(_OPEN)}]\s*(?P<year>\d{{4}})\s*年?\s*[{re.escape(_CLOSE)}]"
    r"\s*第?\s*(?P<number>\d{1,6})\s*号?"
)


class NumberText(NamedTuple):
    """The three parts of a document number: ``prefix`` 代字, ``year`` in four digits, running ``number``."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        """石政发〔2026〕17号: the year in full between hexagonal brackets, no leading noughts, no 第."""
        return f"{self.prefix}〔{self.year}〕{self.number}号"


def parse(text: str) -> NumberText | None:
    """The parts of a document number, however its brackets and digits were typed; None for any other text.

    ``石政发[2026]017号``, ``石政发（２０２６）第17号`` and ``石政发〔2026〕17号`` are the same number.
    """
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or not int(found["number"]):
        return None
    return NumberText(found["prefix"], int(found["year"]), int(found["number"]))


def normalise(text: str) -> str:
    """A document number in the one form of the standard; any other text as it is, without blanks at its ends."""
    found = parse(text)
    return str(found) if found else text.strip()
