from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AutosaveConfig(AppConfig):
    name = "suite.autosave"
    label = "autosave"
    verbose_name = _("Saving while typing")
