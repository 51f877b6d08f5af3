"""Who, where, when (requirement A). Every question takes a day, so that last year's paper names last year's person."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from organisation.enums import SETTLED, ResponsibilityKind
from organisation.models import Appointment, Person, Post, Responsibility, Unit


def units(on: datetime.date | None = None, kinds: Iterable[str] | None = None) -> QuerySet[Unit]:
    """Units that exist on the day, of the given kinds (all kinds where none are given)."""
    found = Unit.objects.on(on)
    return found if kinds is None else found.filter(kind__in=list(kinds))


def descendant_ids(unit: Unit) -> set[int]:
    """The ids of the unit and of everything below it, closed units included.

    One query for the whole tree: a township has some hundreds of units.
    """
    children = defaultdict(list)
    for pk, parent in Unit.objects.order_by().values_list("pk", "parent_id"):
        children[parent].append(pk)
    found, waiting = set(), [unit.pk]
    while waiting:
        found.add(pk := waiting.pop())
        waiting += children[pk]
    return found


def posts_of(person: Person, on: datetime.date | None = None) -> QuerySet[Appointment]:
    """The person's appointments in effect on the day, in the order of the office's tree."""
    return Appointment.objects.on(on).filter(person=person).select_related("post__unit")


def people_of(unit: Unit, on: datetime.date | None = None, descendants: bool = True) -> QuerySet[Person]:
    """People who hold a post in the unit on the day (in units below it too, unless told otherwise), each once."""
    where = descendant_ids(unit) if descendants else {unit.pk}
    held = Appointment.objects.on(on).filter(post__unit__in=where)
    return Person.objects.filter(pk__in=held.order_by().values("person"))


def responsible(
    kind: str, unit: Unit | None = None, person: Person | None = None, on: datetime.date | None = None
) -> QuerySet[Responsibility]:
    """Responsibilities of one kind in effect on the day, of a unit, of a person, or all."""
    rows = Responsibility.objects.on(on).filter(kind=kind).select_related("person", "unit")
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows if person is None else rows.filter(person=person)


def in_charge_of(unit: Unit, on: datetime.date | None = None) -> Person | None:
    """The leader in charge 分管 of the unit on the day; where none is named, the one of the unit above it."""
    on = on or localdate()
    node: Unit | None = unit
    while node is not None:
        if found := responsible(ResponsibilityKind.IN_CHARGE, unit=node, on=on).first():
            return found.person
        node = node.parent
    return None


def units_in_charge(person: Person, on: datetime.date | None = None) -> QuerySet[Unit]:
    """The units the person is directly in charge of on the day."""
    held = responsible(ResponsibilityKind.IN_CHARGE, person=person, on=on)
    return Unit.objects.filter(pk__in=held.order_by().values("unit"))


def stationed_at(village: Unit, on: datetime.date | None = None) -> list[Person]:
    """The cadres stationed 驻村 in the village on the day."""
    return [row.person for row in responsible(ResponsibilityKind.STATIONED, unit=village, on=on)]


def linked_with(village: Unit, on: datetime.date | None = None) -> list[Person]:
    """The leaders linked 联村 with the village on the day."""
    return [row.person for row in responsible(ResponsibilityKind.LINKED, unit=village, on=on)]


def villages_of(person: Person, on: datetime.date | None = None) -> QuerySet[Unit]:
    """The villages and communities a person serves on the day: stationed, linked, in charge, or with a post there.

    A post in a natural village or a station counts for the village above it.
    """
    served = set(Responsibility.objects.on(on).filter(person=person).values_list("unit", flat=True)) | set(
        posts_of(person, on).values_list("post__unit", flat=True)
    )
    above = Unit.objects.filter(pk__in=served).exclude(kind__in=SETTLED).values_list("parent", flat=True)
    return units(on, SETTLED).filter(pk__in=served | {pk for pk in above if pk})


def standing(village: Unit) -> Unit:
    """The village itself, or the one that it was merged into and lives on in today."""
    seen = {village.pk}
    while not village.exists_on(localdate()) and village.merged_into and village.merged_into_id not in seen:
        village = village.merged_into
        seen.add(village.pk)
    return village


def vacancies(on: datetime.date | None = None) -> QuerySet[Post]:
    """Posts with fewer people on the day than their established number; each has ``.held`` and ``.free``."""
    day = on or localdate()
    in_office = Q(appointments__since__lte=day) & (
        Q(appointments__until__isnull=True) | Q(appointments__until__gte=day)
    )
    return (
        Post.objects.filter(unit__in=units(day))
        .select_related("unit")
        .annotate(held=Count("appointments", filter=in_office))
        .annotate(free=F("established") - F("held"))
        .filter(free__gt=0)
    )
