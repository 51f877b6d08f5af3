from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodyConfig(AppConfig):
    name = "suite.body"
    label = "body"
    verbose_name = _("Body of a page")
