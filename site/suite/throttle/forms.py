"""A form that people without an account may send: a field nobody sees, and a stamp that says when it was opened."""

import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Nobody reads a form and fills it in faster; a form left open overnight is opened anew.
QUICKEST = datetime.timedelta(seconds=3)
LONGEST = datetime.timedelta(hours=12)


class GuardedForm(forms.Form):
    """Works without JavaScript. Where it refuses a person by mistake, what was typed stays and sending again helps.

    ``guard``: what the stamp is for, so that the stamp of one form is worth nothing on another. Templates show
    the two fields with ``throttle/guard.html``.
    """

    guard = "form"
    guard_fields = ("homepage", "stamp")
    homepage = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = self._new_stamp()

    def open_fields(self) -> list[forms.BoundField]:
        """What a person fills in."""
        return [field for field in self.visible_fields() if field.name not in self.guard_fields]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("homepage"):
            self._change("homepage", "")
            raise ValidationError(
                _("A field that nobody sees was filled in. It is empty again: please send once more.")
            )
        age = self._age(data.get("stamp", ""))
        if age is None or age > LONGEST:
            # One of ours that is old: whoever sent it has waited long since, and is not told to wait again.
            self._change("stamp", self._new_stamp(waited=datetime.timedelta(0) if age is None else QUICKEST))
            raise ValidationError(
                _("This form had been open for too long. It has been renewed: please look at it and send once more.")
            )
        if age < QUICKEST and not self.errors:
            # The stamp stays: by the time it is sent again it is old enough.
            raise ValidationError(_("That was very quick. Please look at what you typed and send once more."))
        return data

    @property
    def _salt(self) -> str:
        return f"suite.throttle.{self.guard}"

    def _age(self, stamp: str) -> datetime.timedelta | None:
        """How long ago the form was opened; None for a stamp that is not ours."""
        try:
            opened = signing.loads(stamp, salt=self._salt)
        except signing.BadSignature:
            return None
        return datetime.timedelta(seconds=timezone.now().timestamp() - opened)

    def _new_stamp(self, waited: datetime.timedelta = datetime.timedelta(0)) -> str:
        """As if the form had been opened so long ago."""
        return signing.dumps((timezone.now() - waited).timestamp(), salt=self._salt)

    def _change(self, name: str, value: str) -> None:
        """What the form shows when it is drawn again."""
        data: Any = self.data.copy()
        data[self.add_prefix(name)] = value
        self.data = data
