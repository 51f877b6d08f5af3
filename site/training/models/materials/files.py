"""The files of materials, and the sheets that are drawn of them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from suite.background.models import BackgroundWork
from suite.state import state_field
from training.enums import FileState
from training.storage import training_storage

LONGEST_NAME = 200


class MaterialFile(BackgroundWork):
    """A PDF or a picture, private. The worker draws its sheets: ``done`` of ``total``. Never changed after.

    ``name``: as it was uploaded, made harmless; ``size`` in bytes; ``sha256`` of the content, in hexadecimal. It stays
    when the account goes that uploaded it.
    """

    at_work = (FileState.DRAWING,)

    state = state_field(FileState, FileState.DRAWING)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    file = models.FileField(_("stored file"), storage=training_storage, upload_to="files")
    name = models.CharField(_("name of the file"), max_length=LONGEST_NAME)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("file of a material")
        verbose_name_plural = _("files of materials")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_pdf(self) -> bool:
        """Whether it has pages; otherwise it is one picture."""
        return self.name.lower().endswith(".pdf")

    @transition("state", source=FileState.DRAWING, target=FileState.READY)
    def to_ready(self) -> None: ...

    @transition("state", source=FileState.DRAWING, target=FileState.REFUSED)
    def to_refused(self) -> None: ...


class Sheet(models.Model):
    """One page of a file as a picture, with the text that stands on it. ``number`` counts from 1; sizes in pixels."""

    file = models.ForeignKey(MaterialFile, models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    picture = models.FileField(storage=training_storage, upload_to="sheets")

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        default_permissions = ()
        ordering = ["file", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="sheet_once")]

    def __str__(self) -> str:
        return f"{self.file} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Pages without a text layer have none; what is longer than a page's text is no page's text.
        self.text = self.text[:20_000]
        super().save(*args, **kwargs)
