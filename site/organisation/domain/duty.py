"""Who is there to do a unit's work (requirement A): its head, its people, who is away and who stands in.

Every question takes a day, both ends of every period inclusive; today where none is given.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.timezone import localdate

from organisation.models import Absence, Appointment, Person, Unit

from .queries import in_charge_of, people_of


def head_of(unit: Unit, on: datetime.date | None = None) -> Person | None:
    """Who holds the first post of the unit on the day; None where nobody holds one."""
    held = Appointment.objects.on(on).filter(post__unit=unit).select_related("person__user")
    if _from_today(on):
        held = held.filter(person__active=True)
    first = held.order_by("post__order", "post__pk", "since", "pk").first()
    return first.person if first else None


def works_for(person: Person, unit: Unit, on: datetime.date | None = None) -> bool:
    """Whether the person holds a post in the unit or below it on the day, or is in charge of it, and is in service."""
    if _from_today(on) and not person.active:
        return False
    return people_of(unit, on).filter(pk=person.pk).exists() or in_charge_of(unit, on) == person


def has_a_desk(person: Person | None) -> bool:
    """Whether the person is in service now and can log in: what waits is seen."""
    return person is not None and person.active and person.user is not None and person.user.is_active


def absent(person: Person, on: datetime.date | None = None) -> Absence | None:
    """The person's absence on the day, with its deputy; None where they are there."""
    return Absence.objects.on(on).filter(person=person).select_related("deputy__user").first()


def absences_between(people: Iterable[Person], since: datetime.date, until: datetime.date | None) -> QuerySet[Absence]:
    """Absences of these people with at least one day from ``since`` to ``until``, the earliest first; one query."""
    found = Absence.objects.overlapping(since, until).filter(person__in=[person.pk for person in people])
    return found.select_related("person", "deputy__user").order_by("since", "pk")


def stand_in(person: Person, on: datetime.date | None = None) -> Person | None:
    """Who acts for the person on the day: they themselves when there, else the deputy, else the deputy's deputy.

    None where nobody is left: no deputy is named, the last one is out of service, or deputies lead round in a circle.
    """
    asked = set()
    acting: Person | None = person
    while acting is not None and acting.pk not in asked:
        if _from_today(on) and not acting.active:
            return None
        asked.add(acting.pk)
        if (absence := absent(acting, on)) is None:
            return acting
        acting = absence.deputy
    return None


def _from_today(on: datetime.date | None) -> bool:
    """Whether the day is not over: who has left since did serve on the days before, as their posts say."""
    return on is None or on >= localdate()
