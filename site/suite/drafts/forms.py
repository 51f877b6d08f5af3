"""The upload of a draft."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suite.body.word.file import LARGEST_FILE, check_size
from suite.publishing.models import PublishedPage

_ENDINGS = (".docx", ".docm")


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("Word file"),
        help_text=gettext_lazy("A .docx file of Word or WPS, at most %(limit)d MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.help_text = str(field.help_text) % {"limit": LARGEST_FILE // 1024 // 1024}

    def clean_file(self) -> Any:
        """Looked at by size and name only; what is in it is read by the domain."""
        file = self.cleaned_data["file"]
        check_size(file.size)
        if not file.name.lower().endswith((*_ENDINGS, ".doc", ".wps")):
            raise ValidationError(_("Choose a Word file (.docx)."))
        return file


class ImportForm(FileForm):
    """A file and the type of page it becomes."""

    def __init__(self, *args: Any, types: list[type[PublishedPage]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._types = {model._meta.label_lower: model for model in types}
        choices = [(key, capfirst(model.get_verbose_name())) for key, model in self._types.items()]
        self.fields["page_type"] = forms.ChoiceField(
            label=_("It becomes"),
            choices=choices,
            initial=choices[0][0],
            widget=forms.RadioSelect if len(choices) > 1 else forms.HiddenInput,
        )

    @property
    def model(self) -> type[PublishedPage]:
        """The chosen type."""
        return self._types[self.cleaned_data["page_type"]]
