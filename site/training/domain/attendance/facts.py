"""A year of attendance, person by person: for the year's page and for the appraisal (requirement Q)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F
from django.db.models.functions import ExtractMonth

from organisation.models import Person
from training.enums import AttendanceState, CourseKind, SessionState
from training.models import Attendance

MONTHS_A_QUARTER = 3


@dataclass
class Row:
    """What one person attended in a year, of sessions that were held.

    ``study_months``: the months (1 to 12) with monthly study; ``coaching_quarters``: the quarters (1 to 4) with
    coaching; ``sessions``: all sessions, of whatever kind; ``others``: those of them that are neither.
    """

    study_months: set[int] = field(default_factory=set)
    coaching_quarters: set[int] = field(default_factory=set)
    sessions: int = 0
    others: int = 0


def for_people(people: Iterable[Person], year: int) -> dict[int, Row]:
    """Person's id → what they attended in that year; everybody has a row. One query, however many people."""
    rows = {person.pk: Row() for person in people}
    found = Attendance.objects.filter(
        person__in=list(rows),
        state=AttendanceState.RECORDED,
        session__state=SessionState.HELD,
        session__starts_at__year=year,
    )
    facts = found.annotate(month=ExtractMonth("session__starts_at"), kind=F("session__course__kind"))
    for person, month, kind in facts.values_list("person_id", "month", "kind").order_by():
        row = rows[person]
        row.sessions += 1
        if kind == CourseKind.STUDY:
            row.study_months.add(month)
        elif kind == CourseKind.COACHING:
            row.coaching_quarters.add(-(-month // MONTHS_A_QUARTER))
        else:
            row.others += 1
    return rows
