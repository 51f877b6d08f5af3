"""Who owes a commitment, and for which unit (requirement I: every cadre, every month)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from commitments.models import Month
from organisation.domain.cadres import Cadre, cadres
from organisation.models import Appointment, Person

from .settings import commitments_settings


def day_asked(month: Month | datetime.date, on: datetime.date | None = None) -> datetime.date:
    """The day whose posts count: `on` (today), before the month its first, after the month its last."""
    month = month if isinstance(month, Month) else Month(first=month)
    return min(max(on or timezone.localdate(), month.first), month.last)


def filers(on: datetime.date, people: Iterable[Person] | None = None) -> list[Cadre]:
    """Everybody in service who holds a post on the day in a unit whose people file, in the order of the tree.

    ``people``: ask for these only. Three queries at most, however many people there are.
    """
    return cadres(on, commitments_settings().unit_kinds, people)


def files_on(person: Person, on: datetime.date) -> bool:
    """Whether the person holds a post on the day that makes them file; one query beside the settings."""
    kinds = commitments_settings().unit_kinds
    held = Appointment.objects.on(on).filter(person=person, person__active=True, post__unit__kind__in=kinds)
    return held.exists()
