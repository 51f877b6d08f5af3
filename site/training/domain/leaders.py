"""Whom somebody leads, and whose learning somebody may see (requirement Q).

A leader in charge of a unit leads its people and those of the units below; while away, so does who stands in. Nobody
leads themselves.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from organisation.domain.cadres import Cadre, cadres
from organisation.domain.duty import stand_in
from organisation.enums import ResponsibilityKind
from organisation.models import Absence, Appointment, Person, Responsibility, Unit
from training.permissions import user_can_run, user_can_view, user_can_view_all


def charges_of(person: Person, on: datetime.date | None = None) -> set[int]:
    """The keys of the units that the person is in charge of on the day (today), or stands in for."""
    charges: dict[int, list[int]] = defaultdict(list)
    rows = Responsibility.objects.on(on).filter(kind=ResponsibilityKind.IN_CHARGE)
    for unit, leader in rows.order_by().values_list("unit", "person"):
        charges[leader].append(unit)
    away = Absence.objects.on(on).filter(person__in=charges).exclude(person=person).select_related("person")
    leaders = {person.pk, *(row.person_id for row in away if stand_in(row.person, on) == person)}
    return {unit for leader in leaders for unit in charges[leader]}


def units_led(person: Person, on: datetime.date | None = None) -> set[int]:
    """The keys of the units that the person is in charge of on the day (today), or stands in for, and of all below."""
    waiting = list(charges_of(person, on))
    if not waiting:
        return set()
    children = defaultdict(list)
    for pk, parent in Unit.objects.order_by().values_list("pk", "parent_id"):
        children[parent].append(pk)
    found: set[int] = set()
    while waiting:
        if (pk := waiting.pop()) not in found:
            found.add(pk)
            waiting += children[pk]
    return found


def people_led(user: Any, on: datetime.date | None = None) -> QuerySet[Person]:
    """Who has a post on the day in a unit that this account's person leads; nobody where it may see nobody."""
    leader = getattr(user, "person", None)
    if leader is None or not user_can_view(user):
        return Person.objects.none()
    held = Appointment.objects.on(on).filter(post__unit__in=units_led(leader, on))
    return Person.objects.filter(pk__in=held.order_by().values("person")).exclude(pk=leader.pk)


def sees_everybody(user: Any) -> bool:
    """Whether this account sees everybody's learning: who runs training, and supervisors."""
    return user_can_run(user) or user_can_view_all(user)


def people_seen(user: Any, on: datetime.date | None = None) -> QuerySet[Person]:
    """The people whose learning this account may see because of what it does; one's own needs nothing of this.

    Who sees everybody's also sees that of who has left.
    """
    return Person.objects.all() if sees_everybody(user) else people_led(user, on)


def cadres_seen(user: Any, on: datetime.date | None = None) -> list[Cadre]:
    """The township's cadres among them, each in the unit they work in, in the order of the tree."""
    found = cadres(on or localdate())
    if sees_everybody(user):
        return found
    led = set(people_led(user, on).values_list("pk", flat=True))
    return [one for one in found if one.person.pk in led]


def sees(user: Any, person: Person) -> bool:
    """Whether this account may see this person's learning; everybody sees their own."""
    if person.user_id is not None and person.user_id == user.pk:
        return True
    return people_seen(user).filter(pk=person.pk).exists()
