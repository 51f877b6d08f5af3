"""A workbook of guides that somebody uploaded: read, looked at, then written in portions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from suite.background.models import BackgroundWork
from suite.state import state_field

from .enums import ImportState


class GuideImport(BackgroundWork):
    """One upload and what became of it.

    ``upload``: the file until it is read; ``items``: what was read, until it is written; ``report``: the dry run
    ({steps, problems, notes, more, left_alone}); ``done`` of ``total``: rows read, then items written; ``refused``:
    items left out while writing, each [title, reason].
    """

    at_work = (ImportState.READING, ImportState.WRITING)

    file_name = models.CharField(_("file"), max_length=200)
    state = state_field(ImportState, ImportState.READING)
    upload = models.BinaryField(null=True, editable=False)
    items = models.JSONField(default=list, editable=False)
    report = models.JSONField(default=dict, editable=False)
    refused = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("import of guides")
        verbose_name_plural = _("imports of guides")
        ordering = ["-requested_at", "-pk"]
        default_permissions = ()
        permissions = [("exchange_guides", _("Can import and export guides"))]

    def __str__(self) -> str:
        return self.file_name

    @transition("state", source=ImportState.READING, target=ImportState.READY)
    def to_ready(self) -> None: ...

    @transition("state", source=[ImportState.READING, ImportState.READY], target=ImportState.REFUSED)
    def to_refused(self) -> None: ...

    @transition("state", source=ImportState.READY, target=ImportState.WRITING)
    def to_writing(self) -> None: ...

    @transition("state", source=ImportState.WRITING, target=ImportState.DONE)
    def to_done(self) -> None: ...

    @transition("state", source=ImportState.WRITING, target=ImportState.STOPPED)
    def to_stopped(self) -> None: ...

    @transition("state", source=[ImportState.READING, ImportState.READY], target=ImportState.DROPPED)
    def to_dropped(self) -> None: ...

    def steps_of(self, action: str) -> list[dict[str, Any]]:
        """The items of the dry run that it would create, change or leave."""
        return [step for step in self.report.get("steps", []) if step["action"] == action]
