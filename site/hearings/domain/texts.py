"""Texts that come from people: no personal number in them, and none is repeated in a warning."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from suite.privacy import find


def require_no_numbers(record: Model, *fields: str) -> None:
    """Raise ValidationError at each of `fields` that holds a personal number; the number is not repeated."""
    found = {field: [warning()] for field in fields if find(str(getattr(record, field) or ""))}
    if found:
        raise ValidationError(found)


def reason_given(text: str, field: str = "reason") -> str:
    """`text` without blanks around it. Raises ValidationError where it is empty, too long or holds a number."""
    text = text.strip()
    if not text:
        raise ValidationError({field: _("Give the reason: it is made public.")})
    if len(text) > 300:  # noqa: PLR2004 - as long as the fields that keep it
        raise ValidationError({field: _("Say it in at most 300 characters.")})
    if find(text):
        raise ValidationError({field: warning()})
    return text


def warning() -> str:
    """What is wrong with a text that holds a personal number, without saying which."""
    return _(
        "There is an ID card, mobile or bank card number in this text. Take it out: texts are read by others. "
        "A telephone number belongs into the field for it."
    )
