"""What shows that something was done: one row for each file and each link."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .storage import evidence_storage
from .validators import is_picture

LONGEST_NAME = 200
LONGEST_LINK = 500
LONGEST_REASON = 200
# What removing changes; nothing else ever does.
REMOVAL = ("file", "removed_at", "removed_by", "removed_reason")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def present(self) -> "EvidenceQuerySet":
        """Those that were not removed."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """One file or one link of the record (``kind``, ``key``).

    ``name``: as it was uploaded, made harmless; ``size`` in bytes; ``sha256`` of the content, in hexadecimal. A removed
    file is gone from the disk, its row says who removed it and why.
    """

    kind = models.CharField(gettext_lazy("kind of record"), max_length=50)
    key = models.CharField(gettext_lazy("key of record"), max_length=50)
    file = models.FileField(gettext_lazy("stored file"), storage=evidence_storage, blank=True)
    name = models.CharField(gettext_lazy("name of the file"), max_length=LONGEST_NAME, blank=True)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"), default=0)
    sha256 = models.CharField(gettext_lazy("SHA-256 of the file"), max_length=64, blank=True)
    link = models.CharField(gettext_lazy("address of the link"), max_length=LONGEST_LINK, blank=True)
    title = models.CharField(gettext_lazy("title of the link"), max_length=LONGEST_NAME, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=gettext_lazy("added by")
    )
    added_at = models.DateTimeField(gettext_lazy("added at"), default=timezone.now)
    removed_at = models.DateTimeField(gettext_lazy("removed at"), null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=gettext_lazy("removed by")
    )
    removed_reason = models.CharField(gettext_lazy("reason for removing"), max_length=LONGEST_REASON, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("piece of evidence")
        verbose_name_plural = gettext_lazy("pieces of evidence")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key"], name="evidence_of_a_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(name="", link__gt="") | Q(name__gt="", link=""), name="evidence_is_a_file_or_a_link"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.title or self.link

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError for a row that is there already: it stays as it was added."""
        if not self._state.adding and not {*(kwargs.get("update_fields") or ("*",))} <= set(REMOVAL):
            raise ValidationError(_("Evidence is never changed: remove it with a reason, and add the right one."))
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        """Where it is read: the link, or the address of the file; '' once it was removed."""
        if self.removed_at:
            return ""
        return self.link or reverse("evidence_file", args=[self.pk])

    @property
    def is_picture(self) -> bool:
        """Whether it is a file that browsers show as a picture."""
        return is_picture(self.name)
