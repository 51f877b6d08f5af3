"""What villagers fill in: the sign-up, the look at their own, what to correct in the minutes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organisation.models import Unit
from suite.privacy import find, number_refused
from suite.throttle.forms import GuardedForm

from .domain.people import phone_digits
from .domain.public.sign_up import VillageSeats
from .models import Problem


def _seats(row: VillageSeats) -> str:
    return _("%(village)s: %(seats)s seats, %(applied)s signed up") % {
        "village": row.village.name,
        "seats": row.seats,
        "applied": row.applied,
    }


def _without_numbers(text: str) -> str:
    if find(text):
        raise ValidationError(number_refused())
    return text


class PaperSignUpForm(forms.Form):
    """Name, village, phone, problem, as keyed in from paper by an account. No more than the office needs."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=40,
        help_text=gettext_lazy("As on the identity card. On public lists only the surname is shown."),
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
    problem = forms.CharField(
        label=gettext_lazy("What do you want to ask?"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy(
            "You may leave this empty. For example: 村口的路灯坏了半年，什么时候能修？ Do not write any ID, phone or "
            "bank card number here."
        ),
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, seats: Iterable[VillageSeats], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = {str(row.village.pk): row.village for row in seats}
        choice: Any = self.fields["village"]
        choice.choices = [(str(row.village.pk), _seats(row)) for row in seats]

    # Asked here already, so that somebody sees everything that is to be mended at once.
    def clean_name(self) -> str:
        return _without_numbers(self.cleaned_data["name"])

    def clean_problem(self) -> str:
        return _without_numbers(self.cleaned_data["problem"])

    def clean_phone(self) -> str:
        try:
            return phone_digits(self.cleaned_data["phone"])
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from None

    def clean_village(self) -> Unit:
        return self.villages[self.cleaned_data["village"]]


class SignUpForm(GuardedForm, PaperSignUpForm):
    """The same, sent by anybody."""

    guard = "hearings.sign-up"


class LookUpForm(forms.Form):
    """The code on the slip, and the last four digits of the phone."""

    code = forms.CharField(
        label=pgettext_lazy("hearing", "Code"),
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


class CorrectionForm(forms.Form):
    """What is not as it was said, and at which point of the agenda."""

    problem: forms.ModelChoiceField[Problem] = forms.ModelChoiceField(
        label=gettext_lazy("Which point?"), queryset=None, required=False, empty_label=gettext_lazy("in general")
    )
    text = forms.CharField(
        label=gettext_lazy("What should be changed?"),
        max_length=2000,
        help_text=gettext_lazy("Say what is wrong, and how it was said."),
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Write what should be changed.")},
    )

    def __init__(self, *args: Any, problems: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["problem"]
        choice.queryset = problems
