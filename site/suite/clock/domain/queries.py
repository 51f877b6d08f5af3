"""What the rest of the suite may ask about days, hours and due dates. Dates are the office's, moments are aware."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from suite.clock.calendar import DAY, Calendar
from suite.clock.enums import Level, Outcome, States
from suite.clock.models import CalendarDay, ClockSettings, DueDate


def clock_settings() -> ClockSettings:
    """What the office decided about time, or the defaults; writes nothing."""
    return ClockSettings.objects.first() or ClockSettings()


def calendar() -> Calendar:
    """The calendar as it stands now. Ask once and keep it where many days are computed."""
    overlay = {
        day: (working, reason) for day, working, reason in CalendarDay.objects.values_list("date", "working", "reason")
    }
    return Calendar(overlay, clock_settings().complete_until)


def is_working_day(day: datetime.date) -> bool:
    """Whether the office works on `day` (make-up days 调休 included)."""
    return calendar().is_working_day(day)


def is_provisional(day: datetime.date) -> bool:
    """Whether the calendar for `day` is not known yet, so that what falls on it may still move."""
    return not calendar().is_known(day)


def add_working_days(start: datetime.date, number: int) -> datetime.date:
    """The `number`-th working day after `start`; 0: the first from `start` on. ValueError for a negative number."""
    return calendar().add_working_days(start, number)


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """How many working days follow `first` up to and with `last`; negative if `last` lies before `first`."""
    return calendar().working_days_between(first, last)


def whole_days_between(first: datetime.date, last: datetime.date) -> int:
    """How many whole calendar days lie between two days, neither counted: the 1st and the 9th have seven.

    For notice periods (requirement H). Moments count as the day they fall on here; 0 where nothing lies between.
    """
    return max(0, (_day(last) - _day(first)).days - 1)


def next_working_moment(moment: datetime.datetime) -> datetime.datetime:
    """`moment` if the office is open then, else when it opens next (setting: office hours)."""
    hours, here, days = clock_settings(), timezone.localtime(moment), calendar()
    day = here.date()
    if days.is_working_day(day) and here.time() < hours.closes:
        return here if here.time() >= hours.opens else _at(day, hours.opens)
    return _at(days.next_working_day(day + DAY), hours.opens)


def due_moment(due_date: DueDate) -> datetime.datetime | None:
    """When the office closes on the due day, for lists ordered by time; None while the clock has no due day."""
    return _at(due_date.due, clock_settings().closes) if due_date.due else None


def level(due_date: DueDate, now: datetime.datetime | None = None) -> Level | None:
    """How pressing a running clock is at `now` (default: the present); None while it is paused or stopped."""
    if due_date.state != States.RUNNING or due_date.due is None:
        return None
    left = calendar().working_days_between(timezone.localdate(now), due_date.due)
    chosen = clock_settings()
    if timezone.localdate(now) > due_date.due or left <= chosen.red_days:
        return Level.RED
    return Level.YELLOW if left <= chosen.yellow_days else Level.GREEN


def outcome(due_date: DueDate) -> Outcome | None:
    """Whether a stopped clock was early, on time or late; None for one that is not stopped or never fell due."""
    if due_date.stopped_on is None or due_date.due is None:
        return None
    if due_date.stopped_on > due_date.due:
        return Outcome.LATE
    return Outcome.ON_TIME if due_date.stopped_on == due_date.due else Outcome.EARLY


def clocks_of(kind: str, key: object) -> QuerySet[DueDate]:
    """The clocks of one subject, by due day."""
    return DueDate.objects.filter(subject_kind=kind, subject_key=str(key))


def open_clocks() -> QuerySet[DueDate]:
    """All clocks that are not stopped, by due day."""
    return DueDate.objects.exclude(state=States.STOPPED)


def _day(value: datetime.date) -> datetime.date:
    return timezone.localdate(value) if isinstance(value, datetime.datetime) else value


def _at(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time))
