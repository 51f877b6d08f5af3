"""What came through from where within the last hour."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Passage(models.Model):
    """One thing that was let through. ``sender`` is a keyed hash of the address: the address itself is not kept."""

    purpose = models.CharField(max_length=40)
    sender = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        default_permissions = ()
        indexes = [models.Index(fields=["purpose", "sender", "at"], name="throttle_newest_of_sender")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at}"
