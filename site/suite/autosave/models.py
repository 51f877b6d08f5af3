"""What a form that loses nothing needs of the record it is kept in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptDraft(models.Model):
    """Which version of a draft is stored, and which page wrote it; changed by `suite.autosave.domain.accept` only.

    ``writer`` is the random id of the page that wrote the stored version, empty where it came without scripts;
    ``turn`` is how many times that page had sent its form by then.
    """

    version = models.PositiveIntegerField(_("version of the draft"), default=0, editable=False)
    writer = models.CharField(max_length=36, blank=True, default="", editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("draft saved at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
