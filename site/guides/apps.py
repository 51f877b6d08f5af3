from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("Service guides")

    def ready(self) -> None:
        from . import receivers  # noqa: F401
        from .forms import GuideForm
        from .models import GuidePage
        from .panels import guide_form

        # Forms and panels know models, so models get them late.
        GuidePage.base_form_class = GuideForm
        GuidePage.edit_handler = guide_form()
