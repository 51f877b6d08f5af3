"""Which grade of notice follows from a promise that was not kept (requirement I): first, repeated, grave.

Pure functions: what they need is handed in. `domain.notice_record` looks it up.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commitments.enums import Grade

# From light to grave; the place in it is how many earlier notices lead there.
LADDER = (Grade.EXPLAIN, Grade.TALK, Grade.RECTIFY)


@dataclass(frozen=True)
class Proposal:
    """What the rule says: ``grade``, the lightest that may be given; ``repeats``, how many notices came before within
    ``months`` months; ``grave``: the facts are."""

    grade: Grade
    repeats: int
    months: int
    grave: bool = False

    @property
    def why(self) -> str:
        """“第2次（12个月内）：诫勉谈话”, as the office reads it beside the choice."""
        values = {"count": self.repeats + 1, "months": self.months, "grade": self.grade.label}
        if self.grave:
            return _("The facts are grave: %(grade)s.") % values
        if self.repeats:
            return _("Number %(count)s within %(months)s months: %(grade)s.") % values
        return _("The first within %(months)s months: %(grade)s.") % values


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` months earlier; the last of that month where it has no such day (29 February, 31st)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def counting(served: Iterable[datetime.date], on: datetime.date, months: int) -> int:
    """How many of the days on which notices were served lie within `months` months up to and with `on`.

    Exactly so many months ago counts no more: from 15 March to 14 March of next year is twelve months.
    """
    since = months_before(on, months)
    return sum(since < day <= on for day in served)


def proposed(repeats: int, grave: bool, months: int) -> Proposal:
    """First: explain; second within the months: talk; third, or grave: rectify."""
    grade = LADDER[-1] if grave else LADDER[min(repeats, len(LADDER) - 1)]
    return Proposal(grade, repeats, months, grave)


def is_lighter(grade: str, than: str) -> bool:
    """Whether `grade` is lighter than another."""
    return LADDER.index(Grade(grade)) < LADDER.index(Grade(than))


def next_grade(grade: str) -> Grade | None:
    """The next graver one; None after the gravest."""
    place = LADDER.index(Grade(grade)) + 1
    return LADDER[place] if place < len(LADDER) else None
