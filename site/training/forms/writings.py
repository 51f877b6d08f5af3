"""Forms of notes and articles; the rules are the domain's."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suite.drafts.forms import FileForm
from training.enums import WritingKind
from training.models.writings import LONGEST_COMMENT, LONGEST_REASON, LONGEST_TITLE


class BeginForm(forms.Form):
    """Which kind, and of which year."""

    kind = forms.ChoiceField(label=_("kind of writing"), choices=WritingKind.choices, widget=forms.RadioSelect)
    year = forms.TypedChoiceField(label=pgettext_lazy("writing", "year"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        self.fields["year"].choices = [(this, str(this)), (this - 1, str(this - 1))]  # type: ignore[attr-defined]  # a choice field


class WritingForm(forms.Form):
    """The text itself, however incomplete: what is asked of it is asked when it is handed in."""

    title = forms.CharField(
        label=_("title"),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_TITLE}),
        help_text=_("For example: 学习《关于加强基层治理的意见》的体会"),
    )
    text = forms.CharField(
        label=pgettext_lazy("writing", "text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("A paragraph a line. A short line that begins with 一、 or （一） becomes a heading."),
    )
    publish = forms.BooleanField(
        label=_("publish it when it is accepted"),
        required=False,
        help_text=_("Two others check it first. No phone, ID or bank card numbers of people."),
    )


class WordForm(FileForm):
    """A Word file in place of the text."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(forms.Form):
    """Accept or return, with words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("what you say about it"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where you return it. For example: 第二部分请补充两个数据。"),
    )


class CommentForm(forms.Form):
    """Something about what was handed in."""

    remark = forms.CharField(
        label=pgettext_lazy("writing", "comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReleaseForm(forms.Form):
    """Why somebody need not write."""

    reason = forms.CharField(
        label=_("why nothing need be written"),
        max_length=LONGEST_REASON,
        help_text=_("For example: 今年3月起长期病假。"),
    )
