"""What evidence gives to the suite."""

import datetime

from django.urls import URLResolver, include, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow

from .domain.disk import sweep

audit.declare("evidence.attach", _("Add evidence"), _("“%(what)s” added as evidence"))
audit.declare("evidence.remove", _("Remove evidence"), _("“%(what)s” removed from the evidence"))


@hooks.register("register_urls")
def urls() -> list[URLResolver]:
    return [path("desk/evidence/", include("suite.evidence.urls"))]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    """Which files one may open is a matter of their records: hook ``evidence_readers``."""
    return [PermissionRow("evidence_file", lambda user: bool(user.is_authenticated))]


@hooks.register("periodic_jobs")
def sweep_the_folder(now: datetime.datetime) -> list[PeriodicJob]:
    """Once a day."""
    return [PeriodicJob(f"evidence.sweep:{timezone.localdate(now)}", sweep, _("deleting files that belong to nothing"))]
