"""States of what printing keeps, and what can be said of a paper in somebody's hand."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackState(models.TextChoices):
    """A print pack. It waits again between two turns of work, so that other background work gets its own."""

    WAITING = "waiting", _("waiting to be printed")
    RUNNING = "running", _("being printed")
    DONE = "done", _("ready")
    FAILED = "failed", _("not made")
    CANCELLED = "cancelled", _("cancelled")


UNFINISHED = (PackState.WAITING, PackState.RUNNING)


class PaperState(StrEnum):
    CURRENT = "current"
    REPLACED = "replaced"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
