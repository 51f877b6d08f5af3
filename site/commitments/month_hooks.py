"""What months, commitments and amendments give to the suite: clocks, periodic work, the log's actions."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.clock import rules
from suite.clock.calendar import DAY
from suite.clock.domain import calendar, clock_settings, open_clocks
from suite.clock.models import ClockSettings, DueDate
from suite.clock.signals import due_moved
from suite.desk import DeskItem
from suite.periodic import PeriodicJob

from .domain.lifecycle.months import (
    add_newcomers,
    begin_reporting,
    follow_clock,
    next_first,
    open_month,
    release_departed,
)
from .domain.settings import commitments_settings
from .domain.who_files import day_asked, filers
from .enums import MonthState
from .models import FILING_RULE, MONTH_CLOCK, RESULTS_RULE, Month
from .month_waiting import to_file
from .permissions import user_can_file

rules.declare(FILING_RULE, _("filing of monthly commitments"))
rules.declare(RESULTS_RULE, _("results of monthly commitments"))

_CHANGE = _("%(before)s → %(after)s")

audit.declare("commitments.open", _("Open the month"), _("%(people)s people file until %(until)s"))
audit.declare("commitments.newcomers", _("Ask newcomers"), _("Newly asked: %(people)s"))
audit.declare("commitments.begin_reporting", _("Begin the reporting of results"), _("Results until %(until)s"))
audit.declare("commitments.close", _("Close the month"), _("Closed; without filing or result: %(missed)s"))

audit.declare("commitments.file", _("File a commitment"), _("%(rows)s rows filed at %(at)s"))
audit.declare("commitments.key_in", _("Key in a commitment"), _("%(rows)s rows keyed in, handed in at %(at)s"))
audit.declare("commitments.take_back", _("Take a commitment back"), _CHANGE)
audit.declare("commitments.approve", _("Approve a commitment"), _CHANGE)
audit.declare("commitments.return", _("Return a commitment"), _CHANGE)
audit.declare("commitments.release", _("Release from filing"), _CHANGE)
audit.declare("commitments.ask_again", _("Ask for it again"), _CHANGE)
audit.declare("commitments.miss", _("Close without a result"), _CHANGE)
audit.declare("commitments.move_unit", _("Move to another unit"), _CHANGE)
_ROW = _("Promise %(number)s: %(changes)s")
audit.declare("commitments.propose_amendment", _("Ask for an amendment"), _ROW)
audit.declare("commitments.accept_amendment", _("Approve an amendment"), _ROW)
audit.declare("commitments.refuse_amendment", _("Refuse an amendment"), _("Promise %(number)s stays as it is"))


@hooks.register("periodic_jobs")
def months_by_themselves(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Requirement I: months open by themselves, ask newcomers, release who cannot file, turn to their results."""
    today = timezone.localdate(now)
    for first in _to_open(today):
        description = _("Opening the month of commitments")
        yield PeriodicJob(f"commitments.open:{first:%Y-%m}", partial(open_month, first, None), description)
    for month in Month.objects.filter(state=MonthState.OPEN):
        # Once more on the day after filing has closed, for who came on its last day.
        day = min(today, timezone.localdate(month.files_until) + DAY)
        description = _("Asking newcomers for their commitments")
        yield PeriodicJob(f"commitments.newcomers:{month.code}:{day}", partial(add_newcomers, month), description)
        description = _("Releasing who cannot file a commitment")
        yield PeriodicJob(f"commitments.release:{month.code}:{today}", partial(release_departed, month), description)
        if today >= month.last and now > month.files_until:
            description = _("Beginning with the results of the month")
            yield PeriodicJob(f"commitments.report:{month.code}", partial(begin_reporting, month, None), description)


@hooks.register("desk_items")
def what_is_to_be_filed(user: Any) -> Iterator[DeskItem]:
    person = getattr(user, "person", None)
    if person is not None and user_can_file(user):
        yield from to_file(person)


@receiver(due_moved)
def follow_the_clock(due_date: DueDate, **kwargs: Any) -> None:
    """A month's filing ends when its clock says so, also after the work calendar changed."""
    if due_date.subject_kind == MONTH_CLOCK:
        follow_clock(due_date, clock_settings().closes)


@receiver(post_save, sender=ClockSettings)
def follow_the_hours(instance: ClockSettings, **kwargs: Any) -> None:
    """The hour at which the office closes is the hour at which running months do."""
    for due_date in open_clocks().filter(subject_kind=MONTH_CLOCK):
        follow_clock(due_date, instance.closes)


def _to_open(today: datetime.date) -> Iterator[datetime.date]:
    """Months that are due to be opened: not one whose filing would be over by now, nor where nobody files."""
    this, chosen, days = today.replace(day=1), commitments_settings(), calendar()
    for first in (this, next_first(this)):
        begins, ends = first - chosen.opens_days_before * DAY, days.add_working_days(first - DAY, chosen.filing_days)
        is_due = begins <= today <= ends and not Month.objects.filter(first=first).exists()
        if is_due and filers(day_asked(first)):
            yield first
