"""What came through is forgotten after an hour."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite.periodic import PeriodicJob

from .domain import forget


@hooks.register("periodic_jobs")
def forget_addresses(now: datetime.datetime) -> list[PeriodicJob]:
    """Once an hour."""
    hour = timezone.localtime(now).strftime("%Y-%m-%dT%H")
    return [PeriodicJob(f"throttle.forget:{hour}", lambda: forget(now), _("forgetting who sent forms"))]
