"""What of a person's year has to do with courses; attendance has facts of its own."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from organisation.models import Person
from training.domain.courses.series import moment
from training.enums import EnrolmentState, SessionState
from training.models import Enrolment, Session


@dataclass(frozen=True)
class Row:
    """Sessions of the year, by their day, without cancelled ones. ``enrolled``: with a seat; ``waiting``: without one;
    ``taught``: held as trainer."""

    enrolled: int = 0
    waiting: int = 0
    taught: int = 0


def for_people(people: Collection[Person], year: int) -> dict[int, Row]:
    """The row of each of `people` by their key. Two queries, however many they are."""
    keys = [person.pk for person in people]
    begins, ends = (moment(datetime.date(one, 1, 1), datetime.time()) for one in (year, year + 1))
    in_state = {
        "enrolled": Count("pk", filter=Q(state=EnrolmentState.ENROLLED)),
        "waiting": Count("pk", filter=Q(state=EnrolmentState.WAITING)),
    }
    lists = (
        Enrolment.objects.filter(person__in=keys, session__starts_at__gte=begins, session__starts_at__lt=ends)
        .exclude(session__state=SessionState.CANCELLED)
        .order_by()
        .values("person")
        .annotate(**in_state)
    )
    found: dict[Any, tuple[Any, Any]] = {row["person"]: (row["enrolled"], row["waiting"]) for row in map(dict, lists)}
    held = Session.objects.filter(trainer__in=keys, state=SessionState.HELD, starts_at__gte=begins, starts_at__lt=ends)
    taught = dict(held.order_by().values_list("trainer").annotate(Count("pk")))
    return {key: Row(*found.get(key, (0, 0)), taught.get(key, 0)) for key in keys}
