"""The tick takes up again what fell silent."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _
from wagtail import hooks

from suite.hooks import collect
from suite.periodic import PeriodicJob

from .domain.lifecycle import revive, silent


@hooks.register("periodic_jobs")
def keep_work_going(now: datetime) -> Iterator[PeriodicJob]:
    """Work whose worker died goes on."""
    for job in collect("background_work"):
        for record in silent(job.model, now):
            yield PeriodicJob(
                f"background.revive:{record._meta.label_lower}:{record.pk}:{record.turn}",
                partial(revive, job, record.pk, now),
                _("Going on with “%(work)s”") % {"work": record},
            )
