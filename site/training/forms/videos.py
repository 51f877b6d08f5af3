"""Forms about videos."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.domain.videos import captions, refusals
from training.models import Video

ACCEPT = "video/mp4,video/webm,.mp4,.m4v,.webm"
MOST_CAPTIONS = 1024 * 1024


class VideoForm(forms.ModelForm):
    """A new video in one piece; with JavaScript the file comes in parts, and of this form only the title."""

    file = forms.FileField(
        label=gettext_lazy("video file"),
        help_text=gettext_lazy("MP4 (H.264) or WebM. It can be played by a browser at once, on phones too."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    class Meta:
        model = Video
        fields = ("title",)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        refused = _by_name(refusals.require_size, file.size) or _by_name(refusals.require_small, file.size)
        if refused:
            raise ValidationError(refused)
        return file


class BeginForm(forms.ModelForm):
    """What the upload in parts says first."""

    name = forms.CharField(label=gettext_lazy("video file"), max_length=500)
    size = forms.IntegerField(label=gettext_lazy("video file"), min_value=0, max_value=1 << 50)

    class Meta:
        model = Video
        fields = ("title",)


class CaptionsForm(forms.Form):
    """Captions, from a file or typed."""

    file = forms.FileField(
        label=gettext_lazy("captions file"),
        required=False,
        help_text=gettext_lazy("WebVTT (.vtt) or SRT (.srt), as the program that cut the video saves it."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("captions as text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy("A file that is chosen above takes the place of this text. Left empty: no captions."),
    )

    def __init__(self, *args: Any, seconds: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seconds = seconds

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MOST_CAPTIONS:
            raise ValidationError(_("This file is too large for captions: choose the .vtt or .srt file of this video."))
        content = file.read()
        for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
            try:
                return captions.cleaned(content.decode(encoding), self.seconds)
            except UnicodeDecodeError:
                continue
        raise ValidationError(_("This file is no text: choose the .vtt or .srt file of this video."))

    def clean_text(self) -> str:
        # What a file takes the place of need not be right.
        typed = self.cleaned_data["text"]
        return typed if self.files.get("file") else captions.cleaned(typed, self.seconds)

    @property
    def captions(self) -> str:
        """What is to be kept."""
        return str(self.cleaned_data.get("file") or self.cleaned_data.get("text") or "")


def _by_name(require: Any, size: int) -> list[str]:
    """What `require` refuses about the file's size, without the name of the field."""
    try:
        require(size)
    except ValidationError as refusal:
        return list(refusal.messages)
    return []
