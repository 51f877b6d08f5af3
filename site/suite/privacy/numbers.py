"""Recognises the personal numbers of the Chinese mainland in running text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone


class Kind(StrEnum):
    """What sort of number it is."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"


@dataclass(frozen=True)
class Number:
    """One personal number: where it stands in the NFKC form of the text, and its digits without separators."""

    kind: Kind
    start: int
    end: int
    digits: str

    @property
    def masked(self) -> str:
        """As it may be shown: 110101********1234, 138****5678, 6222***********0123."""
        head = {Kind.IDENTITY: 6, Kind.MOBILE: 3, Kind.BANK_CARD: 4}[self.kind]
        return self.digits[:head] + "*" * (len(self.digits) - head - 4) + self.digits[-4:]


# GB/T 2260: the first two digits of a region that issues ID numbers; 71, 81 to 83 for residents of Taiwan, Hong Kong
# and Macao.
PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43"),
    *("44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"),
}
GAP = r"[ .·\-‐‑‒–—−]?"
IDENTITY_18 = re.compile(rf"(?<!\d)(\d{{6}}){GAP}(\d{{4}}){GAP}(\d{{4}}){GAP}(\d{{3}}[\dXx])(?!\d)")
IDENTITY_15 = re.compile(r"(?<!\d)\d{15}(?!\d)")
# Grouped as people write them: 3-4-4, 4-4-3, 4-3-4, 3-3-5, 3-8, 7-4 or in one piece.
MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00){GAP}86{GAP}|86{GAP})?"
    rf"(1[3-9]\d(?:{GAP}\d{{4}}{GAP}\d{{4}}|\d{GAP}\d{{4}}{GAP}\d{{3}}|\d{GAP}\d{{3}}{GAP}\d{{4}}|{GAP}\d{{3}}{GAP}\d{{5}}))"
    r"(?!\d)"
)
BANK_CARD = re.compile(r"(?<!\d)(?:\d{13,19}|\d{4}([ \-])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{6}[ \-]\d{7,13})(?!\d)")
# Issuer prefix -> how many digits its cards have. 9558 and 9559 are old debit cards still in use.
ISSUERS = {
    "62": range(16, 20),
    "60": range(16, 20),
    "81": range(16, 20),
    "9558": range(19, 20),
    "9559": range(19, 20),
    "4": (13, 16, 19),
    **{str(prefix): (16,) for prefix in range(51, 56)},
    "35": (16,),
    "34": (15,),
    "37": (15,),
}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find(text: str) -> list[Number]:
    """The personal numbers in `text`, in order, none inside another. Full-width digits count like plain ones."""
    plain = unicodedata.normalize("NFKC", text)
    found: list[Number] = []
    for number in (*_identities(plain), *_bank_cards(plain), *_mobiles(plain)):
        if all(number.end <= other.start or number.start >= other.end for other in found):
            found.append(number)
    return sorted(found, key=lambda number: number.start)


def mask(text: str) -> str:
    """`text` with the inner digits of every personal number replaced by stars; everything else as it was."""
    numbers = find(text)
    if not numbers:
        return text
    # One place in the NFKC form may come from any place in the text.
    plain = unicodedata.normalize("NFKC", text)
    origin = [index for index, char in enumerate(text) for _ in unicodedata.normalize("NFKC", char)]
    if len(origin) != len(plain):  # letters with combining marks: give back the normal form, masked
        text, origin = plain, list(range(len(plain)))
    chars = list(text)
    for number in numbers:
        chars[origin[number.start]] = number.masked
        for index in range(origin[number.start] + 1, origin[number.end - 1] + 1):
            chars[index] = ""
    return "".join(chars)


def _identities(text: str) -> Iterator[Number]:
    for match in IDENTITY_18.finditer(text):
        digits = "".join(match.groups()).upper()
        if digits[:2] in PROVINCES and _is_past_date(digits[6:14]) and digits[17] == check_digit(digits[:17]):
            yield Number(Kind.IDENTITY, *match.span(), digits)
    for match in IDENTITY_15.finditer(text):
        digits = match.group()
        if digits[:2] in PROVINCES and _is_past_date("19" + digits[6:12]):
            yield Number(Kind.IDENTITY, *match.span(), digits)


def check_digit(first_17: str) -> str:
    """The 18th character of an ID number after GB 11643: a digit or X."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def _is_past_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1880, 1, 1) <= born <= timezone.localdate()


def _mobiles(text: str) -> Iterator[Number]:
    for match in MOBILE.finditer(text):
        yield Number(Kind.MOBILE, *match.span(), re.sub(r"\D", "", match.group(1)))


def _bank_cards(text: str) -> Iterator[Number]:
    for match in BANK_CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        known = any(digits.startswith(prefix) and len(digits) in lengths for prefix, lengths in ISSUERS.items())
        if known and passes_luhn(digits):
            yield Number(Kind.BANK_CARD, *match.span(), digits)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit that bank cards carry (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        # Every second digit counts double, its own digits added up.
        total += sum(divmod(int(digit) * (1 + place % 2), 10))
    return total % 10 == 0
