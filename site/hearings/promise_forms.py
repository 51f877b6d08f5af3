"""The choices above the list of promises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit

from .domain.public import promises
from .models import Hearing, HearingTheme


class PromiseFilter(forms.Form):
    """Village, theme, hearing, what became of it; each may be left open."""

    village: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Village or community"), queryset=None, required=False, empty_label=_("all")
    )
    theme: forms.ModelChoiceField[HearingTheme] = forms.ModelChoiceField(
        label=_("Theme"), queryset=None, required=False, empty_label=_("all")
    )
    hearing: forms.ModelChoiceField[Hearing] = forms.ModelChoiceField(
        label=_("Hearing"), queryset=None, required=False, empty_label=_("all"), to_field_name="public_id"
    )
    state = forms.ChoiceField(label=_("What became of it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("village", "theme", "hearing"):
            choice: Any = self.fields[name]
            choice.queryset = getattr(promises, f"{name}s")()
        state: Any = self.fields["state"]
        state.choices = [("", _("all")), *promises.STANDINGS]

    def cleaned(self) -> dict[str, Any]:
        """What was chosen and means something; the rest is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
