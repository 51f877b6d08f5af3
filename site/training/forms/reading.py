"""Forms of who asks others to read something; the rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.models import MaterialPage, Requirement

from .whom import WhomForm


def _day(**attributes: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attributes}, format="%Y-%m-%d")


class AskForm(WhomForm):
    """A new requirement."""

    field_order = ("material", "due", "reason")

    material = forms.ModelChoiceField(
        MaterialPage.objects.live().order_by("title"),
        label=Requirement._meta.get_field("material").verbose_name,
        empty_label=_("Choose a material"),
        help_text=_("Published materials are listed here."),
    )
    due = forms.DateField(
        label=Requirement._meta.get_field("due").verbose_name,
        widget=_day(),
        help_text=_("Until the office closes on that day. Who comes late has five working days from then."),
    )
    reason = forms.CharField(
        label=Requirement._meta.get_field("reason").verbose_name,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who is asked sees it on the desk. For example: 新修订的保密规定下月起执行。"),
    )


class ExtendForm(forms.Form):
    due = forms.DateField(label=_("new last day"), widget=_day())


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=Requirement._meta.get_field("withdrawn_because").verbose_name,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who was asked sees it. For example: 文件已废止。"),
    )
