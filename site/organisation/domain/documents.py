"""What the organisation looks like on paper: plates and seat cards (requirement A)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Appointment, Person, Unit
from organisation.permissions import user_can_see_organisation
from printing import Printable, Sheet
from printing.domain.plates import PostPlate, door_plate_sheet, post_plate_sheet
from printing.domain.seatcards import SeatCard, seat_card_sheet
from suite.theme.office import current_office

from .directory import published
from .queries import descendant_ids, people_of

# One card a sheet for somebody's own place, two for a whole unit's table.
_UNIT_CARDS = 2


def door_plate(unit: Unit) -> Sheet:
    office = current_office()
    return door_plate_sheet(
        unit=unit.name,
        issuer="" if unit.name == office.township_name else office.township_name,
        place=unit.address,
        phone=published(unit.phone),
        hours=office.hours,
        supervision_phone=office.supervision_phone,
    )


def post_plate(appointment: Appointment) -> Sheet:
    return _post_plates([appointment], _("Post plate: %(name)s") % {"name": appointment}, "post-plate")


def unit_post_plates(unit: Unit) -> Sheet:
    """A plate for everybody who holds a post in the unit today."""
    held = _appointments(unit)
    return _post_plates(held, _("Post plates: %(unit)s") % {"unit": unit}, "post-plates")


def seat_card(person: Person) -> Sheet:
    """A card for one person's place."""
    return seat_card_sheet([SeatCard(person.name)], title=_("Seat card: %(name)s") % {"name": person})


def unit_seat_cards(unit: Unit) -> Sheet:
    """Cards for everybody of the unit and the units below it."""
    return seat_card_sheet(
        [SeatCard(person.name) for person in people_of(unit)],
        per_sheet=_UNIT_CARDS,
        title=_("Seat cards: %(unit)s") % {"unit": unit},
        kind="seat-cards",
    )


def _appointments(unit: Unit) -> Iterable[Appointment]:
    held = Appointment.objects.on(localdate()).filter(post__unit__in=descendant_ids(unit))
    return held.select_related("person__photo", "post__unit")


def _post_plates(appointments: Iterable[Appointment], title: str, kind: str) -> Sheet:
    office = current_office()
    plates = [
        PostPlate(
            name=one.person.name,
            post=one.post.name,
            unit=one.post.unit.name,
            duties=one.post.duties,
            phone=published(one.person.work_phone or one.post.unit.phone),
            photo=one.person.photo.file.url if one.person.photo else "",
        )
        for one in appointments
    ]
    return post_plate_sheet(
        plates, title=title, issuer=office.township_name, supervision_phone=office.supervision_phone, kind=kind
    )


def _gone(row: Unit | Appointment) -> str:
    """Why no plate is made for what has ended."""
    if row.until is not None and row.until < localdate():
        return _("“%(name)s” has ended: nothing new is hung up for it.") % {"name": row}
    return ""


def _nobody_there(unit: Unit) -> str:
    if _gone(unit) or not people_of(unit).exists():
        return _("Nobody holds a post in “%(unit)s” today. Enter the appointments first.") % {"unit": unit}
    return ""


def _left(person: Person) -> str:
    return "" if person.active else _("“%(name)s” has left the township.") % {"name": person}


def _for_staff(kind: str, label: Any, model: type[Model], document: Any, refusal: Any) -> Printable:
    """A paper of the register: for who may read the register, and without a version, since nobody checks it."""
    rows = model._default_manager
    return Printable(
        kind=kind,
        label=label,
        model=model,
        document=document,
        find=lambda key: rows.filter(pk=key).first() if key.isascii() and key.isdigit() else None,
        keys=lambda: map(str, rows.order_by("pk").values_list("pk", flat=True)),
        user_can_print=lambda user, row: user is not None and user_can_see_organisation(user),
        traced=False,
        refusal=refusal,
    )


PRINTABLES = [
    _for_staff("door-plate", gettext_lazy("door plate"), Unit, door_plate, _gone),
    _for_staff("post-plates", gettext_lazy("post plates of the unit"), Unit, unit_post_plates, _nobody_there),
    _for_staff("seat-cards", gettext_lazy("seat cards of the unit"), Unit, unit_seat_cards, _nobody_there),
    _for_staff("post-plate", gettext_lazy("post plate"), Appointment, post_plate, _gone),
    _for_staff("seat-card", gettext_lazy("seat card"), Person, seat_card, _left),
]
