from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "suite.registers"
    label = "registers"
    verbose_name = _("Registers")

    def ready(self) -> None:
        from . import filters  # noqa: F401 - registers the filter of foreign keys
