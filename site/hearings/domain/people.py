"""What a representative's entry must be: a name, a phone, and nobody twice."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hearings.enums import TAKING_PART
from hearings.models import Representative
from organisation.domain.queries import standing
from suite.slips.people import full_name, name_key, phone_digits

from .texts import require_no_numbers


def check_person(one: Representative) -> None:
    """Raise ValidationError for an entry that is not complete, holds a number where none belongs, or is there twice."""
    require_no_numbers(one, "name", "represents", "problem")
    one.name = full_name(one.name)
    one.phone = phone_digits(one.phone)
    one.name_key = name_key(one.name)
    # Twice is refused below, in words that say what to do.
    one.full_clean(exclude=["code"], validate_unique=False, validate_constraints=False)
    _require_once(one)


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
