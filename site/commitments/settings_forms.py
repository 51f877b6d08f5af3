"""The office's settings of monthly commitments as a form: kinds of unit as boxes, people in service to choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from organisation.enums import UnitKind
from organisation.models import Person

from .models import CommitmentsSettings


class SettingsForm(WagtailAdminModelForm):
    unit_kinds = forms.MultipleChoiceField(
        label=CommitmentsSettings._meta.get_field("unit_kinds").verbose_name,
        help_text=CommitmentsSettings._meta.get_field("unit_kinds").help_text,
        choices=UnitKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approver: Any = self.fields["head_approver"]
        # Whoever is chosen stays in the list, so that saving something else does not take them out.
        approver.queryset = Person.objects.filter(active=True) | Person.objects.filter(
            pk=self.instance.head_approver_id
        )
