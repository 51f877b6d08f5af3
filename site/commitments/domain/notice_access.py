"""Who may see a served notice, who approves it, who decides an objection to it (requirement I).

A notice is between the person, the leader in charge, whoever holds the talk or decides an objection, and the
efficiency office. Every list, page, paper, file and export asks here, and nothing else does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from commitments.enums import NoticeState
from commitments.models import ServedNotice
from commitments.permissions import (
    VIEW_NOTICES,
    user_can_approve_notice,
    user_can_decide_objection,
)
from organisation.domain.duty import has_a_desk, stand_in
from organisation.enums import ResponsibilityKind
from organisation.models import Person, Responsibility, Unit

from .responsibility import Approvers
from .settings import commitments_settings

# Who holds the talk is told when the notice counts.
_NOT_YET = (NoticeState.PROPOSED, NoticeState.REFUSED)


def is_account_of(user: Any, person: Person | None) -> bool:
    """Whether the account is that person's."""
    return bool(user is not None and person is not None and person.user_id and person.user_id == user.pk)


class NoticeChain:
    """Who approves and who decides on one day, for any number of notices, with a fixed number of queries."""

    def __init__(self, on: datetime.date | None = None) -> None:
        self.on = on or timezone.localdate()
        self._approvers = Approvers(self.on)
        # The head, and who approves the head's.
        self._above = [self._approvers.head, commitments_settings().head_approver]
        self._acting: dict[int, Person | None] = {}
        self._others: list[Person] | None = None

    def approver(self, person_id: int, unit_id: int, proposed_by: int | None = None) -> Person | None:
        """The leader in charge of the person, or who comes next where that is the account that proposed it."""
        found = self._approvers.of(Person(pk=person_id), Unit(pk=unit_id))
        people = [found.person if found else None, *self._above]
        return next(self._fit(people, {person_id}, {proposed_by}), None)

    def approver_of(self, notice: ServedNotice) -> Person | None:
        """The same for a notice."""
        return self.approver(notice.commitment.person_id, notice.commitment.unit_id, notice.proposed_by_id)

    def decider(self, person_id: int, involved: set[int | None]) -> Person | None:
        """The one who decides an objection: the head, who approves the head's commitment, another leader, in that
        order; nobody whose account is among the ``involved`` (proposed or approved it), never the person."""
        return next(self._fit([*self._above, *self._leaders()], {person_id}, involved), None)

    def decider_of(self, notice: ServedNotice) -> Person | None:
        """The same for a notice."""
        return self.decider(notice.commitment.person_id, {notice.proposed_by_id, notice.approved_by_id})

    def _leaders(self) -> list[Person]:
        if self._others is None:
            rows = Responsibility.objects.on(self.on).filter(kind=ResponsibilityKind.IN_CHARGE)
            found = rows.select_related("person__user").order_by("unit__order", "unit_id", "pk")
            self._others = list(dict.fromkeys(row.person for row in found))
        return self._others

    def _fit(self, people: Any, persons: set[int], accounts: set[int | None]) -> Iterator[Person]:
        for person in people:
            acting = self._stand_in(person)
            if acting is None or not has_a_desk(acting):
                continue
            if acting != person and not user_can_approve_notice(acting.user):
                continue
            if acting.pk not in persons and acting.user_id not in accounts:
                yield acting

    def _stand_in(self, person: Person | None) -> Person | None:
        if person is None:
            return None
        if person.pk not in self._acting:
            self._acting[person.pk] = stand_in(person, self.on)
        return self._acting[person.pk]


def approver_of_notice(notice: ServedNotice, on: datetime.date | None = None) -> Person | None:
    """Who approves the notice on the day (today): neither the person nor who proposed it. None where nobody can."""
    return NoticeChain(on).approver_of(notice)


def decider_of(notice: ServedNotice, on: datetime.date | None = None) -> Person | None:
    """Who decides an objection to the notice on the day (today). None where nobody can."""
    return NoticeChain(on).decider_of(notice)


def visible_to(user: Any, among: QuerySet[ServedNotice] | None = None) -> QuerySet[ServedNotice]:
    """The notices (of ``among``) that this account may see; None and visitors see none."""
    rows = ServedNotice.objects.all() if among is None else among
    if user is None or not user.is_active or not user.is_authenticated:
        return rows.none()
    if user.has_perm(VIEW_NOTICES):
        return rows
    person = getattr(user, "person", None)
    if person is None:
        # Whoever ever had to do with a notice was somebody of the office.
        return rows.none()
    mine = Q(approved_by=user) | Q(objection__decided_by=user) | Q(commitment__person=person)
    mine |= Q(talk_by=person) & ~Q(state__in=_NOT_YET)
    if user_can_approve_notice(user) or user_can_decide_objection(user):
        mine |= Q(pk__in=_led_by(person, rows))
    # A subquery: joined to the objection and narrowed again, no row may come twice.
    return rows.filter(pk__in=ServedNotice.objects.filter(mine).order_by().values("pk"))


def may_see(user: Any, notice: ServedNotice | None) -> bool:
    """Whether the account may see this notice."""
    return notice is not None and visible_to(user, ServedNotice.objects.filter(pk=notice.pk)).exists()


def may_see_key(user: Any, key: str) -> bool:
    """The same by primary key, as evidence and papers name it."""
    return key.isascii() and key.isdecimal() and may_see(user, ServedNotice.objects.filter(pk=key).first())


def _led_by(person: Person, rows: QuerySet[ServedNotice]) -> list[int]:
    """The notices whose approver the person is today, or whose objection they decide."""
    chain = NoticeChain()
    found = rows.order_by().values_list(
        "pk", "state", "commitment__person_id", "commitment__unit_id", "proposed_by_id", "approved_by_id"
    )
    leads: dict[tuple[int, int, int | None], bool] = {}
    mine = []
    for pk, state, who, unit, proposed_by, approved_by in found:
        asked = (who, unit, proposed_by)
        if asked not in leads:
            leads[asked] = chain.approver(*asked) == person
        decides = state == NoticeState.OBJECTED and chain.decider(who, {proposed_by, approved_by}) == person
        if leads[asked] or decides:
            mine.append(pk)
    return mine


def talkers(person: Person) -> QuerySet[Person]:
    """Who may hold an admonishing talk with the person: leaders in charge of a unit, the head, the head's approver."""
    charges = Responsibility.objects.on().filter(kind=ResponsibilityKind.IN_CHARGE)
    chain = Approvers()
    above = {one.pk for one in (chain.head, commitments_settings().head_approver) if one is not None}
    leading = Q(pk__in=charges.order_by().values("person")) | Q(pk__in=above)
    return Person.objects.filter(leading, active=True).exclude(pk=person.pk)
