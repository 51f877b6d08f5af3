from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    name = "suite.clock"
    label = "clock"
    verbose_name = _("Clock")

    def ready(self) -> None:
        from . import receivers  # noqa: F401
