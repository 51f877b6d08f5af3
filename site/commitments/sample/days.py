"""The days on which the sample does things: working days, at hours at which an office is open."""

from __future__ import annotations

import datetime

from django.utils import timezone

from commitments.models import Month
from suite.clock.calendar import DAY, Calendar
from suite.clock.domain import calendar


class Days:
    """The working days of one month and after it, and whether a moment has come."""

    def __init__(self, first: datetime.date) -> None:
        self.first, self.last = first, Month(first=first).last
        self.now = timezone.now()
        self._calendar = calendar()

    def of(self, number: int) -> datetime.date:
        """The month's working day of that number; 0: the last one before it."""
        if not number:
            return before(self.first, self._calendar)
        return self._calendar.add_working_days(self.first - DAY, number)

    def after(self, number: int, since: datetime.date | None = None) -> datetime.date:
        """The working day of that number after the month's last day, or after ``since``."""
        return self._calendar.add_working_days(since or self.last, number)

    def has_come(self, moment: datetime.datetime) -> bool:
        return moment <= self.now


def before(day: datetime.date, days: Calendar | None = None) -> datetime.date:
    """The last working day before `day`."""
    days = days or calendar()
    day -= DAY
    while not days.is_working_day(day):
        day -= DAY
    return day


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    """That day at that time, in the office's own zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def date_back(row: object, **moments: object) -> None:
    """Say that something was done at another time than now: the rules know no other, the record does."""
    model = type(row)
    model._base_manager.filter(pk=row.pk).update(**moments)  # type: ignore[attr-defined]
    for name, moment in moments.items():
        setattr(row, name, moment)
