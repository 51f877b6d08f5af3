"""Who may verify whose results: nobody their own, nor those of a unit that is theirs (requirement I)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.models import Commitment, Month
from commitments.permissions import user_can_verify
from organisation.enums import ResponsibilityKind
from organisation.models import Appointment, Person, Responsibility, Unit


def own_units(person: Person, since: datetime.date, until: datetime.date) -> set[int]:
    """Ids of the units that were the person's own on a day of that time: with a post of theirs in, above or below.

    Who is in charge of a unit has those below it as their own, too. Three queries.
    """
    posts = set(
        Appointment.objects.overlapping(since, until).filter(person=person).values_list("post__unit", flat=True)
    )
    charges = Responsibility.objects.overlapping(since, until).filter(person=person, kind=ResponsibilityKind.IN_CHARGE)
    led = set(charges.order_by().values_list("unit", flat=True))
    if not posts | led:
        return set()
    above = dict(Unit.objects.order_by().values_list("pk", "parent"))
    below = defaultdict(list)
    for pk, parent in above.items():
        below[parent].append(pk)
    own, waiting = set(), [*(posts | led)]
    while waiting:
        own.add(pk := waiting.pop())
        waiting += [child for child in below[pk] if child not in own]
    for post in posts:
        node = above[post]
        while node is not None:
            own.add(node)
            node = above[node]
    return own


def own_units_in(person: Person, month: Month) -> set[int]:
    """`own_units` from the first day of the month until today: a post that ended meanwhile counts."""
    return own_units(person, month.first, max(month.first, timezone.localdate()))


def require_may_verify(user: Any, commitment: Commitment) -> None:
    """Raise ValidationError where this account may not verify what this commitment came to."""
    if not user_can_verify(user):
        raise ValidationError(_("Only efficiency supervisors verify results: ask the efficiency office."))
    person = getattr(user, "person", None)
    if person is None:
        return
    if person.pk == commitment.person_id:
        raise ValidationError(_("Nobody verifies their own promises: leave this to another supervisor."))
    if commitment.unit_id in own_units_in(person, commitment.month):
        raise ValidationError(
            _("%(unit)s is your own unit, or was in this month: leave this to another supervisor.")
            % {"unit": commitment.unit}
        )
