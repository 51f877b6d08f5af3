"""Forms about measures, for the desk and the admin; the rules are the domain's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from suite.evidence.forms import FilesField
from suite.evidence.validators import is_picture

from .models import Evidence


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
            model = get_image_model() if is_picture(name) else get_document_model()
            stored = model.objects.create(title=name[:100], file=file, uploaded_by_user=user)
            kept.append(stored)
            rows.append(Evidence(title=name[:200], **{"image" if is_picture(name) else "document": stored}))
        yield rows
    except BaseException:
        for stored in kept:
            stored.file.delete(save=False)
            stored.delete()
        raise
