"""The calendar of working days: the State Council's (chinesecalendar), with the office's own days laid over it.

Nothing in here asks the database; `domain.queries.calendar()` fills it. No other module of the suite computes days.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import chinese_calendar

DAY = datetime.timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=4096)
def official(day: datetime.date) -> tuple[bool, str] | None:
    """Whether the State Council's calendar makes `day` a working day, and the holiday it is about; None if unknown."""
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return not off, chinese_calendar.Holiday(name).chinese if name else ""


@dataclass(frozen=True)
class Calendar:
    """Working days. ``overlay`` maps a day to (working?, reason); ``complete_until``: up to here the office vouches."""

    overlay: Mapping[datetime.date, tuple[bool, str]] = field(default_factory=dict)
    complete_until: datetime.date | None = None

    def is_working_day(self, day: datetime.date) -> bool:
        """The office's own word first, then the State Council's; where neither is known, weekends decide."""
        known = self.overlay.get(day) or official(day)
        return known[0] if known else day.weekday() < SATURDAY

    def is_known(self, day: datetime.date) -> bool:
        """Whether the calendar covers `day`; what is reckoned beyond is provisional."""
        vouched = self.complete_until is not None and day <= self.complete_until
        return vouched or day in self.overlay or official(day) is not None

    def next_working_day(self, day: datetime.date) -> datetime.date:
        """`day` itself if it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def add_working_days(self, start: datetime.date, number: int) -> datetime.date:
        """The `number`-th working day after `start`, which is not counted; 0 gives the first one from `start` on.

        Raises ValueError for a negative number.
        """
        if number < 0:
            raise ValueError("working days are counted forward")
        day = self.next_working_day(start) if number == 0 else start
        while number:
            day = self.next_working_day(day + DAY)
            number -= 1
        return day

    def working_days_between(self, first: datetime.date, last: datetime.date) -> int:
        """How many working days follow `first` up to and with `last`; negative if `last` lies before `first`."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(first + DAY * number) for number in range(1, (last - first).days + 1))
