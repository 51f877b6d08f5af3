"""Print packs: several papers made into one file in the background."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from printing.enums import PackState
from suite.background.models import BackgroundWork
from suite.state import state_field

RESULT = "pack.pdf"


def packs_folder() -> Path:
    """Where the files of packs lie: private, served to their owners alone."""
    return Path(settings.VAR_DIR) / "packs"


class Pack(BackgroundWork):
    """Papers that one person ordered as one file, and how far they are.

    ``items``: a list of {kind, key, size, copies, title}, in the order of the file. ``problems``: a list of {item,
    title, reason, printed}: why a paper is not in the file, or what is wrong with it there. ``done`` of ``total``:
    all that are behind us, each paper once however many copies of it. ``expires``: from then on the file is gone.
    """

    at_work = (PackState.PRINTING,)

    title = models.CharField(_("title"), max_length=200)
    items = models.JSONField(_("papers"), default=list)
    both_sides = models.BooleanField(_("each paper begins on a new sheet"), default=False)
    state = state_field(PackState, PackState.PRINTING)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    pages = models.PositiveIntegerField(_("number of pages"), default=0)
    finished_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    expires = models.DateTimeField(_("kept until"), null=True, db_index=True, editable=False)
    taken_at = models.DateTimeField(_("taken from the desk at"), null=True, editable=False)
    folder_name = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("print pack")
        verbose_name_plural = _("print packs")
        ordering = ["-requested_at"]
        # Everybody sees their own and nobody else's: there is nothing to permit.
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @transition("state", source=PackState.PRINTING, target=PackState.DONE)
    def to_done(self) -> None: ...

    @transition("state", source=PackState.PRINTING, target=PackState.FAILED)
    def to_failed(self) -> None: ...

    @transition("state", source=PackState.PRINTING, target=PackState.CANCELLED)
    def to_cancelled(self) -> None: ...

    @property
    def folder(self) -> Path:
        """The folder of its parts and its file."""
        return packs_folder() / self.folder_name.hex

    @property
    def file(self) -> Path:
        """The finished file; it exists while the state is "done" and `expires` lies ahead."""
        return self.folder / RESULT

    @property
    def can_be_fetched(self) -> bool:
        return self.state == PackState.DONE and self.expires is not None and self.expires > timezone.now()

    @property
    def missing(self) -> list[dict[str, Any]]:
        """The problems of papers that are not in the file."""
        return [problem for problem in self.problems if not problem["printed"]]

    @property
    def flawed(self) -> list[dict[str, Any]]:
        """The problems of papers that are in the file."""
        return [problem for problem in self.problems if problem["printed"]]

    def item_title(self, index: int) -> Any:
        return self.items[index]["title"]
