"""What of a person's year has to do with courses: the sessions they held. Attendance has facts of its own."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from organisation.models import Person
from training.enums import CourseKind, SessionState
from training.models import Session


@dataclass
class Row:
    """Sessions that were held, by their day. ``taught``: for staff, as their trainer; ``villagers``: for villagers, as
    the trainer, or where a guest taught as who is responsible for the course."""

    taught: int = 0
    villagers: int = 0


def for_people(people: Collection[Person], year: int) -> dict[int, Row]:
    """The row of each of `people` by their key. One query, however many they are."""
    return between(people, datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def between(people: Collection[Person], first: datetime.date, last: datetime.date) -> dict[int, Row]:
    """As `for_people`, of the sessions from ``first`` to ``last``."""
    rows = {person.pk: Row() for person in people}
    found = held_by(rows, first, last).order_by()
    for kind, trainer, contact in found.values_list("course__kind", "trainer", "course__contact"):
        if kind == CourseKind.VILLAGERS:
            rows[trainer or contact].villagers += 1
        else:
            rows[trainer].taught += 1
    return rows


def held_by(people: Collection[int], first: datetime.date, last: datetime.date) -> QuerySet[Session]:
    """The sessions of these days that these people (keys) held, the first one first."""
    keys = list(people)
    guest = Q(trainer=None, course__kind=CourseKind.VILLAGERS, course__contact__in=keys)
    rows = Session.objects.filter(Q(trainer__in=keys) | guest, state=SessionState.HELD)
    return rows.filter(starts_at__date__range=(first, last)).order_by("starts_at", "pk")
