"""The forms of numbers: of a page that carries one, of taking one, of voiding one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from suite.publishing.forms import PublishedPageForm

from .domain.carriers import number_field
from .domain.queries import active_series, next_number, number_of_page, open_years, series_of
from .models import DocumentNumber, NumberSeries
from .notation import normalise, parse


class NumberedPageForm(PublishedPageForm):
    """Form of a page type with a ``number_field``: what the register gave stands fast, what is typed is tidied."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields.get(number_field(self.instance))
        if field is None:
            return
        if own := number_of_page(self.instance.pk):
            # Also where another tab still shows the page without it.
            self.initial[number_field(self.instance)] = own.text
            field.disabled = True
            field.help_text = _("Given by the register; it stays with this page unless it is voided there.")
        elif active_series():
            field.help_text = _(
                "Take a number of this office by “Take a document number” in the menu above. Type in only a number "
                "that another body gave."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = number_field(self.instance)
        if (text := cleaned.get(name)) and series_of(parse(text)):
            cleaned[name] = normalise(text)
        return cleaned


class TakeForm(forms.Form):
    """Which number comes: one line for each series, in January also for the last year."""

    choice = forms.ChoiceField(label=gettext_lazy("Which number"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offers = {
            f"{series.pk}-{year}": (series, year)
            for series in active_series()
            for year in open_years()
            if year >= series.first_year
        }
        choices = [
            (key, f"{next_number(series, year)}　{series.purpose}".strip())
            for key, (series, year) in self.offers.items()
        ]
        self.fields["choice"].choices = choices
        if len(choices) == 1:
            self.fields["choice"].initial = choices[0][0]

    @property
    def series_and_year(self) -> tuple[NumberSeries, int]:
        """What was chosen in a valid form."""
        return self.offers[self.cleaned_data["choice"]]


class AttachForm(forms.Form):
    """A number that the document got on paper."""

    number = forms.CharField(
        label=gettext_lazy("Number on the paper"),
        max_length=60,
        help_text=gettext_lazy("For example 石政发〔2026〕17号. It must be in the register and on no other page."),
    )

    def clean_number(self) -> DocumentNumber:
        found = DocumentNumber.objects.filter(text=normalise(self.cleaned_data["number"])).first()
        if found is None:
            raise ValidationError(_("The register holds no such number: look it up in the list of document numbers."))
        return found


class IssueForm(WagtailAdminModelForm):
    """A number for a document on paper."""

    year = forms.TypedChoiceField(
        label=gettext_lazy("calendar year"),
        coerce=int,
        help_text=gettext_lazy("Only in January can a number of the last year still be taken."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = NumberSeries.objects.filter(active=True)
        self.fields["year"].choices = [(year, str(year)) for year in open_years()]


class VoidForm(forms.Form):
    """Why a number is voided."""

    reason = forms.CharField(
        label=gettext_lazy("reason for voiding"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Everybody who sees the register reads it, for example: issued twice."),
    )

    def __init__(self, *args: Any, instance: DocumentNumber, **kwargs: Any):
        super().__init__(*args, **kwargs)
