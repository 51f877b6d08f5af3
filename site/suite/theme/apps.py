from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemeConfig(AppConfig):
    name = "suite.theme"
    label = "theme"
    verbose_name = _("Look of the site")
