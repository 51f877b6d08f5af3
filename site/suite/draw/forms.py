"""The small forms with which staff take a draw from one state to the next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import SeedMode
from .models import Draw


class DrawForm(forms.Form):
    """A form about one draw; by itself it only asks for the button to be pressed."""

    def __init__(self, *args: Any, instance: Draw, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.draw = instance


class ResultForm(DrawForm):
    """The public result, by a witness."""

    value = forms.CharField(label=_("Result as published"), max_length=120)
    where = forms.CharField(
        label=_("Where it was published"),
        max_length=300,
        help_text=_("For example the address of the page, or the newspaper and its date."),
    )
    witness = forms.CharField(label=_("Your name as witness"), max_length=60, help_text=_("It becomes public."))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = _("%(source)s. Written: %(form)s, %(digits)s digits.") % {
            "source": self.draw.source,
            "form": self.draw.form,
            "digits": self.draw.digits,
        }


class HashForm(DrawForm):
    """One person's hash."""

    name = forms.CharField(label=_("Name of the person"), max_length=60, help_text=_("It becomes public."))
    digest = forms.CharField(
        label=_("Fingerprint of the string"),
        max_length=120,
        help_text=_("64 characters. Do not ask for the string: it stays secret until all fingerprints are here."),
    )


class RevealForm(DrawForm):
    """One person's string."""

    person = forms.TypedChoiceField(label=_("Whose string"), coerce=int, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The string exactly as written down"),
        max_length=200,
        strip=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        missing = self.draw.secrets.filter(revealed_at=None).order_by("number")
        self.fields["person"].choices = [(one.number, f"{one.number}. {one.name}") for one in missing]


class WitnessesForm(DrawForm):
    """Who is present when the draw is held."""

    witnesses = forms.CharField(
        label=_("Witnesses who are present"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("At least one, a line for each. The names become public."),
    )


class ReasonForm(DrawForm):
    """Why a draw is void."""

    reason = forms.CharField(
        label=_("reason for voiding"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It becomes public."),
    )


class SeedForm(DrawForm):
    """Which seed decides."""

    mode = forms.ChoiceField(label=_("Where the seed comes from"), choices=SeedMode.choices, widget=forms.RadioSelect)
    due = forms.SplitDateTimeField(
        label=_("When the result is due, or until when all strings are shown"),
        # Two fields, one below the other in the admin: without it they touch.
        widget=forms.SplitDateTimeWidget(date_attrs={"class": "w-mb-2"}),
    )
    source = forms.CharField(
        label=_("Which public result"), max_length=200, required=False, help_text=_("With its issue number or date.")
    )
    form = forms.CharField(
        label=_("How it is written"),
        max_length=200,
        required=False,
        help_text=_(
            "Leave no choice, for example: red numbers from small to large, then the blue one, two digits each."
        ),
    )
    digits = forms.IntegerField(label=_("How many digits that makes"), required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        was = self.draw
        self.initial = {"mode": was.mode, "source": was.source, "form": was.form, "digits": was.digits or None}
        # Browsers' own pickers for day and time.
        day, time = self.fields["due"].widget.widgets
        day.input_type, time.input_type = "date", "time"


class AgainForm(SeedForm):
    """Why it is drawn again, and which seed decides this time."""

    reason = forms.CharField(
        label=_("reason for drawing again"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It becomes public, with both draws."),
    )
    field_order = ("reason",)
