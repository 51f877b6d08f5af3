"""Who approves a commitment (requirement I): the leader in charge; for the head, whom the office names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from commitments.models import Commitment
from commitments.permissions import user_can_approve
from organisation.domain.duty import has_a_desk, head_of, stand_in
from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Absence, Person, Responsibility, Unit

from .settings import commitments_settings


@dataclass(frozen=True)
class Approver:
    """Who approves; ``on_behalf_of`` the one who is away, None where they do it in their own right."""

    person: Person
    on_behalf_of: Person | None = None


class Approvers:
    """Who approves what on one day, for any number of people, asked with a handful of queries."""

    def __init__(self, on: datetime.date | None = None) -> None:
        self.on = on or timezone.localdate()
        charges = Responsibility.objects.on(self.on).filter(kind=ResponsibilityKind.IN_CHARGE)
        self._charges: dict[int, Person] = {}
        for one in charges.select_related("person__user"):
            self._charges.setdefault(one.unit_id, one.person)
        self._parents = dict(Unit.objects.order_by().values_list("pk", "parent_id"))
        township = Unit.objects.on(self.on).filter(kind=UnitKind.TOWNSHIP).first()
        self.head = self._head(township)
        self._heads_approver = commitments_settings().head_approver
        self._away = set(Absence.objects.on(self.on).values_list("person_id", flat=True))
        self._acting: dict[int, Person | None] = {}

    def of(self, filer: Person, unit: Unit) -> Approver | None:
        """Who approves what the person promises for the unit; None where nobody can."""
        for person in self._upwards(filer, unit):
            acting = self._stand_in(person)
            if acting is not None and acting != filer and has_a_desk(acting):
                return Approver(acting, None if acting == person else person)
        return None

    def leader(self, unit: Unit) -> Person | None:
        """The leader in charge of the unit, or of the nearest one above it."""
        pk: int | None = unit.pk
        while pk is not None:
            if pk in self._charges:
                return self._charges[pk]
            pk = self._parents.get(pk)
        return None

    def _upwards(self, filer: Person, unit: Unit) -> Iterator[Person]:
        if filer != self.head:
            yield from (one for one in (self.leader(unit), self.head) if one is not None and one != filer)
        if self._heads_approver is not None and self._heads_approver != filer:
            yield self._heads_approver

    def _head(self, township: Unit | None) -> Person | None:
        if township is None:
            return None
        return head_of(township, self.on) or self._charges.get(township.pk)

    def _stand_in(self, person: Person) -> Person | None:
        if person.pk not in self._away:
            return person if person.active else None
        if person.pk not in self._acting:
            acting = stand_in(person, self.on)
            # A deputy who may approve nothing cannot do it for the leader either: it goes one up.
            fit = acting is not None and has_a_desk(acting) and user_can_approve(acting.user)
            self._acting[person.pk] = acting if fit else None
        return self._acting[person.pk]


def approver_of(commitment: Commitment, on: datetime.date | None = None) -> Approver | None:
    """Who approves the commitment on the day (default: today): never its own person; None where nobody can."""
    return Approvers(on).of(commitment.person, commitment.unit)


def is_own(user: Any, commitment: Commitment) -> bool:
    """Whether the commitment is that of this account."""
    return user is not None and commitment.person.user_id is not None and commitment.person.user_id == user.pk
