from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    name = "suite.background"
    label = "background"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from . import checks  # noqa: F401
