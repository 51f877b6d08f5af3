"""Forms of the clerk's page; the rules are the domain's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.domain.queries import units
from organisation.enums import SETTLED

from .enums import EntryKind
from .models import Entry, Hearing, HearingTheme, Officer, Problem, Representative


class EntryForm(forms.Form):
    """One contribution: who said what. ``values()`` is what `write_entry` takes."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=EntryKind.choices)
    who = forms.CharField(required=False)
    speaker = forms.CharField(max_length=40, required=False)
    text = forms.CharField(
        max_length=Entry._meta.get_field("text").max_length,
        error_messages={"required": _("Write down what was said, or remove the contribution.")},
    )

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hearing = hearing

    def clean_who(self) -> Any:
        who = self.cleaned_data["who"]
        models: dict[str, Any] = {"r": Representative, "o": Officer}
        model = models.get(who[:1])
        if model is None or not who[1:].isdecimal():
            return None
        found = model.objects.filter(hearing=self.hearing, pk=int(who[1:])).first()
        if found is None:
            raise forms.ValidationError(_("This person is not on the list any more: choose who spoke."))
        return found

    def values(self) -> dict[str, Any]:
        who = self.cleaned_data["who"]
        return {
            "kind": self.cleaned_data["kind"],
            "representative": who if isinstance(who, Representative) else None,
            "officer": who if isinstance(who, Officer) else None,
            "speaker": "" if who else self.cleaned_data["speaker"],
            "text": self.cleaned_data["text"],
        }


class ProblemForm(forms.ModelForm):
    """A problem that somebody raises during the session."""

    class Meta:
        model = Problem
        fields = ("title", "raised_by", "village", "theme")
        widgets = {"title": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, people: list[Representative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from .domain.sitting import named

        self.fields["raised_by"] = forms.TypedChoiceField(
            choices=[("", _("somebody else")), *((str(row.pk), named(row)) for row in people)],
            coerce=lambda key: next(row for row in people if str(row.pk) == key),
            empty_value=None,
            required=False,
            label=Problem._meta.get_field("raised_by").verbose_name,
        )
        village: Any = self.fields["village"]
        theme: Any = self.fields["theme"]
        village.queryset, theme.queryset = units(kinds=SETTLED), HearingTheme.objects.all()
        village.help_text = _("Left empty: the village of who asks.")
        village.empty_label = theme.empty_label = _("none")


class ConclusionForm(forms.Form):
    text = forms.CharField(
        label=_("conclusion"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the conclusion as it is read out.")},
    )


class StudyForm(forms.Form):
    study_until = forms.DateField(
        label=_("studied by the township until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
