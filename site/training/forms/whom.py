"""Naming roles, units and people in a form, on a phone as well: people stand under the unit they work in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Person, Unit
from training.domain.staff import Staff

NO_UNIT = 0


class WhomForm(forms.Form):
    """Fields ``roles``, ``units`` and ``people``; what else is asked comes from the form that inherits this.

    ``cleaned_data`` holds querysets. Only roles of the suite, units of today and people in service can be named.
    """

    roles = forms.ModelMultipleChoiceField(
        Group.objects.filter(role__isnull=False).order_by("pk"),
        label=gettext_lazy("roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("With the units below them."),
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.filter(active=True),
        label=gettext_lazy("people"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staff = Staff()
        units: Any = self.fields["units"]
        units.queryset = Unit.objects.on()
        there = set(units.queryset.values_list("pk", flat=True))
        units.choices = [(one.pk, one.label) for one in self._staff.units.values() if one.pk in there]

    def people_by_unit(self) -> Iterator[tuple[str, list[tuple[int, str, bool]], bool]]:
        """Unit by unit: its label, its people (key, name, whether ticked), and whether one of them is ticked."""
        ticked = {str(pk) for pk in self["people"].value() or ()}
        groups: dict[int, list[tuple[int, str, bool]]] = {}
        for one in self._staff.people.values():
            groups.setdefault(one.unit or NO_UNIT, []).append((one.pk, one.name, str(one.pk) in ticked))
        for unit, rows in groups.items():
            label = self._staff.units[unit].label if unit else _("without a post")
            yield label, rows, any(is_ticked for pk, name, is_ticked in rows)
