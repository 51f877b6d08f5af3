"""The seasons by which villagers look for training."""

from __future__ import annotations

import datetime

from training.enums import Season

DAY = datetime.timedelta(days=1)
FIRST_YEAR = 2026
# Month and day on which the lunar year begins, from FIRST_YEAR on, twenty years a line.
_NEW_YEARS = """
217 206 126 213 203 123 211 131 219 208 128 215 204 124 212 201 122 210 130 217
206 126 214 202 123 211 201 219 208 128 215 204 124 212 202 121 209 129 217 205
126 214 203 123 211 131 219 207 127 215 205 124 212 202 122 209 129 217 206 126
214 203 124 210 130 218 207 127 215 205 125 212 201 121
"""
NEW_YEARS = tuple(
    datetime.date(year, int(day) // 100, int(day) % 100) for year, day in enumerate(_NEW_YEARS.split(), FIRST_YEAR)
)
# So long before the last lunar new year that is known the office is told that none comes after it.
TOLD_BEFORE = datetime.timedelta(days=2 * 365)
# From the tenth of the last month to the twentieth of the first those who work elsewhere are at home.
BEFORE, AFTER = 20 * DAY, 19 * DAY
_BY_MONTH = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)


def season_of(day: datetime.date) -> Season:
    """March to May is spring, and so on."""
    return _BY_MONTH[day.month % 12 // 3]


def is_around_spring_festival(day: datetime.date) -> bool:
    """Whether those who work elsewhere are at home then; never, after the last lunar new year that is known."""
    return any(first - BEFORE <= day <= first + AFTER for first in NEW_YEARS)


def last_known_festival(today: datetime.date) -> int | None:
    """The year of the last Spring Festival that is known, where that is near or over; None while it is far off."""
    return NEW_YEARS[-1].year if NEW_YEARS[-1] - today < TOLD_BEFORE else None


def fits(day: datetime.date, returning: bool, season: str) -> bool:
    """Whether a session on that day is listed under the season; ``returning``: its course is for returning workers.

    Those are listed under "back home" whether or not the festival's day is known.
    """
    if season == Season.RETURNING:
        return returning or is_around_spring_festival(day)
    return season_of(day) == season
