"""What liaisons, publicists and agents fill in on their phones: a topic, a posting."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.images.fields import WagtailImageField

from organisation.models import Unit

from .enums import PostingKind
from .models import HearingTheme, Posting, Topic


def _photo(label: Any) -> WagtailImageField:
    return WagtailImageField(label=label, required=False, widget=forms.FileInput({"accept": "image/*"}))


class VillageForm(forms.Form):
    """A form whose village is one of those the account serves; with one of them it is chosen already."""

    village: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Village or community"),
        queryset=None,
        error_messages={"invalid_choice": _("You do not serve this village: choose one of yours.")},
    )

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["village"]
        choice.queryset = villages
        if len(villages) == 1:
            choice.initial, choice.empty_label = villages[0], None
        else:
            choice.empty_label = _("choose")


class TopicForm(VillageForm):
    """A problem for the pool. ``seen``: the keys of similar ones that were shown already."""

    title = forms.CharField(
        label=_("What is the problem, in one line?"),
        max_length=60,
        help_text=_("For example: 水塘边的路没有路灯"),
        error_messages={"required": _("Write the problem in one line.")},
    )
    text = forms.CharField(
        label=_("What is the matter?"),
        max_length=2000,
        help_text=_("Where, since when, who is affected. No names and no phone numbers here."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write what is the matter.")},
    )
    wish = forms.CharField(
        label=_("What do people wish?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    concerned = forms.IntegerField(
        label=_("How many people are concerned?"),
        min_value=1,
        max_value=1_000_000,
        help_text=_("A good guess is enough."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"required": _("Write a number; a good guess is enough.")},
    )
    theme: forms.ModelChoiceField[HearingTheme] = forms.ModelChoiceField(
        label=_("Theme"), queryset=None, required=False, empty_label=_("not sure")
    )
    photo = _photo(_("Photo of the place"))
    raised_by = forms.CharField(
        label=_("Who raised it"),
        max_length=40,
        required=False,
        help_text=_("So that they get an answer. It is never published."),
    )
    raised_by_phone = forms.CharField(
        label=_("Their phone"), max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["title", "text", "village", "concerned", "wish", "theme", "photo", "raised_by", "raised_by_phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme: Any = self.fields["theme"]
        theme.queryset = HearingTheme.objects.all()

    def unseen(self, similar: list[Topic]) -> list[Topic]:
        """Those of the similar ones that were not shown before sending."""
        shown = set(self.cleaned_data["seen"].split())
        return [topic for topic in similar if str(topic.pk) not in shown]

    def topic(self) -> Topic:
        """What was typed, not stored yet, without the photo."""
        names = ("title", "text", "village", "concerned", "wish", "theme", "raised_by", "raised_by_phone")
        return Topic(**{name: self.cleaned_data[name] for name in names})


class PostingForm(VillageForm):
    """Where and when a notice was hung or read out, and who signs for it."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("hearing", "How"),
        choices=PostingKind.choices,
        initial=PostingKind.POSTER,
        widget=forms.RadioSelect,
    )
    place = forms.CharField(
        label=pgettext_lazy("hearing", "Where exactly"),
        max_length=100,
        help_text=_("For example: 村委会门口公告栏"),
        error_messages={"required": _("Write where it hangs, or over which loudspeaker it was read.")},
    )
    posted_at = forms.DateTimeField(
        label=pgettext_lazy("hearing", "When"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Write when it was hung or read.")},
    )
    signed_by = forms.CharField(
        label=pgettext_lazy("hearing", "Signed by"),
        max_length=40,
        help_text=_("Who hung it or read it, with their name."),
        error_messages={"required": _("Write who signs for it.")},
    )
    photo = _photo(_("Photo of the board"))

    field_order = ["village", "kind", "place", "posted_at", "signed_by", "photo"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posted_at"].initial = lambda: timezone.localtime().replace(second=0, microsecond=0)

    def posting(self, notice: Any) -> Posting:
        """What was typed, not stored yet, without the photo."""
        names = ("village", "kind", "place", "posted_at", "signed_by")
        return Posting(notice=notice, **{name: self.cleaned_data[name] for name in names})
