"""Whose a shadowing is, who plans it, closes it and sees it: nobody closes their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from organisation.domain.cadres import cadres
from organisation.domain.charge import Decider, Deciders
from organisation.domain.duty import has_a_desk
from organisation.enums import UnitKind
from organisation.models import Person
from training.domain.leaders import people_led, people_seen, sees
from training.enums import ShadowingState
from training.models import Shadowing
from training.permissions import user_can_run, user_can_view

# What suite.evidence calls a report; the key is the primary key of the shadowing.
EVIDENCE_KIND = "training.shadowing"


def is_own(user: Any, person: Person) -> bool:
    """Whether the account is that person's."""
    return user is not None and person.user_id is not None and person.user_id == user.pk


def may_report(user: Any, row: Shadowing) -> bool:
    """Whether this account writes the report: whose it is; who runs training for those without a desk."""
    return is_own(user, row.person) or (user_can_run(user) and not has_a_desk(row.person))


def may_cancel(user: Any, row: Shadowing) -> bool:
    """Whether this account cancels it: whose it is, who runs training, who leads the person."""
    return is_own(user, row.person) or user_can_run(user) or people_led(user).filter(pk=row.person_id).exists()


def deciders_of(rows: Iterable[Shadowing]) -> dict[int, Decider | None]:
    """Primary key of each row -> who closes it today; None where no leader can and whoever runs training does.

    The leader in charge of the unit that the person works in, who stands in, or the head; a fixed number of queries.
    """
    rows = list(rows)
    deciders = Deciders(None, user_can_view)
    people = [row.person for row in rows]
    units = {one.person.pk: one.unit for one in cadres(deciders.on, UnitKind.values, people)}
    return {row.pk: deciders.of(row.person, units[row.person_id]) if row.person_id in units else None for row in rows}


def require_may_close(user: Any, row: Shadowing) -> None:
    """Raise ValidationError where this account may neither close it nor send it back; None is the system."""
    if user is None:
        return
    if is_own(user, row.person):
        raise ValidationError(_("Nobody closes their own shadowing: the leader in charge does."))
    if row.reported_by_id == user.pk:
        raise ValidationError(_("You entered this report yourself: leave it to somebody else to close it."))
    decider = deciders_of([row])[row.pk]
    if not _decides(user, decider):
        who = decider.person.name if decider else _("the efficiency office")
        raise ValidationError(_("%(who)s closes this shadowing or sends it back: leave it to them.") % {"who": who})


def may_close(user: Any, row: Shadowing) -> bool:
    """Whether `require_may_close` lets this account."""
    try:
        require_may_close(user, row)
    except ValidationError:
        return False
    return True


def to_close(user: Any) -> list[Shadowing]:
    """The reports that wait for this very account, the oldest first."""
    rows = Shadowing.objects.filter(state=ShadowingState.REPORTED).exclude(person__user=user)
    rows = rows.exclude(reported_by=user).select_related("person__user", "unit").order_by("reported_at", "pk")
    found = list(rows)
    deciders = deciders_of(found) if found else {}
    return [row for row in found if _decides(user, deciders[row.pk])]


def visible_to(user: Any, among: QuerySet[Shadowing] | None = None) -> QuerySet[Shadowing]:
    """The rows (of ``among``) that this account may see with their reports: one's own, and those of one's people."""
    rows = Shadowing.objects.all() if among is None else among
    if user is None or not user.is_active:
        return rows.none()
    own = getattr(user, "person", None)
    return rows.filter(Q(person=own) if own else Q(pk=None)) | rows.filter(person__in=people_seen(user))


def may_see(user: Any, row: Shadowing) -> bool:
    """Whether this account sees it with its report: as `visible_to`, and who is to close it."""
    if not user.is_active:
        return False
    return sees(user, row.person) or (row.state == ShadowingState.REPORTED and may_close(user, row))


def may_read_evidence(user: Any, key: str) -> bool:
    """The same by primary key, as `suite.evidence` names it."""
    row = Shadowing.objects.filter(pk=key).select_related("person").first() if key.isdecimal() else None
    return row is not None and may_see(user, row)


def _decides(user: Any, decider: Decider | None) -> bool:
    return user_can_run(user) if decider is None else decider.person.user_id == user.pk
