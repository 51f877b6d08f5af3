"""What the tick has done, and what it could not do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """One periodic job by its key: done once, or failed and waiting for the next tick."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failed at"), null=True, blank=True, db_index=True)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    traceback = models.TextField(_("traceback"), blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering = ["-failed_at", "-done_at"]
        # Written by the tick alone.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.description or self.key
