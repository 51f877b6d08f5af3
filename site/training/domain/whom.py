"""Which persons roles, units and people mean on a day (requirement Q).

Meant is who is in service and holds one of the roles now, has a post in one of the units or below on the day, or is
named. Roles and being in service have no dates: only posts are looked up for the day.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet, Value

from organisation.models import Appointment, Person, Unit
from training.models import Whom

from .staff import Staff

FIELDS = ("roles", "units", "people")


@dataclass(frozen=True, slots=True)
class Circle:
    """The ``people`` who are meant, by key: ``outright``, by role or by name, which have no dates; the others by a post
    in one of the ``units`` or below."""

    people: frozenset[int]
    outright: frozenset[int]
    units: frozenset[int]


def persons(whom: Whom, on: datetime.date | None = None) -> QuerySet[Person]:
    """The people whom `whom` means on the day (today where none is given), each once."""
    return Person.objects.filter(pk__in=persons_of([whom], on)[whom.pk])


def concerns(whom: Whom, person: Person, on: datetime.date | None = None) -> bool:
    """Whether `whom` means this person on the day."""
    return concerning(type(whom)._default_manager.filter(pk=whom.pk), person, on).exists()


def concerning(asked: QuerySet[Any], person: Person, on: datetime.date | None = None) -> QuerySet[Any]:
    """Those of `asked` (a queryset of a model that inherits `Whom`) that mean this person on the day.

    Three queries, and the one that is returned; nothing is asked of somebody who is not in service.
    """
    if not person.active:
        return asked.none()
    held = Appointment.objects.on(on).filter(person=person).values_list("post__unit", flat=True)
    units = frozenset().union(*with_those_above(held).values())
    return asked.filter(
        Q(pk__in=_naming(asked.model, "people", [person.pk]))
        | Q(pk__in=_naming(asked.model, "units", units))
        | Q(pk__in=_naming(asked.model, "roles", _roles_of(person)))
    )


def persons_of(
    many: Collection[Whom], on: datetime.date | None = None, staff: Staff | None = None
) -> dict[int, frozenset[int]]:
    """For each of `many` (all of one model) by its key: the keys of the people it means on the day.

    Two queries however many there are, beside the three of `staff`, which may be handed in where it is known. Where two
    mean the same roles, units and people they share one set.
    """
    return {pk: circle.people for pk, circle in circles_of(many, on, staff).items()}


def circles_of(
    many: Collection[Whom], on: datetime.date | None = None, staff: Staff | None = None
) -> dict[int, Circle]:
    """The same, with how they are meant."""
    if not many:
        return {}
    staff = staff or Staff(on)
    named = _named(type(next(iter(many))), [whom.pk for whom in many])
    serving = staff.people.keys()
    known: dict[tuple[frozenset[int], ...], Circle] = {}
    found = {}
    for whom in many:
        roles, units, people = asked = tuple(frozenset(named[field, whom.pk]) for field in FIELDS)
        if asked not in known:
            outright = people.union(*(staff.playing(group) for group in roles)) & serving
            posted = frozenset().union(*(staff.posted.get(unit, ()) for unit in units)) & serving
            known[asked] = Circle(outright | posted, outright, units)
        found[whom.pk] = known[asked]
    return found


def own_circles(many: Collection[Whom], person: Person) -> dict[int, Circle]:
    """How each of `many`, all of which mean this person, does; two queries."""
    if not many:
        return {}
    named = _named(type(next(iter(many))), [whom.pk for whom in many])
    roles, own = _roles_of(person), frozenset({person.pk})
    found: dict[int, Circle] = {}
    for whom in many:
        outright = person.pk in named["people", whom.pk] or not roles.isdisjoint(named["roles", whom.pk])
        found[whom.pk] = Circle(own, own if outright else frozenset(), frozenset(named["units", whom.pk]))
    return found


def with_those_above(units: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each of these units (by key) with all that it belongs to; one query."""
    above = dict(Unit.objects.order_by().values_list("pk", "parent"))
    found: dict[int, frozenset[int]] = {}
    for unit in units:
        line: set[int] = set()
        node: int | None = unit
        while node is not None:
            line.add(node)
            node = above[node]
        found[unit] = frozenset(line)
    return found


def _roles_of(person: Person) -> frozenset[int]:
    users = get_user_model()._default_manager.filter(is_active=True, groups__isnull=False, person=person)
    return frozenset(users.order_by().values_list("groups", flat=True))


def _named(model: type[Whom], keys: Collection[int]) -> dict[tuple[str, int], set[int]]:
    """(field, key of a `model`) -> what it names there; one query for all three fields."""
    parts = []
    for field in FIELDS:
        relation: Any = model._meta.get_field(field)
        own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        rows = relation.remote_field.through._default_manager.filter(**{f"{own}__in": keys}).order_by()
        parts.append(rows.values_list(Value(field), F(f"{own}_id"), F(f"{other}_id")))
    found = defaultdict(set)
    for field, key, thing in parts[0].union(*parts[1:], all=True):
        found[field, key].add(thing)
    return found


def _naming(model: type[Whom], field: str, things: Collection[int]) -> QuerySet[Any]:
    """The keys of those of `model` that name one of `things` in `field`."""
    relation: Any = model._meta.get_field(field)
    own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    rows = relation.remote_field.through._default_manager.filter(**{f"{other}__in": things})
    return rows.values(f"{own}_id")
