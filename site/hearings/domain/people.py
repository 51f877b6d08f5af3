"""What a representative's entry must be: a name, a phone, and nobody twice."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hearings.enums import TAKING_PART
from hearings.models import Representative

from .texts import require_no_numbers
from .villages import standing

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


def check_person(one: Representative) -> None:
    """Raise ValidationError for an entry that is not complete, holds a number where none belongs, or is there twice."""
    one.name = " ".join(one.name.split())
    require_no_numbers(one, "name", "represents", "problem")
    if any(character.isdigit() for character in one.name):
        raise ValidationError({"name": _("Write the name as on the identity card, without digits.")})
    one.phone = phone_digits(one.phone)
    one.name_key = name_key(one.name)
    # Twice is refused below, in words that say what to do.
    one.full_clean(exclude=["code"], validate_unique=False, validate_constraints=False)
    _require_once(one)


def name_key(name: str) -> str:
    """A name as it is compared: as `Representative.save` keeps it."""
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()


def _require_once(one: Representative) -> None:
    others = Representative.objects.filter(hearing=one.hearing, state__in=TAKING_PART).exclude(pk=one.pk)
    if others.filter(phone=one.phone).exists():
        raise ValidationError(
            {
                "phone": _(
                    "Somebody with this phone number is on the list already. Everybody signs up once, with their own."
                )
            }
        )
    for other in others.filter(name_key=one.name_key).select_related("village__merged_into"):
        if _place(other) == _place(one):
            raise ValidationError(
                {
                    "name": _(
                        "Somebody of this name from there is on the list already. If that is not you, call the office."
                    )
                }
            )


def _place(one: Representative) -> object:
    return standing(one.village).pk if one.village else one.represents
