"""Which sessions a series is due to make: the n-th weekday of a month, on the next working day where it is none."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from suite.clock.calendar import DAY, Calendar
from training.enums import Rhythm
from training.models import SeriesRule, Session

WEEK = 7
# Sessions are made so long before they are held: enough for who has to keep the hour free.
AHEAD = datetime.timedelta(days=31)
# Where the State Council has not yet said which days are off, no earlier than this.
SOON = datetime.timedelta(days=14)
QUARTER = 3


@dataclass(frozen=True)
class Slot:
    """One turn of a series. ``first``: the first day of its month; ``regular``: the n-th weekday; ``day``: when it is
    held."""

    rule: SeriesRule
    first: datetime.date
    regular: datetime.date
    day: datetime.date


def due_slots(now: datetime.datetime, calendar: Calendar) -> Iterator[Slot]:
    """The turns of all series that begin within `AHEAD` (beyond the known calendar: `SOON`) and have no session yet.

    Turns that were missed while nothing ran are not made up for: what was not held shows as not held.
    """
    today = timezone.localdate(now)
    last = timezone.localdate(now + AHEAD)
    rules = SeriesRule.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=last)
    made = set(Session.objects.exclude(slot=None).filter(series__in=rules).values_list("series", "slot"))
    for rule in rules.select_related("course", "trainer"):
        for first in _months(rule, today, last):
            slot = slot_of(rule, first, calendar)
            in_time = moment(slot.day, rule.starts) > now and slot.day <= last
            in_time = in_time and (calendar.is_known(slot.day) or slot.day <= timezone.localdate(now + SOON))
            wanted = rule.since <= slot.regular and (rule.until is None or slot.regular <= rule.until)
            if in_time and wanted and (rule.pk, first) not in made:
                yield slot


def slot_of(rule: SeriesRule, first: datetime.date, calendar: Calendar) -> Slot:
    """The turn of a series in the month that begins on ``first``."""
    regular = first + DAY * ((rule.weekday - first.weekday()) % WEEK + WEEK * (rule.week - 1))
    return Slot(rule, first, regular, calendar.next_working_day(regular))


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """The hour on the day, in the office's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day, time))


def _months(rule: SeriesRule, today: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    # A turn of the last days of a month may have been moved into this one.
    first = (today.replace(day=1) - DAY).replace(day=1)
    while first <= last:
        if rule.rhythm == Rhythm.MONTHLY or first.month % QUARTER == 1:
            yield first
        first = (first + 31 * DAY).replace(day=1)
