"""Signing up for a session, with and without an account."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from suite.slips.forms import PersonForm
from suite.throttle.forms import GuardedForm


class KeyInForm(PersonForm):
    """Name, village, phone, as keyed in by an account for somebody else. No more is needed to come.

    The only village of who serves one is chosen already.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, village, phone = (self.fields[key] for key in ("name", "village", "phone"))
        name.label = pgettext_lazy("training", "Name")
        village.label = gettext_lazy("Their village or community")
        village.error_messages["required"] = gettext_lazy("Choose the village or community they live in.")
        phone.label = gettext_lazy("Their phone")
        phone.error_messages["required"] = gettext_lazy("Write a phone number on which they can be reached.")
        phone.help_text = gettext_lazy("A mobile phone or a landline. Only the office sees it, to call them.")
        for field in (name, phone):
            # The browser knows those of who types.
            field.widget.attrs["autocomplete"] = "off"
        if len(self.villages) == 1:
            village.initial = next(iter(self.villages))


class SignUpForm(GuardedForm, PersonForm):
    """The same, sent by anybody."""

    guard = "training.sign-up"
