"""Whose a measure is: its handler, then the head of the unit, then the leader in charge (requirement H)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from hearings.enums import MeasureState
from hearings.models import Measure
from hearings.permissions import REPORT_MEASURE, user_can_run
from organisation.domain.duty import has_a_desk, head_of, works_for
from organisation.domain.queries import in_charge_of
from organisation.models import Person, Unit
from suite.clock.domain import calendar

from .settings import hearings_settings

HEAD, LEADER = "head", "leader"


@dataclass(frozen=True)
class Reached:
    """An overdue measure has come to ``level``, to ``person`` (None: nobody holds that place), on a ``day``."""

    measure: Measure
    level: str
    person: Person | None
    day: date


def may_report(user: Any, measure: Measure) -> bool:
    """Whether the account may report on the measure: handler, people and leader of the unit, efficiency office."""
    if user_can_run(user):
        return True
    person = getattr(user, "person", None)
    if person is None or not user.has_perm(REPORT_MEASURE):
        return False
    return measure.handler_id == person.pk or works_for(person, measure.unit)


def may_move(user: Any, measure: Measure) -> bool:
    """Whether the account may move the due day: the one that issued it; where that is gone, the efficiency office."""
    issuer = measure.issued_by
    if issuer is not None and issuer.is_active:
        return bool(issuer == user)
    return user_can_run(user)


def overdue(now: datetime | None = None) -> QuerySet[Measure]:
    """Open measures whose day has passed, with all that tells whose they are."""
    late = Measure.objects.filter(state=MeasureState.OPEN, due__lt=timezone.localdate(now))
    return late.select_related("problem__hearing", "unit", "handler__user").order_by("due", "pk")


def carried_by(person: Person) -> list[Measure]:
    """Open measures that are on this person's desk, the earliest due first; see `People.carrier`."""
    # The handler's own; others only where the handler, if any, sees nothing.
    unseen = Q(handler=None) | Q(handler__active=False) | Q(handler__user=None) | Q(handler__user__is_active=False)
    found = Measure.objects.filter(Q(handler=person) | unseen, state=MeasureState.OPEN)
    people = People()
    rows = found.select_related("unit", "handler__user").order_by("due", "pk")
    return [measure for measure in rows if people.carrier(measure) == person]


def escalations(
    measures: Iterable[Measure], now: datetime | None = None, people: People | None = None
) -> Iterator[Reached]:
    """Every level that overdue measures have reached by now, by the working days of the settings.

    The head gets it after ``head_after_days`` working days, the leader in charge after ``leader_after_days``. Where
    nobody holds a place the level is still reached, so that the record says so. ``people``: who was asked for before.
    """
    today, days, chosen, people = timezone.localdate(now), calendar(), hearings_settings(), people or People()
    for measure in measures:
        if measure.due is None:
            continue
        for level, after in ((HEAD, chosen.head_after_days), (LEADER, chosen.leader_after_days)):
            if (day := days.add_working_days(measure.due, after)) <= today:
                yield Reached(measure, level, people.at(level, measure.unit), day)


class People:
    """Heads and leaders in charge of units today, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Person | None] = {}

    def at(self, level: str, unit: Unit) -> Person | None:
        """The head of the unit, or the leader in charge of it; None where nobody holds that place."""
        key = (level, unit.pk)
        if key not in self._known:
            self._known[key] = head_of(unit) if level == HEAD else in_charge_of(unit)
        return self._known[key]

    def carrier(self, measure: Measure) -> Person | None:
        """On whose desk the measure is: the handler's, else that of the unit's head, else of the leader in charge.

        Somebody who left, or has no account, sees nothing there and is passed over.
        """
        if has_a_desk(measure.handler):
            return measure.handler
        for level in (HEAD, LEADER):
            if has_a_desk(person := self.at(level, measure.unit)):
                return person
        return None
