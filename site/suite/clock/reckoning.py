"""How a time limit becomes a day."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .calendar import DAY, Calendar
from .enums import Unit


@dataclass(frozen=True)
class Break:
    """Days that do not count: those after ``since`` up to and with ``until``; None: until further notice."""

    since: datetime.date
    until: datetime.date | None
    reason: str = ""

    def covers(self, day: datetime.date) -> bool:
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Limit:
    """``amount`` days of a ``unit``, counted from the day after ``start``, less the ``breaks``."""

    start: datetime.date
    amount: int
    unit: str
    breaks: Sequence[Break] = ()


@dataclass(frozen=True)
class Due:
    """``day``, None while a break without end stands before it; ``last``: the last day counted, before it was moved
    to a working day; ``provisional``: the calendar was not known for all the way."""

    day: datetime.date | None
    last: datetime.date | None
    provisional: bool


def reckon(limit: Limit, calendar: Calendar) -> Due:
    """The due day of `limit`. A limit of 0 days is due on the first working day from its start on (instant matters);
    one in natural days that ends on a day off is due on the next working day (Civil Code, article 203)."""
    day, left = limit.start, limit.amount
    while left:
        day += DAY
        covering = [pause for pause in limit.breaks if pause.covers(day)]
        if any(pause.until is None for pause in covering):
            return Due(None, None, False)
        if not covering and (limit.unit == Unit.NATURAL or calendar.is_working_day(day)):
            left -= 1
    due = calendar.next_working_day(day)
    span = (due - limit.start).days
    return Due(due, day, not all(calendar.is_known(limit.start + DAY * number) for number in range(span + 1)))
