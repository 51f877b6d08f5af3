"""The days of the public hearings as a calendar that phones subscribe to."""

import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.enums import AFTER_THE_SESSION, HearingState
from hearings.models import Hearing
from suite.icalendar import Event, calendar
from suite.theme.office import current_office, outside_address

from .pages import addresses, public_hearings

# A session has no end in the record: calendars want one.
USUAL_LENGTH = datetime.timedelta(hours=2)
# What lies further back is on the page.
LOOK_BACK = datetime.timedelta(days=366)


def feed(request: Any = None) -> bytes:
    """Every public hearing with a day, from a year ago on. The number of queries does not grow with them."""
    hearings = list(
        public_hearings()
        .filter(starts_at__gte=timezone.now() - LOOK_BACK)
        .select_related("host")
        .annotate(announced=Count("notices"))
        .order_by("starts_at", "pk")
    )
    where = addresses(hearings, request)
    name = _("Hearings of %(office)s") % {"office": current_office(request).township_name}
    events = [_event(hearing, where.get(hearing.pk, "")) for hearing in hearings]
    return calendar(name, events, "-//Bianmin//Hearings//ZH")


def _event(hearing: Any, address: str) -> Event:
    return Event(
        uid=f"{hearing.public_id}@hearings.bianmin",
        title=_title(hearing),
        starts=hearing.starts_at,
        ends=hearing.held_at or hearing.starts_at + USUAL_LENGTH,
        changed=hearing.held_at or hearing.created_at,
        place=hearing.place,
        about="\n".join(filter(None, [hearing.reason and _("Reason: %s") % hearing.reason, hearing.about])),
        address=outside_address(address),
        status=_status(hearing),
        # Each notice replaces what was announced before; calling off is one change more.
        sequence=hearing.announced + (hearing.state in (HearingState.POSTPONED, HearingState.CANCELLED)),
    )


def _title(hearing: Hearing) -> str:
    """Calendars that ignore the status still show that nobody has to come."""
    if hearing.state in (HearingState.POSTPONED, HearingState.CANCELLED):
        return _("(%(state)s) %(title)s") % {"state": hearing.get_state_display(), "title": hearing.title}
    return hearing.title


def _status(hearing: Hearing) -> str:
    if hearing.state in (HearingState.CANCELLED, HearingState.POSTPONED):
        return "CANCELLED"
    settled = (HearingState.NOTIFIED, HearingState.FIXED, *AFTER_THE_SESSION)
    return "CONFIRMED" if hearing.state in settled else "TENTATIVE"
