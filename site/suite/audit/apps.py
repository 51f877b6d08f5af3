from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "suite.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from . import receivers, trail  # noqa: F401

        trail.open_to_auditors()
