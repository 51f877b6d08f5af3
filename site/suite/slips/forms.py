"""What somebody without an account fills in: who they are, and what finds their sign-up again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, pgettext_lazy

from suite.privacy import find, number_refused

from .people import phone_digits


def without_numbers_in_it(text: str) -> str:
    """`text` itself. Raises ValidationError where it holds a personal number."""
    if find(text):
        raise ValidationError(number_refused())
    return text


class PersonForm(forms.Form):
    """Name, village and phone. No more than an office needs.

    ``villages``: what may be chosen, by the value that the form sends; the label is shown as it is given.
    """

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=40,
        help_text=gettext_lazy("As on the identity card."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )
    village = forms.ChoiceField(
        label=gettext_lazy("Your village or community"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose your village.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone"),
        max_length=20,
        help_text=gettext_lazy("A mobile phone or a landline. Only the office sees it, to call you."),
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": gettext_lazy("Write a phone number on which we can reach you.")},
    )

    def __init__(self, *args: Any, villages: Mapping[str, tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = villages
        choice: Any = self.fields["village"]
        choice.choices = [(value, label) for value, (_village, label) in villages.items()]

    # Asked here already, so that somebody sees everything that is to be mended at once.
    def clean_name(self) -> str:
        return without_numbers_in_it(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        try:
            return phone_digits(self.cleaned_data["phone"])
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from None

    def clean_village(self) -> Any:
        return self.villages[self.cleaned_data["village"]][0]


class LookUpForm(forms.Form):
    """The code on the slip, and the last four digits of the phone."""

    code = forms.CharField(
        label=pgettext_lazy("slip", "Code"),
        max_length=30,
        help_text=gettext_lazy("Ten letters and digits. It stands on your slip."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the code that stands on your slip.")},
    )
    digits = forms.CharField(
        label=gettext_lazy("Last four digits of your phone"),
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Write the last four digits of the phone you signed up with.")},
    )
