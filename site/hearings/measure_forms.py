"""Forms about measures, for the desk and the admin; the rules are the domain's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from .models import Evidence

PICTURES = {"jpg", "jpeg", "png", "gif", "webp"}


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; a picture among them is looked at as a picture."""

    widget = FilesInput(attrs={"accept": "image/*,.pdf,.docx,.xlsx"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [
            WagtailImageField().clean(one) if is_picture(one) else super(FilesField, self).clean(one, initial)
            for one in files
        ]


def is_picture(file: UploadedFile) -> bool:
    return str(file.name).rpartition(".")[2].lower() in PICTURES


class DoneForm(forms.Form):
    """Reports a measure as carried out."""

    result = forms.CharField(
        label=_("what was done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody can read it. For example: 水塘边装了6盏路灯，12月3日亮灯。"),
    )
    evidence = FilesField(
        label=_("pictures or files that show it"),
        required=False,
        help_text=_("Pictures, PDF, Word or Excel files, each at most 20 MB. Everybody can see them."),
    )

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance


@contextmanager
def evidence_of(files: list[UploadedFile], user: Any) -> Iterator[list[Evidence]]:
    """The files stored as unsaved `Evidence`; where the block raises, nothing of them stays on the disk."""
    kept: list[Any] = []
    try:
        rows = []
        for file in files:
            name = str(file.name)
            model = get_image_model() if is_picture(file) else get_document_model()
            stored = model.objects.create(title=name[:100], file=file, uploaded_by_user=user)
            kept.append(stored)
            rows.append(Evidence(title=name[:200], **{"image" if is_picture(file) else "document": stored}))
        yield rows
    except BaseException:
        for stored in kept:
            stored.file.delete(save=False)
            stored.delete()
        raise
