"""The right to read the audit trail. The trail itself is Wagtail's log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trail(models.Model):  # noqa: DJ008 (it has no rows)
    """No table: it carries the permission."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("view_trail", _("Can read the whole audit trail"))]
        verbose_name = _("audit trail")
