"""Forms of the office about one session; the rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from organisation.domain.queries import units
from organisation.enums import SETTLED
from organisation.models import Person
from training.forms.attendance import HoldForm
from training.models import Session

DAY_AND_TIME = "%Y-%m-%dT%H:%M"


def moment(name: str, **options: Any) -> forms.DateTimeField:
    """A day with a time, in the browser's own picker."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DAY_AND_TIME)
    field: Any = Session._meta.get_field(name)
    return forms.DateTimeField(label=field.verbose_name, widget=widget, **options)


def local(value: Any) -> str:
    return timezone.localtime(value).strftime(DAY_AND_TIME) if value else ""


def narrow(fields: Any) -> None:
    """Offer villages and communities alone as places, and as trainers who is in service."""
    fields["village"].queryset = units(kinds=SETTLED).order_by("order", "pk")
    fields["trainer"].queryset = Person.objects.filter(active=True)


class SessionForm(WagtailAdminModelForm):
    """A new session. The domain cleans it: here it only takes the values."""

    starts_at = moment("starts_at")
    ends_at = moment("ends_at")
    sign_up_until = moment("sign_up_until", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self.fields)

    def _post_clean(self) -> None:
        forms.models.construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


class AboutSession(forms.Form):
    """Asks for nothing but the button."""

    warnings: list[str] = []

    def __init__(self, *args: Any, instance: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = instance


class HoldSessionForm(AboutSession, HoldForm):
    """Asks for a reason where nobody was recorded."""


class MoveForm(AboutSession):
    starts_at = moment("starts_at")
    ends_at = moment("ends_at")
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Those who are enrolled read it.")
    )

    def __init__(self, *args: Any, instance: Session, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.initial = {"starts_at": local(instance.starts_at), "ends_at": local(instance.ends_at)}


class CancelForm(AboutSession):
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=_("Everybody reads it."))


class ChangeForm(forms.ModelForm):
    """Everything but the time; ``changes`` is what `change` takes."""

    warnings: list[str] = []
    sign_up_until = moment("sign_up_until", required=False)

    class Meta:
        model = Session
        fields = ("place", "village", "trainer", "guest_trainer", "seats", "waiting_list", "sign_up_until")

    def __init__(self, *args: Any, instance: Session, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "instance": Session.objects.get(pk=instance.pk)})
        narrow(self.fields)
        self.initial["sign_up_until"] = local(instance.sign_up_until)

    def _post_clean(self) -> None:
        """The domain cleans the session."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["changes"] = {name: cleaned[name] for name in self._meta.fields or () if name in cleaned}
        return cleaned
