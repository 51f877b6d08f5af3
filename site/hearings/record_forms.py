"""Forms of the registers of topics, representatives and measures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from suite.theme.dates import in_full

from .domain.similar import similar_topics
from .enums import HearingState, TopicState
from .models import Hearing, Topic
from .office_forms import offices, text, villages


class AboutRecord(forms.Form):
    """A form about one record; by itself it asks for nothing but the button."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance


class TopicForm(WagtailAdminModelForm):
    """A problem that was told to the office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village: Any = self.fields["village"]
        village.queryset = villages()


class HearingForm(WagtailAdminModelForm):
    """A new hearing; everything else is arranged on its page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields["host"]
        host.queryset = offices()


class MergeForm(AboutRecord):
    into = forms.ModelChoiceField(Topic.objects.none(), label=_("put together with"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        rows = Topic.objects.filter(state__in=(TopicState.REPORTED, TopicState.TAKEN)).exclude(pk=self.instance.pk)
        near = similar_topics(self.instance.title, self.instance.text, self.instance.pk)
        into.queryset = rows.select_related("village")
        into.label_from_instance = lambda row: f"{row.village}：{row}"
        rest = [row for row in into.queryset if row not in near]
        into.choices = [(row.pk, into.label_from_instance(row)) for row in (*near, *rest)]


class AnswerForm(AboutRecord):
    text = forms.CharField(
        label=_("answer"),
        max_length=2000,
        widget=text(5),
        help_text=_("Who raised the problem, and whoever reported it, reads this."),
    )
    unit: Any = forms.ModelChoiceField(None, label=_("answered by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = offices()


class TakeForm(AboutRecord):
    hearing: Any = forms.ModelChoiceField(None, label=Hearing._meta.verbose_name, empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hearing: Any = self.fields["hearing"]
        hearing.queryset = Hearing.objects.filter(
            state__in=(HearingState.COLLECTING, HearingState.POSTPONED, HearingState.PLANNED)
        )
        hearing.help_text = _("Hearings that have not been announced. A new one is made under Hearings.")


class GiveBackForm(AboutRecord):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text(2))


class MoveForm(AboutRecord):
    day = forms.DateField(label=_("new due day"), widget=AdminDateInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text(2), help_text=_("It is made public."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.due:
            self.fields["day"].help_text = gettext("Due until now: %(day)s") % {"day": in_full(self.instance.due)}


class ExplainForm(AboutRecord):
    reason = forms.CharField(
        label=_("why it is not carried out"), max_length=2000, widget=text(5), help_text=_("It is made public.")
    )
