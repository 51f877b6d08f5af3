"""A workbook of all guides that somebody ordered: written in the background, fetched within a day."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from suite.background.models import BackgroundWork
from suite.state import state_field

from .enums import ExportState


class GuideExport(BackgroundWork):
    """One order and what became of it.

    ``content``: the file once it is written; ``done`` of ``total``: items read for it.
    """

    at_work = (ExportState.WRITING,)

    state = state_field(ExportState, ExportState.WRITING)
    content = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = _("export of guides")
        verbose_name_plural = _("exports of guides")
        ordering = ["-requested_at", "-pk"]
        # Everybody sees their own; who may order one is said by the import's permission.
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name

    @transition("state", source=ExportState.WRITING, target=ExportState.DONE)
    def to_done(self) -> None: ...

    @transition("state", source=ExportState.WRITING, target=ExportState.FAILED)
    def to_failed(self) -> None: ...

    @property
    def file_name(self) -> str:
        """What the file is called when it is fetched."""
        return str(_("Service guides %(day)s.xlsx") % {"day": timezone.localdate(self.requested_at)})
