"""Fields for evidence, for any plugin's form."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import Link
from .domain.links import cleaned_link
from .validators import MOST_FILES, fingerprint


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each of them looked at; gives a list. What is wrong is said file by file."""

    # Telephones turn their own format into JPEG where the kinds of pictures are named one by one.
    widget = FilesInput(attrs={"accept": "image/jpeg,image/png,image/gif,image/webp,.pdf,.docx,.xlsx"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [*data] if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Add at most %(most)s pictures and files.") % {"most": MOST_FILES})
        problems: list[forms.ValidationError] = []
        for one in files:
            try:
                fingerprint(one)
            except forms.ValidationError as refusal:
                problems.append(refusal)
        if problems:
            raise forms.ValidationError(problems)
        return files


class LinksField(forms.CharField):
    """One link on each line, what it is called after a blank; gives a list of `Link`."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Link]:
        lines = [line.split(None, 1) for line in str(super().clean(value)).splitlines() if line.strip()]
        links, problems = [], []
        for url, *title in lines:
            try:
                links.append(cleaned_link(Link(url, " ".join(title))))
            except forms.ValidationError as refusal:
                problems.append(refusal)
        if problems:
            raise forms.ValidationError(problems)
        return links


class EvidenceForm(forms.Form):
    """The fields ``evidence_files`` and ``evidence_links``, alone or among a plugin's own.

    What `attach` refuses has their names.
    """

    evidence_files = FilesField(
        label=gettext_lazy("pictures and files that show it"),
        required=False,
        help_text=gettext_lazy("JPG, PNG, GIF, WEBP, PDF, DOCX or XLSX, at most 20 files of 20 MB each."),
    )
    evidence_links = LinksField(
        label=gettext_lazy("links that show it"),
        required=False,
        help_text=gettext_lazy("One address on each line; what it is called may follow after a blank."),
    )
