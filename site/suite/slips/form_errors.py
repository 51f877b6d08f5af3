"""What a domain function refused, beside the fields of a form; and numbers that must not be shown again."""

import unicodedata
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from suite.privacy import Kind, find

TAKEN_OUT = "＊＊＊"


def take_over(form: forms.Form, refusal: ValidationError) -> None:
    """Put each message of the refusal beside its field; at the top where the form has no such field."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def forget_numbers(form: forms.Form, *names: str, phone: str = "") -> None:
    """Take ID, phone and card numbers out of what the form shows again: somebody may look over one's shoulder.

    In the field ``phone`` a mobile number may stay.
    """
    data: Any = dict(form.data.items())
    for name in filter(None, (*names, phone)):
        key = form.add_prefix(name)
        data[key] = without_numbers(str(data.get(key, "")), keep=[Kind.MOBILE] if name == phone else [])
    form.data = data


def without_numbers(text: str, keep: Collection[Kind] = ()) -> str:
    """`text` with every personal number replaced by stars, except those of a kind to ``keep``."""
    numbers = [number for number in find(text) if number.kind not in keep]
    # Places are those of the NFKC form.
    shown = unicodedata.normalize("NFKC", text) if numbers else text
    for number in reversed(numbers):
        shown = shown[: number.start] + TAKEN_OUT + shown[number.end :]
    return shown
