"""Who came lately into the circle of those who are asked, and how long they have got to read (requirement Q).

Posts have dates, roles and being named have none: who is meant by a unit came when their post there, or below, began;
who is meant by role or by name came when they entered service, which is when the first of their posts began that
follow each other without a gap, or will. Who has no post keeps the day.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from organisation.models import Appointment, Person
from suite.clock.calendar import DAY, Calendar
from training.domain.staff import Staff
from training.domain.whom import Circle, with_those_above

# Who comes less than so many working days before the last day, or after it, has so many from when they came.
DAYS_FOR_NEWCOMERS = 5
# Five working days never take longer, whatever the holidays.
_MONTH = datetime.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Span:
    """A post that somebody held: from, until (None: still), and its unit with those above it."""

    since: datetime.date
    until: datetime.date | None
    units: frozenset[int]


class Arrivals:
    """The posts of everybody who began one lately, by person, as they are on a day. ``people``: their keys."""

    def __init__(self, on: datetime.date, spans: dict[int, list[Span]]) -> None:
        self._on, self._spans = on, spans
        self.people = frozenset(spans)

    def due(self, person: int, circle: Circle, until: datetime.date, calendar: Calendar) -> datetime.date:
        """Until when somebody is asked to read whom the circle means, where it is asked until the day `until`."""
        spans = self._spans.get(person, [])
        if person not in circle.outright:
            spans = [one for one in spans if one.units & circle.units]
        came = self._began(spans)
        return until if came is None else max(until, calendar.add_working_days(came, DAYS_FOR_NEWCOMERS))

    def _began(self, spans: list[Span]) -> datetime.date | None:
        """Since when one of these posts was held every day up to today; where none is today, when the next begins, if
        one does."""
        began = tomorrow = self._on + DAY
        while True:
            earlier = [one.since for one in spans if one.since < began and (one.until or tomorrow) >= began - DAY]
            if not earlier:
                break
            began = min(earlier)
        to_come = [one.since for one in spans if one.since > self._on]
        return min(to_come, default=None) if began == tomorrow else began


def arrivals(staff: Staff, earliest: datetime.date) -> Arrivals:
    """Everybody who began a post lately enough to matter for what is asked until `earliest` or later; one query."""
    lately = Appointment.objects.filter(Q(until__isnull=True) | Q(until__gte=staff.on), since__gte=earliest - _MONTH)
    rows = Appointment.objects.filter(person__in=lately.order_by().values("person"))
    above: dict[int, frozenset[int]] = {}
    for unit in staff.units.values():
        # Units come from the top: those above are there already.
        above[unit.pk] = (above[unit.above] if unit.above is not None else frozenset()) | {unit.pk}
    return Arrivals(staff.on, _spans(rows.order_by().values_list("person", "post__unit", "since", "until"), above))


def own_arrivals(person: Person, on: datetime.date, earliest: datetime.date) -> Arrivals:
    """The same of one person; nobody's where they began no post lately. One query; one more for who did."""
    rows = list(
        Appointment.objects.filter(person=person).order_by().values_list("person", "post__unit", "since", "until")
    )
    if not any(since >= earliest - _MONTH for _person, _unit, since, _until in rows):
        return Arrivals(on, {})
    return Arrivals(on, _spans(rows, with_those_above({unit for _person, unit, _since, _until in rows})))


def _spans(
    rows: Iterable[tuple[int, int, datetime.date, datetime.date | None]], above: dict[int, frozenset[int]]
) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for person, unit, since, until in rows:
        found[person].append(Span(since, until, above[unit]))
    return dict(found)
