"""Which group plays which role, and whether the three administrators are kept apart."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .validators import validate_nobody_holds_several


class RoleGroup(models.Model):
    """Ties a role key to the group that plays it, so that an office may rename the group.

    ``granted`` lists what `sync_roles` gave the group ("app_label.codename"): only that may it take away again.
    """

    key = models.CharField(_("key"), max_length=50, unique=True)
    group = models.OneToOneField(Group, models.CASCADE, related_name="role", verbose_name=_("group"))
    granted = models.JSONField(_("granted permissions"), default=list, editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        permissions = [("assign_role", _("Can give and take roles"))]

    def __str__(self) -> str:
        return self.group.name


@register_setting(icon="group", order=602)
class RoleSettings(BaseGenericSetting):
    """The office's choice about the three administrators 三员."""

    separate_administrators = models.BooleanField(
        _("Keep the three administrators apart"),
        default=True,
        validators=[validate_nobody_holds_several],
        help_text=_(
            "No one person is two of system, security and audit administrator. Only an office too small for three "
            "people switches this off; the desk then says so."
        ),
    )

    class Meta:
        verbose_name = _("three administrators")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
