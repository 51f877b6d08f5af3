from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NumberingConfig(AppConfig):
    name = "suite.numbering"
    label = "numbering"
    verbose_name = _("Document numbers")

    def ready(self) -> None:
        from . import receivers  # noqa: F401
