from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = _("Monthly commitments")

    def ready(self) -> None:
        from . import draw_receivers  # noqa: F401
