from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HearingsConfig(AppConfig):
    name = "hearings"
    verbose_name = _("Hearings")

    def ready(self) -> None:
        from . import receivers  # noqa: F401
        from .models import HearingNoticePage, HearingPage
        from .panels import BroadcastPanel

        HearingNoticePage.content_panels = [
            *HearingPage.content_panels,
            BroadcastPanel(heading=_("broadcast script")),
        ]
