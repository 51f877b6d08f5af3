"""The seasons by which villagers look for training."""

from __future__ import annotations

import datetime

from training.enums import Season

DAY = datetime.timedelta(days=1)
# The first day of the lunar year, until 2040; after that nothing is listed by the festival.
NEW_YEARS = (
    (2026, 2, 17), (2027, 2, 6), (2028, 1, 26), (2029, 2, 13), (2030, 2, 3), (2031, 1, 23), (2032, 2, 11),
    (2033, 1, 31), (2034, 2, 19), (2035, 2, 8), (2036, 1, 28), (2037, 2, 15), (2038, 2, 4), (2039, 1, 24),
    (2040, 2, 12),
)  # fmt: skip
# From the tenth of the last month to the twentieth of the first those who work elsewhere are at home.
BEFORE, AFTER = 20 * DAY, 19 * DAY
_BY_MONTH = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)


def season_of(day: datetime.date) -> Season:
    """March to May is spring, and so on."""
    return _BY_MONTH[day.month % 12 // 3]


def is_around_spring_festival(day: datetime.date) -> bool:
    """Whether those who work elsewhere are at home then."""
    return any(first - BEFORE <= day <= first + AFTER for first in (datetime.date(*one) for one in NEW_YEARS))


def fits(day: datetime.date, returning: bool, season: str) -> bool:
    """Whether a session on that day is listed under the season; ``returning``: its course is for returning workers."""
    if season == Season.RETURNING:
        return returning or is_around_spring_festival(day)
    return season_of(day) == season
