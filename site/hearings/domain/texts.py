"""Texts that come from people: no personal number in them, and none is repeated in a warning."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from suite.privacy import find, number_refused


def require_no_numbers(record: Model, *fields: str) -> None:
    """Raise ValidationError at each of `fields` that holds a personal number; the number is not repeated."""
    found = {field: [number_refused()] for field in fields if find(str(getattr(record, field) or ""))}
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
        raise ValidationError({field: number_refused()})
    return text
