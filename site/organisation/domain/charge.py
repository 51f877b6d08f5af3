"""Who decides about somebody's work: the leader in charge 分管, whoever stands in, the head, one named for the head."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Absence, Person, Responsibility, Unit

from .duty import has_a_desk, head_of, stand_in


@dataclass(frozen=True)
class Decider:
    """Who decides; ``on_behalf_of`` the one who is away, None where they do it in their own right."""

    person: Person
    on_behalf_of: Person | None = None


class Deciders:
    """Who decides about whom on one day, for any number of people, asked with a handful of queries.

    Arguments: ``on``, the day (today); ``may(user)``, whether a deputy's account may decide at all; ``for_the_head``,
    who decides where nobody else can, above all about the head.
    """

    def __init__(
        self, on: datetime.date | None, may: Callable[[Any], bool], for_the_head: Person | None = None
    ) -> None:
        self.on = on or timezone.localdate()
        charges = Responsibility.objects.on(self.on).filter(kind=ResponsibilityKind.IN_CHARGE)
        self._charges: dict[int, Person] = {}
        for one in charges.select_related("person__user"):
            self._charges.setdefault(one.unit_id, one.person)
        self._parents = dict(Unit.objects.order_by().values_list("pk", "parent_id"))
        township = Unit.objects.on(self.on).filter(kind=UnitKind.TOWNSHIP).first()
        self.head = self._head(township)
        self._may, self._for_the_head = may, for_the_head
        self._away = set(Absence.objects.on(self.on).values_list("person_id", flat=True))
        self._acting: dict[int, Person | None] = {}

    def of(self, person: Person, unit: Unit) -> Decider | None:
        """Who decides about what the person does for the unit: never they themselves; None where nobody can."""
        for decider in self._upwards(person, unit):
            acting = self._stand_in(decider)
            if acting is not None and acting != person and has_a_desk(acting):
                return Decider(acting, None if acting == decider else decider)
        return None

    def leader(self, unit: Unit) -> Person | None:
        """The leader in charge of the unit, or of the nearest one above it."""
        pk: int | None = unit.pk
        while pk is not None:
            if pk in self._charges:
                return self._charges[pk]
            pk = self._parents.get(pk)
        return None

    def _upwards(self, person: Person, unit: Unit) -> Iterator[Person]:
        if person != self.head:
            yield from (one for one in (self.leader(unit), self.head) if one is not None and one != person)
        if self._for_the_head is not None and self._for_the_head != person:
            yield self._for_the_head

    def _head(self, township: Unit | None) -> Person | None:
        if township is None:
            return None
        return head_of(township, self.on) or self._charges.get(township.pk)

    def _stand_in(self, person: Person) -> Person | None:
        if person.pk not in self._away:
            return person if person.active else None
        if person.pk not in self._acting:
            acting = stand_in(person, self.on)
            # A deputy who may decide nothing cannot do it for the leader either: it goes one up.
            fit = acting is not None and has_a_desk(acting) and self._may(acting.user)
            self._acting[person.pk] = acting if fit else None
        return self._acting[person.pk]
