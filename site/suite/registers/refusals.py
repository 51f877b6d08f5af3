"""A domain's refusal, shown on the form that asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


def saved_or_refused(form: forms.BaseForm, change: Callable[[], Any]) -> Any:
    """Make the change and return what it returns (True for None); on ValidationError put it on the form, return None.

    An error of a field the form has not shows at the top of the form.
    """
    try:
        result = change()
    except ValidationError as refusal:
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
        for field, errors in by_field.items():
            form.add_error(field if field in form.fields else None, errors)
        return None
    return True if result is None else result
