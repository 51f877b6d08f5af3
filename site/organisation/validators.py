"""What a unit, an appointment or a responsibility must keep to: shared by models, forms and import (requirement A)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from .enums import PARENTS, RESPONSIBLE_FOR, SETTLED, ResponsibilityKind, UnitKind

if TYPE_CHECKING:
    from .models import Absence, Appointment, Post, Responsibility, Unit

MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
PHONE = re.compile(r"[\d ()（）+-]{5,24}(?:[转,x] ?\d{1,6})?")


def public_phone(value: str) -> None:
    """A published number: a landline, an extension or a service number, never a mobile (privacy)."""
    if MOBILE.fullmatch(re.sub(r"[ ()（）-]", "", value)):
        raise ValidationError(_("This number is published, so it must not be a mobile number. Enter the landline."))
    if not PHONE.fullmatch(value):
        raise ValidationError(_("Enter a telephone number such as 0571-8800 1234 or 12345."))


def mobile(value: str) -> None:
    """A mainland mobile number of eleven digits."""
    if not MOBILE.fullmatch(re.sub(r"[ -]", "", value)):
        raise ValidationError(_("Enter a mobile number of eleven digits that begins with 1."))


def dates_in_order(row: Unit | Appointment | Responsibility | Absence) -> None:
    if row.since and row.until and row.until < row.since:
        raise ValidationError({"until": _("The last day lies before the first. Correct one of the two dates.")})


def unit_stands_where_it_may(unit: Unit) -> None:
    """The tree has no loops, each kind stands under a kind that may hold it, and only an empty unit is closed."""
    dates_in_order(unit)
    parent = unit.parent
    node = parent
    while node is not None:
        if node.pk is not None and node.pk == unit.pk:
            raise ValidationError({"parent": _("A unit cannot belong to itself or to a unit below it.")})
        node = node.parent
    allowed = PARENTS.get(unit.kind, ())
    if (parent.kind if parent else None) not in allowed:
        names = "、".join(str(UnitKind(kind).label) for kind in allowed if kind)
        raise ValidationError(
            {
                "parent": _("A %(kind)s belongs to one of: %(names)s. Choose such a unit.")
                % {"kind": unit.get_kind_display(), "names": names}
                if names
                else _("A %(kind)s stands at the top of the tree. Leave this empty.")
                % {"kind": unit.get_kind_display()}
            }
        )
    siblings = type(unit).objects.filter(parent=parent, name=unit.name, until__isnull=True).exclude(pk=unit.pk)
    if unit.until is None and siblings.exists():
        raise ValidationError({"name": _("There is already a unit of this name in the same place.")})
    if parent and parent.until and (unit.until is None or unit.until > parent.until):
        raise ValidationError(
            {
                "parent": _("%(unit)s was closed on %(day)s. Choose a unit that still exists.")
                % {"unit": parent, "day": parent.until}
            }
        )
    if unit.pk and unit.until:
        unit_closes_empty(unit)


def unit_closes_empty(unit: Unit) -> None:
    """Refuses a last day while units, people or responsibilities in the unit last longer."""
    from django.db.models import Q

    from .models import Appointment

    lasts = Q(until__isnull=True) | Q(until__gt=unit.until)
    left = [
        *unit.children.filter(lasts),
        *Appointment.objects.filter(lasts, post__unit=unit).select_related("person", "post__unit"),
        *unit.responsibilities.filter(lasts).select_related("person", "unit"),
    ]
    if left:
        raise ValidationError(
            {
                "until": _("%(unit)s cannot be closed yet. First move or end: %(left)s.")
                % {"unit": unit, "left": "、".join(map(str, left))}
            }
        )


def figures_belong_to_a_village(unit: Unit) -> None:
    """Population, households and distance are kept for villages and communities, with their date."""
    figures = [unit.population, unit.households, unit.distance_km]
    if unit.kind not in SETTLED and any(figure is not None for figure in figures):
        raise ValidationError({"population": _("Only a village or a community has these figures. Leave them empty.")})
    if (unit.population, unit.households) != (None, None) and unit.figures_as_of is None:
        raise ValidationError({"figures_as_of": _("Enter the date of the population figures.")})


def post_holds_its_people(post: Post) -> None:
    """The established number is not lowered below the people in office today, the unit not closed."""
    from .models import OrganisationSettings

    if not post.unit_id:
        return
    if post.unit.until and not post.pk:
        raise ValidationError(
            {
                "unit": _("%(unit)s was closed on %(day)s. Choose a unit that still exists.")
                % {"unit": post.unit, "day": post.unit.until}
            }
        )
    if not post.pk or post.established is None or OrganisationSettings.load().allow_over_established:
        return
    if (held := post.appointments.on().count()) > post.established:
        raise ValidationError(
            {"established": _("%(held)s people hold this post today. End an appointment first.") % {"held": held}}
        )


def unit_exists_throughout(row: Appointment | Responsibility, unit: Unit) -> None:
    """Refuses a period that begins before the unit does or goes on after it."""
    if unit.since and row.since < unit.since:
        raise ValidationError(
            {
                "since": _("%(unit)s exists only since %(day)s. Choose that day or a later one.")
                % {"unit": unit, "day": unit.since}
            }
        )
    if unit.until and (row.until is None or row.until > unit.until):
        raise ValidationError(
            {
                "until": _("%(unit)s was closed on %(day)s. Choose a unit that still exists, or end on that day.")
                % {"unit": unit, "day": unit.until}
            }
        )


def person_still_serves(row: Appointment | Responsibility) -> None:
    if row.until is None and not row.person.active:
        raise ValidationError(
            {"person": _("%(person)s no longer serves here. Mark the person as active first.") % {"person": row.person}}
        )


def appointment_fits(appointment: Appointment) -> None:
    """One person, one post: no overlap with itself, an existing unit, a free place (requirement A)."""
    from .models import Appointment, OrganisationSettings

    if not (appointment.person_id and appointment.post_id and appointment.since):
        return  # the fields themselves already say what is missing
    dates_in_order(appointment)
    post = appointment.post
    unit_exists_throughout(appointment, post.unit)
    person_still_serves(appointment)
    beside = (
        Appointment.objects.overlapping(appointment.since, appointment.until)
        .exclude(pk=appointment.pk)
        .select_related("person", "post__unit")
    )
    if twin := beside.filter(person=appointment.person, post=post).first():
        raise ValidationError(
            _("%(person)s already holds this post since %(day)s. End that appointment first, or change it.")
            % {"person": twin.person, "day": twin.since}
        )
    for other in beside.filter(person=appointment.person):
        if post.exclusive or other.post.exclusive:
            only, extra = (post, other.post) if post.exclusive else (other.post, post)
            raise ValidationError(
                _("Whoever is %(only)s holds no other post. First end or do without: %(extra)s.")
                % {"only": only, "extra": extra}
            )
    if not OrganisationSettings.load().allow_over_established:
        place_is_free(post, appointment, [*beside.filter(post=post)])


def place_is_free(post: Post, appointment: Appointment, others: list[Appointment]) -> None:
    """Refuses a holder beyond the established number on any day of the appointment.

    The number of holders only rises on somebody's first day, so those days are all that need counting.
    """
    if post.established is None:
        return
    for day in {max(appointment.since, other.since) for other in others} | {appointment.since}:
        holders = [other for other in others if other.since <= day and (other.until is None or other.until >= day)]
        if len(holders) >= post.established:
            raise ValidationError(
                {
                    "post": _(
                        "%(post)s has %(number)s established place(s), taken on %(day)s by %(names)s. End an "
                        "appointment, raise the number, or allow more in the organisation settings."
                    )
                    % {
                        "post": post,
                        "number": post.established,
                        "day": day,
                        "names": "、".join(str(holder.person) for holder in holders) or "—",
                    }
                }
            )


def responsibility_fits(responsibility: Responsibility) -> None:
    """The right kind of unit, no overlap with itself, and one person in charge of a unit at a time."""
    if not (responsibility.person_id and responsibility.unit_id and responsibility.since):
        return
    dates_in_order(responsibility)
    unit, kind = responsibility.unit, responsibility.kind
    if unit.kind not in RESPONSIBLE_FOR.get(kind, ()):
        raise ValidationError(
            {
                "unit": _("Nobody is put in charge of a natural village: choose the village above it.")
                if kind == ResponsibilityKind.IN_CHARGE
                else _("Cadres are stationed in or linked with villages and communities only.")
            }
        )
    unit_exists_throughout(responsibility, unit)
    person_still_serves(responsibility)
    beside = (
        unit.responsibilities.overlapping(responsibility.since, responsibility.until)
        .filter(kind=kind)
        .exclude(pk=responsibility.pk)
        .select_related("person")
    )
    if beside.filter(person=responsibility.person).exists():
        raise ValidationError(_("This responsibility is already recorded for that time. Change that row instead."))
    if kind == ResponsibilityKind.IN_CHARGE and (other := beside.first()):
        raise ValidationError(
            _("%(person)s is in charge of %(unit)s since %(day)s. Hand it over instead, or end that first.")
            % {"person": other.person, "unit": unit, "day": other.since}
        )


def absence_fits(absence: Absence) -> None:
    """One absence of a person at a time, of somebody in service, with a deputy who is there."""
    from .models import Absence

    if not (absence.person_id and absence.since):
        return  # the fields themselves already say what is missing
    dates_in_order(absence)
    lasts = absence.until is None or absence.until >= localdate()
    if lasts and not absence.person.active:
        raise ValidationError(
            {"person": _("%(person)s no longer serves here. Choose somebody in service.") % {"person": absence.person}}
        )
    meanwhile = Absence.objects.overlapping(absence.since, absence.until).exclude(pk=absence.pk)
    if other := meanwhile.filter(person=absence.person).first():
        raise ValidationError(
            _("%(person)s is away on these days already (%(days)s). Change that absence instead.")
            % {"person": other.person, "days": other.days}
        )
    if absence.deputy is None:
        return
    if absence.deputy == absence.person:
        raise ValidationError({"deputy": _("Nobody stands in for themselves. Choose somebody else, or nobody.")})
    if lasts and not absence.deputy.active:
        raise ValidationError(
            {
                "deputy": _("%(deputy)s no longer serves here. Choose somebody else, or nobody.")
                % {"deputy": absence.deputy}
            }
        )
    away = meanwhile.filter(person=absence.deputy)
    if agreed := Absence.objects.filter(pk=absence.pk, deputy=absence.deputy).first():
        # What the deputy was away for already is no reason to refuse another last day: their own deputy steps in.
        away = away.exclude(pk__in=[row.pk for row in Absence.objects.overlapping(agreed.since, agreed.until)])
    if other := away.first():
        raise ValidationError(
            {
                "deputy": _("%(deputy)s is away on some of these days (%(days)s). Choose somebody else, or nobody.")
                % {"deputy": absence.deputy, "days": other.days}
            }
        )
