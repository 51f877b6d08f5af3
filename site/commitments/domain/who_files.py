"""Who owes a commitment, and for which unit (requirement I: every cadre, every month)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from commitments.models import Month
from organisation.enums import AppointmentKind
from organisation.models import Appointment, Person, Unit

from .settings import commitments_settings

# Who is seconded works there; a concurrent post comes after the one somebody was appointed to.
_ORDER: dict[str, int] = {AppointmentKind.SECONDED: 0, AppointmentKind.FULL: 1, AppointmentKind.CONCURRENT: 2}
_LONGEST_POSTS = 300


@dataclass(frozen=True)
class Filer:
    """Somebody who owes a commitment: ``unit``, the one they work in; ``posts``, all they hold; ``since``, how long
    they have held one that makes them file."""

    person: Person
    unit: Unit
    posts: str
    since: datetime.date


def day_asked(month: Month | datetime.date, on: datetime.date | None = None) -> datetime.date:
    """The day whose posts count: `on` (today), before the month its first, after the month its last."""
    month = month if isinstance(month, Month) else Month(first=month)
    return min(max(on or timezone.localdate(), month.first), month.last)


def filers(on: datetime.date, people: Iterable[Person] | None = None) -> list[Filer]:
    """Everybody in service who holds a post on the day in a unit whose people file, in the order of the tree.

    ``people``: ask for these only. Two or three queries, however many people there are.
    """
    kinds = set(commitments_settings().unit_kinds)
    held = Appointment.objects.on(on).filter(person__active=True).select_related("person", "post__unit")
    if people is not None:
        held = held.filter(person__in=[person.pk for person in people])
    else:
        asked = Appointment.objects.on(on).filter(post__unit__kind__in=kinds)
        held = held.filter(person__in=asked.order_by().values("person"))
    places = _places()
    by_person: dict[int, list[Appointment]] = defaultdict(list)
    for one in held:
        by_person[one.person_id].append(one)
    found = []
    for posts in by_person.values():
        making = [one.since for one in posts if one.post.unit.kind in kinds]
        if not making:
            continue
        posts.sort(
            key=lambda one: (_ORDER[AppointmentKind(one.kind)], places[one.post.unit_id], one.post.order, one.pk)
        )
        named = "、".join(f"{one.post.unit.label}{one.post.name}" for one in posts)
        found.append(Filer(posts[0].person, posts[0].post.unit, named[:_LONGEST_POSTS], min(making)))
    return sorted(found, key=lambda one: (places[one.unit.pk], one.person.sort_key, one.person.pk))


def files_on(person: Person, on: datetime.date) -> bool:
    """Whether the person holds a post on the day that makes them file; one query beside the settings."""
    kinds = commitments_settings().unit_kinds
    held = Appointment.objects.on(on).filter(person=person, person__active=True, post__unit__kind__in=kinds)
    return held.exists()


def _places() -> dict[int, int]:
    """Unit -> its place when the tree is read from the top."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Unit.objects.order_by("order", "pk").values_list("pk", "parent_id"):
        below[parent].append(pk)
    places: dict[int, int] = {}
    waiting = below[None][::-1]
    while waiting:
        places[pk := waiting.pop()] = len(places)
        waiting += below[pk][::-1]
    return places
