"""What courses give to the suite: the log's actions, sessions that come by themselves."""

import datetime
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.clock.domain import calendar
from suite.periodic import PeriodicJob
from training.domain.courses.series import due_slots
from training.domain.lifecycle.courses import make_from_series

_CHANGE = _("%(before)s → %(after)s")

audit.declare("training.plan_session", _("Plan a session"), _("Begins %(begins)s, %(place)s"))
audit.declare("training.open_session", _("Open sign-up"), _CHANGE)
audit.declare("training.change_session", _("Change a session"), _("%(changes)s"))
audit.declare("training.move_session", _("Move a session"), _("%(moved)s"))
audit.declare("training.cancel_session", _("Cancel a session"), _CHANGE)
audit.declare("training.hold_session", _("Close a session as held"), _CHANGE)
audit.declare("training.enrol", _("Enrol"), _("Now: %(after)s"))
audit.declare("training.move_up", _("Move up from the waiting list"), _CHANGE)
audit.declare("training.withdraw", _("Withdraw"), _CHANGE)
audit.declare("training.tell", _("Tell the news"), _("Told: %(news)s"))


@hooks.register("periodic_jobs")
def sessions_of_series(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Each turn of a series once, also where nothing ran for a while."""
    for slot in due_slots(now, calendar()):
        key = f"training.series:{slot.rule.pk}:{slot.first:%Y-%m}"
        yield PeriodicJob(key, partial(make_from_series, slot, now), _("Planning the session of a series"))
