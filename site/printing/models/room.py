"""The right to use the print room 打印室, which keeps nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintRoom(models.Model):
    """No table: a permission needs a model to belong to."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("use_print_room", _("Can make papers by hand in the print room"))]
        verbose_name = _("print room")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
