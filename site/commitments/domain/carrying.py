"""What may be taken over into a new commitment: last month's unfinished rows, and open work of other plugins."""

from __future__ import annotations

import datetime

from commitments.enums import PUBLIC, Outcome
from commitments.models import Commitment, Month, Promise
from organisation.models import Person
from suite.hooks import collect_each
from suite.work import OpenWork


def unfinished(person: Person, before: Month) -> list[Promise]:
    """The rows of the person's last approved commitment before that month that are not fulfilled, in their order.

    As the township decided; where it has not, as the person reported; else all. Rows that a later month took over
    already are left out, and those of a month in which nothing was filed.
    """
    earlier = Commitment.objects.filter(person=person, month__first__lt=before.first, state__in=PUBLIC)
    last = earlier.filter(promises__missing=False).order_by("-month__first").first()
    if last is None:
        return []
    rows = last.promises.filter(missing=False).exclude(outcome=Outcome.FULFILLED)
    rows = rows.exclude(outcome="", claimed=Outcome.FULFILLED)
    taken = Promise.objects.filter(carried_from__in=rows).exclude(commitment__month=before)
    return list(rows.exclude(pk__in=taken.values("carried_from")).order_by("number"))


def open_work_for(person: Person) -> list[OpenWork]:
    """What other plugins say this person still has to do, the most pressing first; one that fails is left out."""
    found = [row for _function, rows, _error in collect_each("open_work", person) for row in rows]
    return sorted(found, key=lambda row: (row.due or datetime.date.max, str(row.title)))
