"""Forms of the efficiency office about one month, commitment or meeting; the rules are the domain's."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from organisation.domain.queries import posts_of
from organisation.models import Unit

from .domain.month_told import closing
from .enums import Outcome
from .models import Commitment, Month, Promise

# So many names stand in a warning; the page of the month has the others.
MOST_NAMES = 30


def text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AboutRecord(forms.Form):
    """A form about one record; by itself it asks for nothing but the button. ``warnings`` stand above the fields."""

    warnings: list[str] = []

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance


class ReasonForm(AboutRecord):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=text(2))


class RemarkForm(AboutRecord):
    remark = forms.CharField(
        label=gettext_lazy("What has to be mended"),
        max_length=500,
        widget=text(3),
        help_text=gettext_lazy("The person reads it. For example: 第2项请附验收单照片。"),
    )


class MonthForm(WagtailAdminModelForm):
    """Which month is opened by hand."""

    first = forms.TypedChoiceField(
        label=Month._meta.get_field("first").verbose_name,
        coerce=datetime.date.fromisoformat,
        help_text=gettext_lazy(
            "Months open by themselves some days before they begin. By hand only to begin with, or earlier."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(Month.objects.values_list("first", flat=True))
        months = [one for one in this_and_next(timezone.localdate()) if one not in there]
        first: Any = self.fields["first"]
        first.choices = [(one.isoformat(), str(Month(first=one))) for one in months]

    def _post_clean(self) -> None:
        """The domain makes the month with its clocks; nothing else is in this form to be checked."""


def this_and_next(day: datetime.date) -> list[datetime.date]:
    """The first days of the month of `day` and of the one after it."""
    this = day.replace(day=1)
    return [this, (this + datetime.timedelta(days=32)).replace(day=1)]


class CloseMonthForm(AboutRecord):
    """Names who stands in the way, and what will be counted as not kept."""

    sure = forms.BooleanField(label=gettext_lazy("Close it: I have read what will be counted as not kept"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = closing(self.instance)
        self.warnings = []
        if found.unsettled:
            named = _("It cannot be closed yet. Something has still to be done about: %(names)s")
            self.warnings.append(named % {"names": names(found.unsettled, state=True)})
        if found.missing:
            named = _("Nothing was filed; it will be counted as one promise not kept: %(names)s")
            self.warnings.append(named % {"names": names(found.missing)})
        if found.unreported:
            named = _("No result was reported; every promise will be counted as not kept: %(names)s")
            self.warnings.append(named % {"names": names(found.unreported)})
        if not self.warnings:
            self.warnings.append(_("Everything has been decided. Nobody is counted as not kept by closing."))


def names(rows: list[Commitment], state: bool = False) -> str:
    """张三（党政办）、李四（…）……共31人"""
    shown = [f"{row.person}（{row.get_state_display() if state else row.unit.label}）" for row in rows[:MOST_NAMES]]
    total = _(", %(count)s in all") % {"count": len(rows)} if len(rows) > MOST_NAMES else ""
    return "、".join(shown) + total


class MoveUnitForm(AboutRecord):
    """Another unit where the person holds a post."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("file for"), empty_label=None)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=text(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {row.post.unit_id for row in posts_of(self.instance.person)} - {self.instance.unit_id}
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.filter(pk__in=held)
        if not held:
            unit.help_text = _("This person holds no post in another unit: enter it in the organisation first.")


class DecidedRows(forms.ModelChoiceField):
    """Promises with what was decided about each; one below the other, as they are long."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}（{obj.get_outcome_display()}）"


class ReviseForm(AboutRecord):
    """What was decided about one promise, put right."""

    promise = DecidedRows(Promise.objects.none(), label=gettext_lazy("promise"), empty_label=None)
    outcome = forms.ChoiceField(label=gettext_lazy("outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=500,
        widget=text(3),
        help_text=gettext_lazy("It stands with the promise in public, as the remark of the township."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promise: Any = self.fields["promise"]
        promise.queryset = self.instance.promises.order_by("number")
