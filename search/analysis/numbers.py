"""Document numbers 文号 as one term each, however brackets, blanks and widths were typed."""

import re

from search.analysis.script import normalise
from suite.numbering.notation import NumberText, parse

# As people type it into a search box: without brackets, without 号, with 年; 〔2014〕 became 2014 between blanks.
_LOOSE = re.compile(
    r"(?P<prefix>[^\W\d_]{2,})[^\w]*(?P<year>(?:19|20)\d{2})(?:年|[^\w]|第)+(?P<number>\d{1,6})\s*号?(?!\w)"
)

_PAPER = re.compile(r"\s*文件?\s*$")


def sought(typed: str) -> NumberText | None:
    """The document number that somebody looks for; None where what was typed is more than one, or none.

    国发〔2014〕17号, 国发[2014]17号, 国发（2014）17号文, 国发2014年17号 and 国发2014 17 are the same. A bare year and
    number (2014 17) belong to no series.
    """
    typed = _PAPER.sub("", normalise(typed).text)
    if number := parse(typed):
        return number
    found = _LOOSE.fullmatch(typed.strip())
    return NumberText(found["prefix"], int(found["year"]), int(found["number"])) if found else None


def number_term(number: NumberText) -> str:
    """The term by which a document with this number is indexed; no text can hold it, as no word holds blanks."""
    return f"文号 {normalise(number.prefix).text} {number.year} {number.number}"
