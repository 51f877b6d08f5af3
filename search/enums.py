"""States of the search's own records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReindexingState(models.TextChoices):
    """How a re-indexing stands."""

    RUNNING = "running", _("being re-indexed")
    DONE = "done", _("re-indexed")
    FAILED = "failed", _("not re-indexed")
