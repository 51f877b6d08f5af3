"""What belongs to the sample township, so that it can be taken away again."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class SampleTownship(models.Model):
    """The one sample township of an installation, and the password its accounts share."""

    name = models.CharField(_("name"), max_length=60)
    built_at = models.DateTimeField(_("built at"), auto_now_add=True)
    # In the clear on purpose: it opens nothing but sample accounts, and `sample_accounts` must show it.
    password = models.CharField(_("password"), max_length=60)
    encoded = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("sample township")
        verbose_name_plural = _("sample townships")

    def __str__(self) -> str:
        return self.name


class SampleRow(models.Model):
    """One row of the sample; the order of the ids is the order in which the rows were made."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind"))
    object_id = models.CharField(_("row key"), max_length=64)
    row = GenericForeignKey()

    class Meta:
        verbose_name = _("sample row")
        verbose_name_plural = _("sample rows")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="sample_row_once")]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"
