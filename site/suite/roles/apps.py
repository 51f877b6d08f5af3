from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RolesConfig(AppConfig):
    name = "suite.roles"
    label = "roles"
    verbose_name = _("Roles")

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401
