"""Forms about a report meeting: plan it, change it, which seed decides who reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from organisation.models import Person
from suite.draw.domain import PublicResult, Strings
from suite.draw.enums import SeedMode
from suite.draw.forms import SeedForm
from suite.draw.models import Draw

from .domain.lifecycle import meetings
from .domain.settings import commitments_settings
from .enums import MeetingState, MonthState
from .models import Month, ReportMeeting
from .office_forms import AboutRecord

DAY_AND_TIME = "%Y-%m-%dT%H:%M"


def moment(name: str) -> forms.DateTimeField:
    """A day with a time, in the browser's own picker."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DAY_AND_TIME)
    field: Any = ReportMeeting._meta.get_field(name)
    return forms.DateTimeField(label=field.verbose_name, widget=widget)


class MeetingForm(WagtailAdminModelForm):
    """A new meeting, proposed as the settings say."""

    starts_at = moment("starts_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        there = ReportMeeting.objects.exclude(state=MeetingState.CANCELLED).values("month")
        fields["month"].queryset = Month.objects.exclude(state=MonthState.CLOSED).exclude(pk__in=there)
        fields["chair"].queryset = Person.objects.filter(active=True)
        settings = commitments_settings()
        self.initial.update({"seats": settings.drawn, "rest": settings.rest_meetings})
        self.initial["month"] = fields["month"].queryset.filter(state=MonthState.OPEN).order_by("first").first()


class ChangeMeetingForm(AboutRecord):
    """What may still change; ``cleaned_data`` is what the domain takes."""

    starts_at = moment("starts_at")
    place = forms.CharField(label=ReportMeeting._meta.get_field("place").verbose_name, max_length=100)
    chair = forms.ModelChoiceField(
        Person.objects.none(), label=ReportMeeting._meta.get_field("chair").verbose_name, empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance
        chair: Any = self.fields["chair"]
        chair.queryset = Person.objects.filter(active=True) | Person.objects.filter(pk=meeting.chair_id)
        begins = timezone.localtime(meeting.starts_at).strftime(DAY_AND_TIME)
        self.initial = {"starts_at": begins, "place": meeting.place, "chair": meeting.chair_id}


class MeetingSeedForm(SeedForm):
    """Which seed decides; a reason where it is drawn again."""

    warnings: list[str] = []
    reason = forms.CharField(
        label=_("Reason for drawing again"),
        max_length=300,
        required=False,
        help_text=_("Only where there was a draw before. It is made public."),
    )

    def __init__(self, *args: Any, instance: ReportMeeting, **kwargs: Any) -> None:
        super().__init__(*args, instance=Draw(), **kwargs)


def prepare_draw(meeting: ReportMeeting, data: dict[str, Any], user: Any) -> Any:
    """Prepare the draw with what `MeetingSeedForm` holds."""
    seed: PublicResult | Strings
    if data["mode"] == SeedMode.STRINGS:
        seed = Strings(data["due"])
    else:
        seed = PublicResult(data["source"], data["form"], data["digits"] or 0, data["due"])
    return meetings.prepare_draw(meeting, user, seed, data["reason"])
