"""Every change to the organisation: locked, checked, written, audited, in one transaction (requirement A).

All functions raise ValidationError with a text that says what to do; nothing is half done then.
``user`` is who does it (None: the system). ``until`` and ``last_day`` are inclusive.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from organisation.enums import AppointmentKind, ResponsibilityKind
from organisation.models import Absence, Appointment, Person, Post, Responsibility, Unit
from suite import audit

DAY = datetime.timedelta(days=1)


def values(row: Model) -> dict[str, str]:
    """The row's fields in words, as the log shows them.

    Of a private mobile only the last two digits, of a note about somebody's absence only how long it is.
    """
    shown = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.primary_key or field.name == "sort_key" or value in ("", None):
            continue
        if field.name == "mobile":
            value = f"{'*' * 9}{value[-2:]}"
        elif field.name == "note":
            value = _("%(number)s characters") % {"number": len(value)}
        elif field.choices:
            value = getattr(row, f"get_{field.name}_display")()
        shown[str(field.verbose_name)] = str(value)
    return shown


def lock(*rows: Model) -> None:
    """Make two writers to the same rows wait for each other (SQLite: the transaction itself does)."""
    for row in rows:
        type(row)._default_manager.select_for_update().get(pk=row.pk)


@transaction.atomic
def save(row: Model, action: str, user: Any, reason: str = "", **data: Any) -> Any:
    """Check and write one row, with before and after in the log. Returns the row."""
    before = {}
    if row.pk:
        before = values(type(row)._default_manager.select_for_update().get(pk=row.pk))
    row.full_clean()
    row.save()
    after = values(row)
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    audit.record(
        row,
        action,
        user,
        before={key: before[key] for key in changed if key in before},
        after={key: after[key] for key in changed if key in after},
        changes="；".join(f"{key} {before.get(key, '—')} → {after.get(key, '—')}" for key in changed),
        **({"reason": reason} if reason else {}),
        **data,
    )
    return row


def add_unit(unit: Unit, user: Any) -> Unit:
    """Enter a new unit into the tree."""
    return save(unit, "organisation.add", user)


def correct(row: Unit | Post | Person | Appointment | Responsibility | Absence, user: Any, reason: str = "") -> Any:
    """Write a corrected row: a slip of the pen, a new telephone number, an earlier last day."""
    return save(row, "organisation.correct", user, reason)


def add(row: Post | Person, user: Any) -> Any:
    """Enter a new post or person."""
    return save(row, "organisation.add", user)


@transaction.atomic
def delete(row: Model, user: Any, reason: str = "") -> None:
    """Delete a row entered by mistake. Refused where others refer to it: end or close it instead."""
    try:
        audit.record(row, "organisation.delete", user, before=values(row), reason=reason)
        row.delete()
    except (ProtectedError, RestrictedError) as error:
        rows = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
        raise ValidationError(
            _("%(row)s cannot be deleted, because these refer to it: %(rows)s. End or close it instead.")
            % {"row": row, "rows": "、".join(sorted(map(str, rows)))}
        ) from error


def appoint(
    person: Person,
    post: Post,
    user: Any,
    since: datetime.date,
    until: datetime.date | None = None,
    kind: str = AppointmentKind.FULL,
    document: str = "",
) -> Appointment:
    """Put a person into a post. Refused where the unit is closed, no established place is free, or they hold it."""
    return enter(Appointment(person=person, post=post, since=since, until=until, kind=kind, document=document), user)


@transaction.atomic
def enter(row: Appointment | Responsibility, user: Any) -> Any:
    """Check and write a new appointment or responsibility that a form has filled in."""
    if isinstance(row, Appointment):
        lock(row.person, row.post)
        return save(row, "organisation.appoint", user, person=str(row.person), post=str(row.post))
    lock(row.person, row.unit)
    return save(row, "organisation.take_charge", user, person=str(row.person), unit=str(row.unit))


@transaction.atomic
def end(row: Appointment | Responsibility, last_day: datetime.date, user: Any, reason: str = "") -> Any:
    """Give an appointment or a responsibility its last day. One that has ended is corrected, not ended again."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if row.until is not None and row.until <= last_day:
        raise ValidationError(_("This ended on %(day)s already. Correct that day if it is wrong.") % {"day": row.until})
    row.until = last_day
    return save(row, "organisation.end", user, reason, until=str(last_day))


def end_appointment(appointment: Appointment, last_day: datetime.date, user: Any, reason: str = "") -> Appointment:
    """Relieve a person of a post; ``last_day`` is their last day in office."""
    return end(appointment, last_day, user, reason)


@transaction.atomic
def transfer(
    appointment: Appointment,
    post: Post,
    first_day: datetime.date,
    user: Any,
    kind: str | None = None,
    document: str = "",
) -> Appointment:
    """Move a person to another post: the old appointment ends the day before. Returns the new one."""
    end_appointment(appointment, first_day - DAY, user)
    return appoint(appointment.person, post, user, first_day, kind=kind or appointment.kind, document=document)


def take_charge(
    person: Person,
    unit: Unit,
    user: Any,
    since: datetime.date,
    until: datetime.date | None = None,
    kind: str = ResponsibilityKind.IN_CHARGE,
) -> Responsibility:
    """Put a person in charge 分管 of a unit, or station 驻村 or link 联村 them with a village."""
    return enter(Responsibility(person=person, unit=unit, kind=kind, since=since, until=until), user)


@transaction.atomic
def hand_over(responsibility: Responsibility, person: Person, first_day: datetime.date, user: Any) -> Responsibility:
    """Pass a responsibility on: the old one ends the day before. Returns the new one."""
    end(responsibility, first_day - DAY, user)
    return take_charge(person, responsibility.unit, user, first_day, kind=responsibility.kind)


@transaction.atomic
def record_absence(absence: Absence, user: Any) -> Absence:
    """Record that somebody is away, and who stands in. Refused where they are away already, or the deputy is."""
    lock(absence.person, *[absence.deputy] if absence.deputy else [])
    return save(absence, "organisation.absence", user, person=str(absence.person), days=absence.days)


@transaction.atomic
def end_absence(absence: Absence, last_day: datetime.date, user: Any, reason: str = "") -> Absence:
    """Give an absence another last day: back earlier, or away longer. Returns the absence as it is now."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if last_day < absence.since:
        raise ValidationError(
            {
                "last_day": _(
                    "This absence begins only on %(day)s. Choose that day or a later one; have the absence "
                    "deleted if nobody went away."
                )
                % {"day": absence.since}
            }
        )
    if last_day == absence.until:
        raise ValidationError({"last_day": _("That is the last day already. Choose another one.")})
    absence.until = last_day
    return save(absence, "organisation.absence_end", user, reason, until=str(last_day))


def lasting(rows: Any, last_day: datetime.date) -> Any:
    """The rows that go on after the day."""
    return rows.filter(Q(until__isnull=True) | Q(until__gt=last_day))


@transaction.atomic
def close_unit(
    unit: Unit, last_day: datetime.date, user: Any, reason: str = "", merged_into: Unit | None = None
) -> Unit:
    """Close a unit with everything in it: units below, appointments and responsibilities end on ``last_day``.

    The rows stay, so the past is still answered.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.until is not None and unit.until <= last_day:
        raise ValidationError(_("%(unit)s was closed on %(day)s already.") % {"unit": unit, "day": unit.until})
    for child in lasting(unit.children, last_day):
        close_unit(child, last_day, user, reason)
    for row in [
        *lasting(Appointment.objects.filter(post__unit=unit), last_day),
        *lasting(unit.responsibilities, last_day),
    ]:
        if row.since > last_day:
            raise ValidationError(
                _("%(row)s begins only on %(day)s. Delete it first, or close the unit later.")
                % {"row": row, "day": row.since}
            )
        end(row, last_day, user, reason)
    unit.until, unit.merged_into = last_day, merged_into
    return save(unit, "organisation.close", user, reason, until=str(last_day))


@transaction.atomic
def merge_units(units: list[Unit], into: Unit, last_day: datetime.date, user: Any, reason: str = "") -> Unit:
    """Merge units into one that goes on: they close on ``last_day``, what stood below them stands below it next day.

    Units below are entered anew under ``into`` so that the tree of last year stays as it was; who held a post in the
    merged units is appointed anew. Population and households are added up where all are known. Returns ``into``.
    """
    into = Unit.objects.select_for_update().get(pk=into.pk)
    if any(unit.pk == into.pk for unit in units):
        raise ValidationError(_("A unit cannot be merged into itself. Take it out of the list."))
    if not into.exists_on(last_day + DAY):
        raise ValidationError(
            _("%(unit)s does not exist on %(day)s. Choose a unit that goes on.") % {"unit": into, "day": last_day + DAY}
        )
    for unit in units:
        if unit.kind != into.kind:
            raise ValidationError(
                _("%(unit)s and %(into)s are of different kinds. Merge units of one kind.")
                % {"unit": unit, "into": into}
            )
        children = [*lasting(unit.children, last_day)]
        close_unit(unit, last_day, user, reason, merged_into=into)
        for child in children:
            old = Unit.objects.get(pk=child.pk)
            reborn = Unit(
                parent=into, kind=old.kind, name=old.name, short_name=old.short_name, duties=old.duties,
                phone=old.phone, address=old.address, order=old.order, since=last_day + DAY,
            )  # fmt: skip
            old.merged_into = add_unit(reborn, user)
            save(old, "organisation.correct", user, reason)
    for figure in ("population", "households"):
        known = [getattr(unit, figure) for unit in (into, *units)]
        if None not in known:
            setattr(into, figure, sum(known))
            into.figures_as_of = last_day
    return save(into, "organisation.merge", user, reason, units="、".join(map(str, units)))


@transaction.atomic
def leave(person: Person, last_day: datetime.date, user: Any, reason: str = "") -> Person:
    """A person leaves the township: everything they hold ends, their account closes, the history stays."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    for rows in (person.appointments, person.responsibilities):
        for row in lasting(rows.all(), last_day):
            end(row, last_day, user, reason)
    for absence in lasting(person.absences.filter(since__lte=last_day), last_day):
        end_absence(absence, last_day, user, reason)
    if person.user and person.user.is_active and last_day <= localdate():
        from .accounts import close_account

        close_account(person, user, reason)
    person.active = False
    return save(person, "organisation.leave", user, reason, until=str(last_day))
