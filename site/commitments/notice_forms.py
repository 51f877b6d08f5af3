"""Forms about served notices; the rules are the domain's."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person
from suite.evidence.forms import FilesField
from suite.theme.dates import in_full

from .domain.grades import LADDER, is_lighter, next_grade
from .domain.notice_access import talkers
from .domain.notice_record import notice_settings, open_rows, proposal_for
from .enums import Grade
from .models import Commitment, ServedNotice

ANSWER_LENGTH = 4000


def text_field(label: Any, most: int, rows: int = 4, help_text: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text, **more
    )


def day_field(label: Any, help_text: Any = "", **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text, **more)


def moment_field(label: Any, help_text: Any = "", **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(label=label, widget=widget, input_formats=formats, help_text=help_text, **more)


class AboutNotice(forms.Form):
    """A form about one notice; alone it is a button."""

    def __init__(self, *args: Any, notice: ServedNotice, **kwargs: Any) -> None:
        self.notice = notice
        super().__init__(*args, **kwargs)


class ReasonForm(AboutNotice):
    reason = text_field(_("reason"), 300)


class AnswerForm(AboutNotice):
    text = text_field(
        _("your answer"),
        ANSWER_LENGTH,
        10,
        _("What happened, why, what you do about it and until when."),
    )
    evidence_files = FilesField(
        label=_("pictures and files that show it"),
        required=False,
        help_text=_("JPG, PNG, GIF, WEBP, PDF, DOCX or XLSX, at most 20 files of 20 MB each."),
    )

    def __init__(self, *args: Any, notice: ServedNotice, **kwargs: Any) -> None:
        # Asked again, one goes on from what one wrote.
        kwargs.setdefault("initial", {"text": notice.answer})
        super().__init__(*args, notice=notice, **kwargs)


class KeyInAnswerForm(AboutNotice):
    text = text_field(_("answer as it stands on the paper"), ANSWER_LENGTH, 10)
    day = day_field(_("day on which it came"), initial=timezone.localdate)
    evidence_files = FilesField(label=_("picture of the paper"), required=False)


class ObjectionForm(AboutNotice):
    text = text_field(
        pgettext_lazy("served notice", "objection"), 2000, 8, _("Which fact is wrong, and what shows it.")
    )


class DecideForm(AboutNotice):
    upheld = forms.TypedChoiceField(
        label=pgettext_lazy("served notice", "decision"),
        choices=[
            (1, _("upheld: the notice is withdrawn")),
            (0, _("dismissed: the notice stands, its days go on")),
        ],
        coerce=lambda value: value == "1",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    reason = text_field(_("reason"), 500, 5, _("The person reads it."))


class ServeForm(AboutNotice):
    day = day_field(_("day on the receipt of service"), initial=timezone.localdate)


class TalkForm(AboutNotice):
    held_at = moment_field(_("talk held at"))
    by = forms.ModelChoiceField(Person.objects.none(), label=_("talk held by"))
    text = text_field(_("record of the talk"), 4000, 10, _("What was put to the person, and what they said."))

    def __init__(self, *args: Any, notice: ServedNotice, **kwargs: Any) -> None:
        talk = {"held_at": notice.talk_at, "by": notice.talk_by, "text": notice.talk_record}
        super().__init__(*args, notice=notice, initial=talk, **kwargs)
        self.fields["by"].queryset = talkers(notice.commitment.person)  # type: ignore[attr-defined]


class CheckForm(AboutNotice):
    remark = text_field(_("what the check found"), 500)


class AskAgainForm(AboutNotice):
    remark = text_field(_("what is wanting"), 500, help_text=_("The person reads it."))


class GradeFields(forms.Form):
    """What the graver grades ask for; the domain says which of them is needed."""

    talk_at = moment_field(_("time of the talk"), _("For an admonishing talk."), required=False)
    talk_by = forms.ModelChoiceField(
        Person.objects.none(), label=_("who holds the talk"), help_text=_("For an admonishing talk."), required=False
    )
    rectify_until = day_field(_("to be rectified by"), _("For a notice to rectify."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rectify_until"].initial = timezone.localdate() + datetime.timedelta(
            days=notice_settings().rectify_days
        )

    def asked(self) -> dict[str, Any]:
        """The fields of the notice that this holds."""
        return {name: self.cleaned_data.get(name) for name in ("talk_at", "talk_by", "rectify_until")}


class EscalateForm(GradeFields, AboutNotice):
    remark = text_field(_("why a graver notice follows"), 500)
    field_order = ("remark",)

    def __init__(self, *args: Any, notice: ServedNotice, **kwargs: Any) -> None:
        super().__init__(*args, notice=notice, **kwargs)
        self.fields["talk_by"].queryset = talkers(notice.commitment.person)  # type: ignore[attr-defined]
        drop = ("talk_at", "talk_by") if next_grade(notice.grade) == Grade.RECTIFY else ("rectify_until",)
        for name in drop:
            del self.fields[name]


class FailedRows(forms.ModelMultipleChoiceField):
    """Rows with what was to be reached and what was found."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        found = f"；{obj.outcome_remark}" if obj.outcome_remark else ""
        return str(obj) if obj.missing else f"{obj}：{obj.goal}（{in_full(obj.due)}）{found}"


class ProposeForm(GradeFields):
    """Proposes a notice about a commitment: the rows that failed, the grade the rule asks for, or a graver one."""

    promises: FailedRows = FailedRows(None, label=_("promises not kept"))
    grave = forms.BooleanField(
        label=_("The facts are grave"),
        required=False,
        help_text=_("Harm was done, or people were deceived: give the facts."),
    )
    grade = forms.ChoiceField(label=_("grade"), choices=Grade.choices, widget=forms.RadioSelect)
    facts = text_field(
        _("facts and what is asked for"),
        2000,
        8,
        _("The person reads it: what was promised, what was found, what is expected now."),
    )
    field_order = ("promises", "grave", "grade", "facts")

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        self.commitment = commitment
        self.proposal = proposal_for(commitment)
        rows = open_rows(commitment)
        kwargs.setdefault("initial", {"promises": rows, "grade": self.proposal.grade})
        super().__init__(*args, **kwargs)
        self.fields["promises"].queryset = commitment.promises.filter(pk__in=[row.pk for row in rows])  # type: ignore[attr-defined]
        self.fields["talk_by"].queryset = talkers(commitment.person)  # type: ignore[attr-defined]
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            (grade.value, grade.label) for grade in LADDER if not is_lighter(grade, self.proposal.grade)
        ]

    def notice(self) -> ServedNotice:
        """The unsaved notice."""
        data = self.cleaned_data
        fields = {name: data[name] for name in ("grade", "grave", "facts")}
        return ServedNotice(commitment=self.commitment, **fields, **self.asked())
