"""Who holds a post in units of some kinds, and where each of them works (requirements I and Q: every cadre)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from organisation.enums import OWN_UNITS, AppointmentKind
from organisation.models import Appointment, Person, Unit

# Who is seconded works there; a concurrent post comes after the one somebody was appointed to.
WORKS_BY: dict[str, int] = {AppointmentKind.SECONDED: 0, AppointmentKind.FULL: 1, AppointmentKind.CONCURRENT: 2}
_LONGEST_POSTS = 300


@dataclass(frozen=True)
class Cadre:
    """Somebody with a post in one of the units asked for: ``unit``, the one they work in; ``posts``, all they hold;
    ``since``, how long they have held one that counts."""

    person: Person
    unit: Unit
    posts: str
    since: datetime.date


def cadres(
    on: datetime.date, kinds: Collection[str] = OWN_UNITS, people: Iterable[Person] | None = None
) -> list[Cadre]:
    """Everybody in service who holds a post on the day in a unit of these kinds, in the order of the tree.

    ``kinds``: the township's own units unless told otherwise; ``people``: ask for these only. Two queries, however
    many people there are.
    """
    kinds = set(kinds)
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
            key=lambda one: (WORKS_BY[AppointmentKind(one.kind)], places[one.post.unit_id], one.post.order, one.pk)
        )
        named = "、".join(f"{one.post.unit.label}{one.post.name}" for one in posts)
        found.append(Cadre(posts[0].person, posts[0].post.unit, named[:_LONGEST_POSTS], min(making)))
    return sorted(found, key=lambda one: (places[one.unit.pk], one.person.sort_key, one.person.pk))


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
