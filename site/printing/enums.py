"""States of what printing keeps, and what can be said of a paper in somebody's hand."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackState(models.TextChoices):
    """A print pack."""

    PRINTING = "printing", _("being printed")
    DONE = "done", _("ready")
    FAILED = "failed", _("not made")
    CANCELLED = "cancelled", _("cancelled")


class PaperState(StrEnum):
    CURRENT = "current"
    REPLACED = "replaced"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
