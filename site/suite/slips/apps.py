from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlipsConfig(AppConfig):
    name = "suite.slips"
    label = "slips"
    verbose_name = _("Sign-ups without an account")
