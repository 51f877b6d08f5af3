"""Forms of leaders, supervisors and the efficiency office on the desk; the rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .domain.whole import Whole
from .enums import Outcome, VerificationWay
from .models import MeetingReport, Promise, Verification


def text(rows: int, **attributes: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attributes})


class ReturnForm(forms.Form):
    """A commitment is approved or returned; returned with a remark, which the domain asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    remark = forms.CharField(
        label=_("What has to be changed"),
        max_length=500,
        required=False,
        widget=text(3),
        help_text=_("The person reads it and files anew. For example: 第2项目标请写明数量和日期。"),
    )


class RefuseForm(forms.Form):
    """An amendment is accepted or refused."""

    remark = forms.CharField(
        label=_("Why the amendment is refused"),
        max_length=300,
        required=False,
        widget=text(3),
        help_text=_("Needed only for refusing. The person reads it."),
    )


class SendBackForm(forms.Form):
    """A result is sent back."""

    remark = forms.CharField(
        label=_("What has to be mended"),
        max_length=500,
        required=False,
        widget=text(3),
        help_text=_("The person reads it. For example: 第2项请附验收单照片。"),
    )


class VerifyForm(forms.Form):
    """What the supervisor found about one promise."""

    way = forms.ChoiceField(
        label=Verification._meta.get_field("way").verbose_name,
        choices=VerificationWay.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    agrees = forms.TypedChoiceField(
        label=_("Is it as reported?"),
        choices=[("yes", _("as reported")), ("no", _("not as reported"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    remark = forms.CharField(
        label=Verification._meta.get_field("remark").verbose_name, max_length=500, required=False, widget=text(2)
    )

    def __init__(self, data: Any = None, *, row: Whole) -> None:
        found = row.verification
        kept = {"way": found.way, "agrees": "yes" if found.agrees else "no", "remark": found.remark} if found else {}
        # Empty is permitted: a row that nobody touched is no mistake, it waits.
        super().__init__(
            data, prefix=f"p{row.promise.pk}", initial=kept, empty_permitted=True, use_required_attribute=False
        )
        self.row = row
        self.fields["remark"].help_text = (
            _("Needed where it is not as reported. For example: 到现场看，6盏灯已亮5盏。")
            if row.evidence
            else _("Needed here: no evidence was added. For example: 到现场看，6盏灯都亮了。")
        )

    @property
    def promise(self) -> Promise:
        return self.row.promise

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("way"):
            self.add_error("way", _("How did you look at it? Choose visit, telephone or papers."))
        if cleaned.get("agrees") is None:
            self.add_error("agrees", _("Choose whether it is as reported."))
        return cleaned


class DecideForm(forms.Form):
    """The township's outcome of each promise; proposed is the reported one where the supervisor agreed."""

    def __init__(self, *args: Any, rows: list[Whole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            pk, found = row.promise.pk, row.verification
            agreed = found is not None and found.agrees
            self.fields[f"outcome-{pk}"] = forms.ChoiceField(
                label=_("Decision of the township"),
                choices=Outcome.choices,
                widget=forms.RadioSelect,
                initial=row.promise.claimed if agreed else None,
                required=False,
            )
            self.fields[f"remark-{pk}"] = forms.CharField(
                label=Promise._meta.get_field("outcome_remark").verbose_name,
                max_length=500,
                required=False,
                widget=text(2),
                help_text=_("Needed where it is not what was reported.")
                if agreed
                else _("Needed here: the supervisor did not agree."),
            )

    def fields_by_row(self) -> list[tuple[Whole, forms.BoundField, forms.BoundField]]:
        """Each promise with its two fields."""
        return [(row, self[f"outcome-{row.promise.pk}"], self[f"remark-{row.promise.pk}"]) for row in self.rows]

    def outcomes(self) -> dict[int, tuple[str, str]]:
        """As the domain takes them."""
        given = self.cleaned_data
        return {
            row.promise.pk: (given[f"outcome-{row.promise.pk}"], given[f"remark-{row.promise.pk}"]) for row in self.rows
        }


class ReportForm(forms.Form):
    """What one who was drawn reported in the meeting."""

    present = forms.TypedChoiceField(
        label=_("Is the person there?"),
        choices=[("yes", _("present")), ("no", _("absent"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    said = forms.CharField(
        label=MeetingReport._meta.get_field("said").verbose_name, max_length=2000, required=False, widget=text(4)
    )
    remarks = forms.CharField(
        label=MeetingReport._meta.get_field("remarks").verbose_name, max_length=2000, required=False, widget=text(3)
    )

    def __init__(self, data: Any = None, *, report: MeetingReport) -> None:
        present = {True: "yes", False: "no", None: ""}[report.present]
        kept = {"present": present, "said": report.said, "remarks": report.remarks}
        super().__init__(data, prefix=f"r{report.pk}", initial=kept)
        self.report = report
