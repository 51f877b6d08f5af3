"""What villagers fill in: the sign-up, and what to correct in the minutes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suite.slips.forms import PersonForm, without_numbers_in_it
from suite.throttle.forms import GuardedForm

from .domain.public.sign_up import VillageSeats
from .models import Problem


def _seats(row: VillageSeats) -> str:
    return _("%(village)s: %(seats)s seats, %(applied)s signed up") % {
        "village": row.village.name,
        "seats": row.seats,
        "applied": row.applied,
    }


class PaperSignUpForm(PersonForm):
    """Name, village, phone, problem, as keyed in from paper by an account."""

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
        villages = {str(row.village.pk): (row.village, _seats(row)) for row in seats}
        super().__init__(*args, villages=villages, **kwargs)
        # Hearings alone publish who is on their lists.
        self.fields["name"].help_text = _("As on the identity card. On public lists only the surname is shown.")

    def clean_problem(self) -> str:
        return without_numbers_in_it(self.cleaned_data["problem"])


class SignUpForm(GuardedForm, PaperSignUpForm):
    """The same, sent by anybody."""

    guard = "hearings.sign-up"


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
