"""What the register of numbers knows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suite.numbering.models import DocumentNumber, NumberSeries
from suite.numbering.notation import NumberText

SHOWN_YEARS = 2


def active_series() -> list[NumberSeries]:
    """The series from which numbers are given, by prefix."""
    return list(NumberSeries.objects.filter(active=True))


def open_years(today: datetime.date | None = None) -> list[int]:
    """The years for which numbers are given on `today`: this one, in January also the last."""
    today = today or timezone.localdate()
    return [today.year, today.year - 1] if today.month == 1 else [today.year]


def next_number(series: NumberSeries, year: int) -> NumberText:
    """The number that would come now. Only `issue` gives it: it may go to somebody else before."""
    last = series.numbers.filter(year=year).aggregate(last=Max("number"))["last"]
    return NumberText(series.prefix, year, series.first_of(year) if last is None else last + 1)


def series_of(number: NumberText | None) -> NumberSeries | None:
    """The series of this office that a number belongs to; None for the numbers of other bodies."""
    return NumberSeries.objects.filter(prefix=number.prefix).first() if number else None


def number_of_page(page_id: int | None) -> DocumentNumber | None:
    """The number that counts for a page, or None."""
    return DocumentNumber.objects.issued().filter(page_id=page_id).first() if page_id else None


@dataclass(frozen=True)
class YearReport:
    """One year of one series: ``first`` to ``last`` number given (``last`` is 0 where none was), what is missing
    between them, and how many of them are voided."""

    series: NumberSeries
    year: int
    first: int
    last: int
    missing: tuple[int, ...]
    voided: int

    def __str__(self) -> str:
        """“numbers 1–17, none missing, 1 voided”."""
        if not self.last:
            return _("no number given yet")
        missing = (
            _("MISSING: %(numbers)s") % {"numbers": "、".join(map(str, self.missing))}
            if self.missing
            else _("none missing")
        )
        voided = (
            ngettext("%(count)d voided", "%(count)d voided", self.voided) % {"count": self.voided}
            if self.voided
            else _("none voided")
        )
        span = f"{self.first}–{self.last}" if self.last > self.first else str(self.first)
        return _("numbers %(span)s, %(missing)s, %(voided)s") % {
            "span": span,
            "missing": missing,
            "voided": voided,
        }


def year_report(series: NumberSeries, year: int) -> YearReport:
    """How that year of the series stands."""
    rows = dict(series.numbers.filter(year=year).values_list("number", "state"))
    first, last = series.first_of(year), max(rows, default=0)
    missing = tuple(number for number in range(first, last + 1) if number not in rows)
    return YearReport(series, year, first, last, missing, sum(state == "voided" for state in rows.values()))


def gaps(series: NumberSeries, year: int) -> list[int]:
    """The numbers that are missing between the first and the last one given; always empty."""
    return list(year_report(series, year).missing)


def years_to_show() -> list[tuple[NumberSeries, int]]:
    """Each series with its years, newest first: the last two in which numbers were given, and any with a gap."""
    shown = []
    for series in NumberSeries.objects.all():
        years = list(series.numbers.order_by("-year").values_list("year", flat=True).distinct())
        shown += [(series, year) for place, year in enumerate(years) if place < SHOWN_YEARS or gaps(series, year)]
    return shown
