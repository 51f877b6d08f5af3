"""The editor's form of a material: files are uploaded in it, and it asks what changed (requirement Q)."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from suite.evidence.forms import FilesInput
from suite.publishing.forms import PublishedPageForm
from suite.publishing.models import PublishedPage
from training.domain.materials import versions
from training.domain.materials.files import kept, looked_at
from training.domain.videos.lasting import named
from training.models import MaterialFile, MaterialPage, MaterialPicture

MOST_PICTURES = 30
_SIGNER = signing.Signer(salt="training.materials.file")


class UploadField(forms.FileField):
    """One file, looked at: gives (file, its harmless name, its SHA-256), None where nothing was chosen."""

    def __init__(self, *, pictures: bool = False, **kwargs: Any) -> None:
        self.pictures = pictures
        accept = "image/jpeg,image/png,image/webp" if pictures else ".pdf,application/pdf"
        super().__init__(required=False, widget=forms.FileInput(attrs={"accept": accept}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data)
        return (file, *looked_at(file, self.pictures)) if file else None


class PicturesField(forms.FileField):
    """Several pictures at once, each looked at; gives a list of what `UploadField` gives."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(chosen) > MOST_PICTURES:
            raise forms.ValidationError(_("Add at most %(most)s pictures at once.") % {"most": MOST_PICTURES})
        found, problems = [], []
        for file in chosen:
            try:
                found.append((file, *looked_at(file, pictures=True)))
            except forms.ValidationError as refusal:
                problems.append(refusal)
        if problems:
            raise forms.ValidationError(problems)
        return found


def _kept(new: tuple[Any, str, str], form: Any) -> MaterialFile:
    file, name, digest = new
    return kept(file, name, digest, getattr(form, "for_user", None))


class UploadForm(WagtailAdminModelForm):
    """Keeps the file of a page or a row: newly uploaded, or the one that the form was given, signed, so that nobody
    shows a file of somebody else's by its number. What was uploaded stays in a form that comes back with errors."""

    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    # Whether the file that the form was given has gone since: nothing used it, and the form lay open for weeks.
    gone = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.file_id:
            self.initial["kept"] = _SIGNER.sign(str(self.instance.file_id))

    def clean_kept(self) -> MaterialFile | None:
        """The file that was there when the form was opened."""
        found = given(self.cleaned_data["kept"])
        self.gone = found == [None]
        return found[0] if found else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.gone and not data.get("upload") and not data.get("no_file") and "upload" not in self.errors:
            self.add_error("upload", _("The file that was chosen before is here no more: choose it again."))
        return data

    def _post_clean(self) -> None:
        if self.cleaned_data.get("no_file"):
            self.instance.file = None
        elif (before := self.cleaned_data.get("kept")) is not None:
            self.instance.file = before
        if (new := self.cleaned_data.get("upload")) is not None:
            self.instance.file = _kept(new, self)
            remember(self, "kept", [self.instance.file])
        super()._post_clean()


def given(signed: str) -> list[MaterialFile | None]:
    """The files that a form was given; None for one that is here no more. Nothing for what we did not sign."""
    try:
        keys = [int(key) for key in _SIGNER.unsign(signed).split(",")]
    except signing.BadSignature:
        return []
    found = MaterialFile.objects.in_bulk(keys)
    return [found.get(key) for key in keys]


def remember(form: Any, name: str, files: list[MaterialFile]) -> None:
    """Put files into a form's hidden field, so that they need not be uploaded again if it comes back with errors."""
    form.data = form.data.copy()
    form.data[form.add_prefix(name)] = _SIGNER.sign(",".join(str(file.pk) for file in files))


class PictureForm(UploadForm):
    """One picture of a series."""

    upload = UploadField(pictures=True, label=_("picture file"), help_text=_("JPG, PNG or WEBP, at most 50 MB."))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("upload") and not data.get("kept") and "upload" not in self.errors:
            self.add_error("upload", _("Choose the picture."))
        return data


class MaterialForm(UploadForm, PublishedPageForm):
    """A plain save keeps the file as well, so that nothing is uploaded twice."""

    upload = UploadField(
        label=_("PDF of the slides or the text"),
        help_text=_("At most 50 MB and 300 pages. Save slides of PowerPoint or WPS as PDF first."),
    )
    no_file = forms.BooleanField(label=_("Take the file out"), required=False)
    add_pictures = PicturesField(
        label=_("Add pictures"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Several at once; they follow those that are there. Save, then write their captions."),
    )
    added = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = versions.current(self.instance) if self.instance.pk else None
        self.last_version = last.number if last else 0
        if self.instance.answered_for != self.last_version:
            # These answers are about an earlier change.
            self.initial["matters"], self.initial["what_changed"] = None, ""
        if "video" in self.fields:
            video: Any = self.fields["video"]
            video.label_from_instance = named
            # Wagtail lets a list grow with its longest line, on a telephone beyond the screen.
            video.widget.attrs["style"] = "max-width: min(30rem, 100vw - 2.5rem)"
        if "matters" in self.fields:
            # As Django writes True and False: what was answered is chosen when the form is opened again.
            self.fields["matters"].widget = forms.Select(
                choices=[
                    ("", "—"),
                    ("True", _("yes, it has to be read again")),
                    ("False", _("no, nobody has to read it again")),
                ]
            )

    def clean_added(self) -> list[MaterialFile]:
        """Pictures that came with this form before, when it had errors."""
        return [file for file in given(self.cleaned_data["added"]) if file is not None]

    @property
    def received(self) -> list[MaterialFile]:
        """Pictures that came with this form, which has errors."""
        return [file for file in given(self.data.get(self.add_prefix("added"), "")) if file is not None]

    def _post_clean(self) -> None:
        self.instance.answered_for = self.last_version
        new = [_kept(one, self) for one in self.cleaned_data.get("add_pictures") or []]
        self.pictures_added = [*self.cleaned_data.get("added", []), *new]
        if new:
            remember(self, "added", self.pictures_added)
        super()._post_clean()

    def _put_rows_on_instance(self) -> None:
        super()._put_rows_on_instance()
        self._put_pictures()

    def save(self, commit: bool = True) -> Any:
        """Save, the added pictures behind those that were there."""
        page = super().save(commit=False)
        self._put_pictures()
        if commit:
            page.save()
        return page

    def _put_pictures(self) -> None:
        rows = self.instance.pictures.all()
        there = {row.file_id for row in rows}
        place = max((row.sort_order or 0 for row in rows), default=-1)
        for file in self.pictures_added:
            if file.pk not in there:
                place += 1
                there.add(file.pk)
                self.instance.pictures.add(MaterialPicture(file=file, sort_order=place))


class FilePanel(Panel):
    """The file of a page or of a picture's row: what is there, how far its sheets are, and the field for another."""

    def __init__(self, *names: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = names

    def clone(self) -> "FilePanel":
        return FilePanel(*self.names, **self.clone_kwargs())

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": list(self.names)}

    class BoundPanel(Panel.BoundPanel):
        template_name = "training/materials/file_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            file = self.instance.file if self.instance.file_id else None
            shown = [self.form[name] for name in self.panel.names]
            return {**super().get_context_data(parent_context), "file": file, "bound_fields": shown}


class PicturesAddedPanel(FilePanel):
    """Several pictures at once, and those that came with this form before, when it had errors."""

    def clone(self) -> "PicturesAddedPanel":
        return PicturesAddedPanel(*self.names, **self.clone_kwargs())

    class BoundPanel(FilePanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "file": None, "received": self.form.received}


class AnswersPanel(MultiFieldPanel):
    """Asked only of what was read before."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk and versions.current(self.instance)) and super().is_shown()


class PicturesPanel(InlinePanel):
    """Rows of pictures, each with a file of its own."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": PictureForm, "inherit_kwargs": ["for_user"]}
        return options


def material_form() -> TabbedInterface:
    """The whole form, tab by tab."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    *PublishedPage.content_panels,
                    FieldPanel("kind"),
                    FieldPanel("introduction"),
                    FilePanel("upload", "no_file", "kept", heading=_("File")),
                    FieldPanel("video"),
                    FieldPanel("body"),
                    AnswersPanel([FieldPanel("what_changed"), FieldPanel("matters")], heading=_("This change")),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    PicturesAddedPanel("add_pictures", "added", heading=_("Add pictures")),
                    PicturesPanel(
                        "pictures",
                        panels=[FilePanel("upload", "kept", heading=_("picture")), FieldPanel("caption")],
                        heading=_("Pictures in their order"),
                        label=_("Picture"),
                    ),
                ],
                heading=_("Picture series"),
            ),
            ObjectList(
                [
                    FieldPanel("audience"),
                    FieldPanel("roles", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("units", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Readers"),
            ),
            ObjectList([*PublishedPage.promote_panels, *PublishedPage.settings_panels], heading=_("Address and dates")),
        ]
    )


def give_to_models() -> None:
    """Forms know models, so the model gets its form late."""
    MaterialPage.base_form_class = MaterialForm
    MaterialPage.edit_handler = material_form()
