"""Forms of the person's own desk, and of who keys in paper; the rules are the domain's."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suite.evidence.forms import FilesField, LinksField
from suite.evidence.models import LONGEST_REASON

from .form_rows import by_field
from .models import Promise


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class AmendForm(forms.Form):
    """What a promise shall say from now on, and why."""

    work = forms.CharField(label=_("key work"), widget=forms.Textarea(attrs={"rows": 2}))
    measures = forms.CharField(label=pgettext_lazy("commitment", "measures"), widget=forms.Textarea(attrs={"rows": 4}))
    goal = forms.CharField(label=_("goal"), widget=forms.Textarea(attrs={"rows": 2}))
    due = forms.CharField(label=_("to be reached by"), widget=DayInput())
    reason = forms.CharField(
        label=_("why it has to change"),
        help_text=_("Everybody can read it beside both texts. For example: 连日暴雨，路基无法施工。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        initial = {name: getattr(promise, name) for name in ("work", "measures", "goal")}
        kwargs["initial"] = {**initial, "due": promise.due.isoformat()}
        super().__init__(*args, **kwargs)
        month = promise.commitment.month
        self.fields["due"].widget.attrs |= {"min": month.first.isoformat(), "max": month.last.isoformat()}

    def changes(self) -> dict[str, str]:
        """What was typed about the promise."""
        return {name: self.cleaned_data[name] for name in ("work", "measures", "goal", "due")}


class PaperDayForm(forms.Form):
    """On which day a paper was handed in."""

    filed_on = forms.DateField(
        label=_("day on which the paper was handed in"),
        help_text=_("It stands on the paper, and decides whether it came in time."),
        widget=DayInput(),
    )

    def __init__(self, *args: Any, opened: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {"min": opened.isoformat(), "max": timezone.localdate().isoformat()}
        self.fields["filed_on"].widget.attrs |= limits


class PieceForm(forms.Form):
    """Files and links that show what became of one promise, among the fields of the others."""

    uploads = FilesField(required=False)
    links = LinksField(required=False)

    def __init__(self, promise: Promise, *args: Any, **kwargs: Any) -> None:
        self.promise = promise
        super().__init__(*args, **kwargs)

    def add_prefix(self, field_name: str) -> str:
        return f"{field_name}-{self.promise.pk}"

    def is_empty(self) -> bool:
        """Whether nothing is to be added, and nothing was wrong."""
        return self.is_valid() and not self.cleaned_data["uploads"] and not self.cleaned_data["links"]

    def take_over(self, refusal: ValidationError) -> None:
        """Put what `attach` refuses beside the fields of this form."""
        ours = {"evidence_files": "uploads", "evidence_links": "links"}
        for name, texts in by_field(refusal).items():
            for text in texts:
                self.add_error(ours.get(name, "uploads"), text)


class RemoveForm(forms.Form):
    """Why a piece of evidence is taken away."""

    reason = forms.CharField(
        label=_("why it is removed"),
        max_length=LONGEST_REASON,
        help_text=_("The reason stays in the list. For example: 照片传错了。"),
    )
