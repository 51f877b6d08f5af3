"""Names and phones as people write them, in one way each."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[2-8]\d{6,7}")
BETWEEN_DIGITS = re.compile(r"[\s()（）.\-‐‑–—]+")
COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$)")


def phone_digits(text: str) -> str:
    """A telephone number as digits alone, so that each is written in one way. Raises ValidationError for others."""
    digits = COUNTRY.sub("", BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text)))
    if not PHONE.fullmatch(digits):
        raise ValidationError(
            {"phone": _("Write a mobile number of eleven digits, or a landline such as 0571-8800 1234.")}
        )
    return digits


def full_name(text: str) -> str:
    """The name with single blanks. Raises ValidationError where it holds digits."""
    name = " ".join(text.split())
    if any(character.isdigit() for character in name):
        raise ValidationError({"name": _("Write the name as on the identity card, without digits.")})
    return name


def name_key(name: str) -> str:
    """A name as it is compared: without blanks, width and case."""
    return plain(name)


def plain(typed: str) -> str:
    """Small letters and digits without blanks: a Chinese keyboard writes １２３４ as well as 1234."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).lower()
