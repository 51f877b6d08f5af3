"""What is asked of one person: for the desk, for their own list, and before they confirm (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from organisation.models import Person
from suite.clock.calendar import Calendar
from suite.clock.domain import calendar
from suite.theme.dates import in_full
from training.domain.whom import concerning, own_circles
from training.enums import RequirementState
from training.models import MaterialPage, ReadingConfirmation, Requirement

from .arrivals import own_arrivals
from .versions import Versions, versions_of


@dataclass(frozen=True)
class Task:
    """One material that a person is asked to read. ``confirmed``: the newest version they confirmed, None: none."""

    material: MaterialPage
    reason: str
    due: datetime.date
    versions: Versions
    confirmed: int | None

    @property
    def is_read(self) -> bool:
        return self.confirmed is not None and self.confirmed >= self.versions.floor

    @property
    def again(self) -> bool:
        """Whether they had read it, and it changed in a way that matters."""
        return self.confirmed is not None and not self.is_read


def tasks(person: Person) -> list[Task]:
    """Everything the person is asked to read today, what is due first at the top; each material once.

    Nothing of materials that are not published: nobody can read them.
    """
    rows = list(_active(person).filter(material__live=True).select_related("material").order_by("due", "pk"))
    if not rows:
        return []
    days = calendar()
    until = _until(person, rows, days)
    found: dict[int, Requirement] = {}
    for one in sorted(rows, key=lambda row: (until[row.pk], row.due, row.pk)):
        found.setdefault(one.material_id, one)
    versions, confirmed = versions_of(found), confirmed_by(person, found)
    made = [
        Task(
            one.material,
            one.reason,
            versions[pk].due(until[one.pk], confirmed.get(pk), days),
            versions[pk],
            confirmed.get(pk),
        )
        for pk, one in found.items()
        if pk in versions
    ]
    return sorted(made, key=lambda task: (task.due, task.material.pk))


def task(person: Person, material: MaterialPage) -> Task | None:
    """The same for one material; None where it is not asked of this person."""
    return next((one for one in tasks(person) if one.material.pk == material.pk), None)


def confirmed_by(person: Person, materials: Iterable[int]) -> dict[int, int]:
    """Material -> the newest version of it that the person confirmed."""
    rows = ReadingConfirmation.objects.filter(person=person, version__material__in=list(materials)).order_by()
    found = rows.values_list("version__material").annotate(newest=Max("version__number"))
    return dict(found)


def require_asked(person: Person, material: MaterialPage) -> None:
    """Raise ValidationError where the person is not asked to read the material, saying so or why it was withdrawn."""
    if _active(person).filter(material=material).exists():
        return
    withdrawn = Requirement.objects.filter(state=RequirementState.WITHDRAWN, material=material)
    last = concerning(withdrawn, person).order_by("-withdrawn_at").first()
    if last is not None and last.withdrawn_at is not None:
        raise ValidationError(
            _("It was withdrawn on %(day)s: %(reason)s. You need not confirm it.")
            % {"day": in_full(localtime(last.withdrawn_at).date()), "reason": last.withdrawn_because.rstrip("。")}
        )
    raise ValidationError(
        _("You are not asked to read this; nothing is to be confirmed. Reading it is welcome all the same.")
    )


def _until(person: Person, rows: list[Requirement], days: Calendar) -> dict[int, datetime.date]:
    """Requirement -> its last day for this person, whom all of them mean; the first of `rows` is due first."""
    newcomer = own_arrivals(person, localdate(), rows[0].due)
    if not newcomer.people:
        return {one.pk: one.due for one in rows}
    circles = own_circles(rows, person)
    return {one.pk: newcomer.due(person.pk, circles[one.pk], one.due, days) for one in rows}


def _active(person: Person) -> QuerySet[Requirement]:
    return concerning(Requirement.objects.filter(state=RequirementState.ACTIVE), person)
