"""Which persons roles, units and people mean on a day (requirement Q).

Meant is who is in service and holds one of the roles now, has a post in one of the units or below on the day, or is
named. Roles and being in service have no dates: only posts are looked up for the day.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from organisation.models import Appointment, Person, Unit
from training.models import Whom


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
    units = _with_those_above(Appointment.objects.on(on).filter(person=person).values_list("post__unit", flat=True))
    groups = list(_role_members().filter(pk=person.user_id).values_list("groups", flat=True))
    return asked.filter(
        Q(pk__in=_naming(asked.model, "people", [person.pk]))
        | Q(pk__in=_naming(asked.model, "units", units))
        | Q(pk__in=_naming(asked.model, "roles", groups))
    )


def persons_of(many: Collection[Whom], on: datetime.date | None = None) -> dict[int, frozenset[int]]:
    """For each of `many` (all of one model) by its key: the keys of the people it means on the day.

    Seven queries however many there are. Where two mean the same roles, units and people they share one set.
    """
    if not many:
        return {}
    model, keys = type(next(iter(many))), [whom.pk for whom in many]
    named = {field: _named(model, field, keys) for field in ("roles", "units", "people")}
    members, posted = _members_of_roles(), _people_of_units(on or localdate())
    serving = frozenset(Person.objects.filter(active=True).order_by().values_list("pk", flat=True))
    known: dict[tuple[frozenset[int], ...], frozenset[int]] = {}
    found = {}
    for key in keys:
        roles, units, people = (frozenset(named[field][key]) for field in ("roles", "units", "people"))
        if (asked := (roles, units, people)) not in known:
            meant = people.union(*(members[group] for group in roles), *(posted[unit] for unit in units))
            known[asked] = meant & serving
        found[key] = known[asked]
    return found


def _members_of_roles() -> dict[int, set[int]]:
    """Group -> the people whose accounts play that role and are not switched off."""
    found = defaultdict(set)
    for group, person in _role_members().filter(person__isnull=False).values_list("groups", "person"):
        found[group].add(person)
    return found


def _people_of_units(day: datetime.date) -> dict[int, set[int]]:
    """Unit -> the people with a post in it or below it on the day."""
    above = dict(Unit.objects.order_by().values_list("pk", "parent"))
    found = defaultdict(set)
    for unit, person in Appointment.objects.on(day).order_by().values_list("post__unit", "person"):
        node: int | None = unit
        while node is not None:
            found[node].add(person)
            node = above[node]
    return found


def _role_members() -> QuerySet[Any]:
    return get_user_model()._default_manager.filter(is_active=True, groups__isnull=False).order_by()


def _with_those_above(units: Iterable[int]) -> set[int]:
    above = dict(Unit.objects.order_by().values_list("pk", "parent"))
    found: set[int] = set()
    for unit in units:
        node: int | None = unit
        while node is not None and node not in found:
            found.add(node)
            node = above[node]
    return found


def _named(model: type[Whom], field: str, keys: Collection[int]) -> dict[int, set[int]]:
    """Key of a `model` -> what it names in `field`."""
    relation: Any = model._meta.get_field(field)
    own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    found = defaultdict(set)
    rows = relation.remote_field.through._default_manager.filter(**{f"{own}__in": keys})
    for key, thing in rows.values_list(f"{own}_id", f"{other}_id"):
        found[key].add(thing)
    return found


def _naming(model: type[Whom], field: str, things: Collection[int]) -> QuerySet[Any]:
    """The keys of those of `model` that name one of `things` in `field`."""
    relation: Any = model._meta.get_field(field)
    own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    rows = relation.remote_field.through._default_manager.filter(**{f"{other}__in": things})
    return rows.values(f"{own}_id")
