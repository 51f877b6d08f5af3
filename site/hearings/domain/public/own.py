"""Somebody's own sign-up, found by its code and the last four digits of their phone."""

import datetime
import unicodedata

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from hearings.domain.minutes_checks import correction_time, takes_corrections
from hearings.enums import HearingState, SeatState
from hearings.models import Hearing, MinutesPage, Representative

DIGITS = 4
# For so long a page that was opened stays open on a telephone that may not be one's own.
OPEN_FOR = datetime.timedelta(hours=1)
_SALT = "hearings.own"
_BEFORE_THE_SESSION = (
    HearingState.COLLECTING, HearingState.PLANNED, HearingState.NOTIFIED, HearingState.FIXED, HearingState.POSTPONED,
)  # fmt: skip


def find_own(code: str, last_digits: str) -> Representative:
    """The sign-up with this code and phone. Raises ValidationError, which does not say which of the two is wrong."""
    one = _found().filter(code=_plain(code)).first()
    if one is None or not constant_time_compare(one.phone[-DIGITS:], _plain(last_digits)):
        raise ValidationError(
            _("No sign-up has this code and these last four digits. Look at the slip again, or call the office.")
        )
    return one


def pass_for(one: Representative) -> str:
    """What opens this sign-up for an hour, as part of an address."""
    return signing.dumps(one.pk, salt=_SALT)


def by_pass(text: str) -> Representative | None:
    """The sign-up a pass opens; None where it is not ours or an hour old."""
    try:
        pk = signing.loads(text, salt=_SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return _found().filter(pk=pk).first()


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


def _plain(typed: str) -> str:
    """Small letters and digits without blanks: a Chinese keyboard writes １２３４ as well as 1234."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).lower()


def _found() -> QuerySet[Representative]:
    """Of all hearings: an invited one may have a code before the notice is out."""
    return Representative.objects.select_related("hearing__host", "village")
