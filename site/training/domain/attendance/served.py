"""Whether somebody was in service on the day of a session."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.models import Appointment, Person
from suite.theme.dates import in_list


def units_of(people: Iterable[int], day: datetime.date) -> dict[int, str]:
    """Person's id → the unit of their first post on that day, for those who hold one. One query."""
    found: dict[int, str] = {}
    held = Appointment.objects.on(day).filter(person__in=list(people))
    for person, unit in held.values_list("person_id", "post__unit__name"):
        found.setdefault(person, unit)
    return found


def require_served(person: Person, day: datetime.date) -> None:
    """Raise ValidationError where the person had left by that day, or not come yet.

    Somebody who never held a post (a supervisor from outside) counts while their entry says that they are in service.
    """
    held = Appointment.objects.filter(person=person)
    if held.on(day).exists():
        return
    last = held.filter(until__lt=day).order_by("-until").values_list("until", flat=True).first()
    first = held.filter(since__gt=day).order_by("since").values_list("since", flat=True).first()
    names = {"person": person.name, "day": in_list(day)}
    if last:
        raise ValidationError(
            _(
                "%(person)s left on %(last)s and was not in service on %(day)s. Take the row off the list, or have "
                "the appointment corrected."
            )
            % {**names, "last": in_list(last)}
        )
    if first:
        raise ValidationError(
            _("%(person)s came on %(first)s, after %(day)s. Look whether it is somebody else of the same name.")
            % {**names, "first": in_list(first)}
        )
    if not person.active:
        raise ValidationError(
            _("%(person)s is not in service any more. Take the row off the list.") % {"person": person.name}
        )
