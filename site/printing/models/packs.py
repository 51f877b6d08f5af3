"""Print packs: several papers made into one file in the background."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from printing.enums import UNFINISHED, PackState
from suite.state import StatefulModel, state_field

RESULT = "pack.pdf"


def packs_folder() -> Path:
    """Where the files of packs lie: private, served to their owners alone."""
    return Path(settings.VAR_DIR) / "packs"


class Pack(StatefulModel):
    """Papers that one person ordered as one file, and how far they are.

    ``items``: a list of {kind, key, size, copies, title}, in the order of the file. ``problems``: a list of {item,
    title, reason, printed}: why a paper is not in the file, or what is wrong with it there. ``done`` counts all that
    are behind us. ``turn``: the turn of work that may
    write; whoever works on an older one has been given up and finds out by it. ``heartbeat``: the last sign of life.
    ``expires``: from then on the file is gone.
    """

    title = models.CharField(_("title"), max_length=200)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("ordered by")
    )
    requested_at = models.DateTimeField(_("ordered at"), default=timezone.now)
    items = models.JSONField(_("papers"), default=list)
    both_sides = models.BooleanField(_("each paper begins on a new sheet"), default=False)
    state = state_field(PackState, PackState.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    message = models.TextField(_("why it was not made"), blank=True)
    pages = models.PositiveIntegerField(_("number of pages"), default=0)
    turn = models.PositiveIntegerField(default=0, editable=False)
    revived = models.PositiveIntegerField(_("begun again"), default=0, editable=False)
    started_at = models.DateTimeField(_("begun at"), null=True, editable=False)
    heartbeat = models.DateTimeField(_("last sign of life"), default=timezone.now, editable=False)
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

    @transition("state", source=PackState.WAITING, target=PackState.RUNNING)
    def to_running(self) -> None: ...

    @transition("state", source=PackState.RUNNING, target=PackState.WAITING)
    def to_waiting(self) -> None: ...

    @transition("state", source=PackState.RUNNING, target=PackState.DONE)
    def to_done(self) -> None: ...

    @transition("state", source=[*UNFINISHED], target=PackState.FAILED)
    def to_failed(self) -> None: ...

    @transition("state", source=[*UNFINISHED], target=PackState.CANCELLED)
    def to_cancelled(self) -> None: ...

    @property
    def total(self) -> int:
        """How many papers were ordered, each counted once however many copies of it."""
        return len(self.items)

    @property
    def unfinished(self) -> bool:
        return self.state in UNFINISHED

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
