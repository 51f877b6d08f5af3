"""What is typed while attendance is taken, and afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.domain.attendance.records import ListRow
from training.domain.lifecycle.attendance_window import LONGEST, SHORTEST
from training.models import Session

_RATINGS = [
    (5, pgettext_lazy("rating", "very useful")),
    (4, pgettext_lazy("rating", "useful")),
    (3, pgettext_lazy("rating", "somewhat useful")),
    (2, pgettext_lazy("rating", "little use")),
    (1, pgettext_lazy("rating", "no use")),
]


class OpenForm(forms.Form):
    minutes = forms.IntegerField(label=_("for how many minutes"), min_value=SHORTEST, max_value=LONGEST, initial=15)


class HeadsForm(forms.Form):
    number = forms.IntegerField(
        label=_("heads in the room"), min_value=0, max_value=2000, help_text=_("Without the trainer.")
    )
    explanation = forms.CharField(
        label=_("why the numbers differ"),
        max_length=200,
        required=False,
        help_text=_("Only where they do. For example: 两名服务员在场，不是学员。"),
    )


class HoldForm(forms.Form):
    """That the session was held, although nobody was recorded."""

    without = forms.CharField(
        label=_("why nobody is recorded"),
        max_length=300,
        required=False,
        help_text=_("For example: 停电，签到表由县里主办单位收存。"),
    )


class AddForm(forms.Form):
    """Somebody who is not on the list."""

    name = forms.CharField(label=_("full name"), max_length=40)
    of = forms.CharField(label=_("village or unit"), max_length=80, required=False)


class ReasonForm(forms.Form):
    """Why a row is struck out, or a certificate voided."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class CodeForm(forms.Form):
    """The six digits, and for which of the sessions that take them now."""

    session: forms.ModelChoiceField[Session] = forms.ModelChoiceField(
        Session.objects.none(), label=_("training session"), widget=forms.RadioSelect, empty_label=None
    )
    digits = forms.CharField(
        label=_("six digits on the screen"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "digits"}),
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        field.queryset = Session.objects.filter(pk__in=[one.pk for one in sessions]).select_related("course")
        field.label_from_instance = lambda one: f"{one}，{one.place}"
        if len(sessions) == 1:
            field.initial, field.widget = sessions[0].pk, forms.HiddenInput()


class KeyInForm(forms.Form):
    """A signed list: its day, who of the list signed, and the names that were written in."""

    dated = forms.DateField(label=_("day on the paper"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    signed = forms.MultipleChoiceField(
        label=_("signed"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    written = forms.CharField(
        label=_("names that were written in"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("One name a line; the village or unit behind it, after a blank. For example: 王大妈 上塘村"),
    )

    def __init__(self, *args: Any, rows: list[ListRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["signed"]
        waiting = [row for row in rows if row.attendance is None]
        field.choices = [(str(row.key), f"{row.name}（{row.of}）" if row.of else row.name) for row in waiting]
        if not waiting:
            del self.fields["signed"]


class FeedbackForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("how useful it was"), choices=_RATINGS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("in your own words"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("You may leave this empty. Your name is not kept with it."),
    )
