"""Forms about shadowing on the desk; the rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person, Unit
from suite.evidence.forms import EvidenceForm
from training.models import Shadowing
from training.models.shadowing import LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REASON, LONGEST_REPORT
from training.permissions import user_can_run

from .steps import AboutRecord


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.Form):
    """One's own shadowing; who runs training plans it for others too."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=pgettext_lazy("shadowing", "Who goes"), required=False, empty_label=_("I myself")
    )
    since = forms.DateField(label=_("first day"), widget=_day())
    until = forms.DateField(label=_("last day"), widget=_day())
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=pgettext_lazy("shadowing", "unit of the township"),
        required=False,
        empty_label=_("elsewhere, see below"),
    )
    outside = forms.CharField(
        label=pgettext_lazy("shadowing", "body elsewhere"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Only where it is not in our directory. For example: 县行政审批局"),
    )
    host = forms.CharField(
        label=pgettext_lazy("shadowing", "with whom"),
        max_length=LONGEST_NAME,
        help_text=_("Name and post. For example: 综合窗口 柳依依"),
    )
    purpose = forms.CharField(
        label=pgettext_lazy("shadowing", "purpose"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is to be learnt. For example: 熟悉社保窗口受理、补正、送达全过程。"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = getattr(user, "person", None)
        _choices(self.fields["unit"], Unit.objects.on())
        if user_can_run(user):
            _choices(self.fields["person"], Person.objects.filter(active=True).order_by("sort_key", "pk"))
            self.fields["person"].required = self.own is None
        else:
            del self.fields["person"]

    def asked(self) -> Shadowing:
        """What is planned, unsaved."""
        given = dict(self.cleaned_data)
        return Shadowing(**{**given, "person": given.get("person") or self.own})


def _choices(field: forms.Field, rows: QuerySet[Any]) -> None:
    """Offer these rows."""
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


class ReportForm(AboutRecord, EvidenceForm):
    report = forms.CharField(
        label=pgettext_lazy("shadowing", "report"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What you saw and did, what you learnt, what we should do likewise. No ID card or mobile numbers."),
    )
    field_order = ("report", "evidence_files", "evidence_links")

    def __init__(self, *args: Any, row: Shadowing, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["report"].initial = row.report


class ReasonForm(AboutRecord):
    reason = forms.CharField(
        label=pgettext_lazy("shadowing", "reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it. For example: 请补充在窗口独立办理了哪些事项。"),
    )
