"""Somebody's own sign-up, found by its code and the last four digits of their phone."""

import datetime

from django.db.models import QuerySet

from hearings.domain.minutes_checks import correction_time, takes_corrections
from hearings.enums import HearingState, SeatState
from hearings.models import Hearing, MinutesPage, Representative
from suite.slips.passes import Slips

_BEFORE_THE_SESSION = (
    HearingState.COLLECTING, HearingState.PLANNED, HearingState.NOTIFIED, HearingState.FIXED, HearingState.POSTPONED,
)  # fmt: skip


def can_withdraw(one: Representative) -> bool:
    """Whether stepping back is still possible: until the session begins."""
    holds = one.state in (SeatState.APPLIED, SeatState.WAITING, SeatState.SEATED)
    return holds and one.hearing.state in _BEFORE_THE_SESSION and not one.hearing.begun_at


def can_answer(one: Representative) -> bool:
    """Whether an invitation waits for an answer."""
    before = one.hearing.state in _BEFORE_THE_SESSION and not one.hearing.begun_at
    return one.state == SeatState.INVITED and before


def place_in_line(one: Representative) -> int | None:
    """How many steps away a seat is, 1 is next; None for who does not wait."""
    if one.state != SeatState.WAITING or one.place_in_line is None:
        return None
    before = one.hearing.representatives.filter(
        state=SeatState.WAITING, village=one.village, place_in_line__lt=one.place_in_line
    )
    return before.count() + 1


def can_correct(one: Representative) -> bool:
    """Whether this representative may say what is not as it was said: while the minutes are sent out for that."""
    return one.state == SeatState.SEATED and takes_corrections(one.hearing)


def last_day_to_correct(hearing: Hearing) -> datetime.date | None:
    """Until when corrections are taken; None where the minutes were not sent out."""
    clock = correction_time(hearing)
    return clock.due if clock else None


def draft_of(hearing: Hearing) -> MinutesPage | None:
    """The minutes as they are drafted now; names in them are masked."""
    page = MinutesPage.objects.filter(hearing=hearing).order_by("pk").first()
    return page.get_latest_revision_as_object() if page else None


def _found() -> QuerySet[Representative]:
    """Of all hearings: an invited one may have a code before the notice is out."""
    return Representative.objects.select_related("hearing__host", "village")


SLIPS = Slips(_found, "hearings.own")
