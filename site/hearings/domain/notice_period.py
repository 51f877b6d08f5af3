"""Seven whole days between the later of page and paper, and the day of the session (requirement H).

The period is that of the notice in force (`current_notice`). The number of days is fixed when the notice is made, so
that a change of the settings neither shortens nor lengthens a notice that is out.
"""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.enums import HearingState
from hearings.models import LEAST_NOTICE_DAYS, Hearing, HearingNoticePage, Notice
from suite.clock.domain import whole_days_between
from suite.theme.dates import in_full

from .settings import notice_days


def earliest_day(today: datetime.date) -> datetime.date:
    """The first day a session can be on, if page and paper are out on `today`."""
    return today + datetime.timedelta(days=notice_days() + 1)


def why_earliest(today: datetime.date) -> str:
    """The earliest day and why, for the form."""
    return _(
        "The earliest possible day is %(day)s: if the notice is published and hung today (%(today)s), "
        "%(days)s whole days lie in between. Every day the notice is late moves it by one."
    ) % {"day": in_full(earliest_day(today)), "today": in_full(today), "days": notice_days()}


def current_notice(hearing: Hearing) -> Notice | None:
    """The notice in force; None before planning, and after postponing or cancelling."""
    return hearing.notices.filter(replaced_at=None).first()


def facts_of(hearing: Hearing) -> dict[str, object]:
    """What a notice made now would announce."""
    return {
        "starts_at": hearing.starts_at.isoformat() if hearing.starts_at else "",
        "place": hearing.place,
        "topics": sorted(hearing.topics.values_list("pk", flat=True)),
        "days": notice_days(),
    }


def says_what_is_planned(notice: Notice, hearing: Hearing) -> bool:
    """Whether time, place and topics of the record are still those of the notice."""
    said, now = dict(notice.facts), facts_of(hearing)
    begins = said.pop("starts_at", "")
    now.pop("starts_at")
    same_time = bool(begins) and datetime.datetime.fromisoformat(begins) == hearing.starts_at
    return same_time and {**said, "days": 0} == {**now, "days": 0}


def is_announced(notice: Notice | None) -> bool:
    """Whether anybody outside can have seen it, on the page or on paper."""
    return notice is not None and (notice.page_at is not None or notice.postings.exists())


def first_posted_at(notice: Notice) -> datetime.datetime | None:
    """When it first hung on paper or was broadcast."""
    return notice.postings.order_by("posted_at").values_list("posted_at", flat=True).first()


def complete_at(notice: Notice) -> datetime.datetime | None:
    """The later of page and first paper; None while one of them is missing."""
    posted = first_posted_at(notice)
    return max(notice.page_at, posted) if notice.page_at and posted else None


def days_needed(notice: Notice) -> int:
    """Whole days that this notice has to be out before the session."""
    return max(LEAST_NOTICE_DAYS, int(notice.facts.get("days", 0)))


def days_given(hearing: Hearing) -> int | None:
    """Whole days between the complete notice and the session day; None while page or paper is missing."""
    notice = current_notice(hearing)
    return _given(notice, hearing) if notice else None


def public_page(hearing: Hearing) -> HearingNoticePage | None:
    """The notice page that everybody can read now."""
    return HearingNoticePage.objects.filter(hearing=hearing).live().public().first()


def is_too_late(hearing: Hearing) -> bool:
    """Whether a planned hearing can no longer be announced in time: only postponing and cancelling are left."""
    if hearing.state != HearingState.PLANNED or hearing.starts_at is None:
        return False
    notice = current_notice(hearing)
    if notice is None:
        return False
    now = timezone.now()
    since = max(notice.page_at or now, first_posted_at(notice) or now)
    return whole_days_between(since, hearing.starts_at) < days_needed(notice)


def missing_notice(hearing: Hearing) -> str:
    """What is wanting to the notice of a hearing, and what to do; '' where it was complete in time."""
    notice = current_notice(hearing)
    if notice is None or hearing.starts_at is None:
        return _("This hearing has no day yet, or lost it: plan it, publish its notice page and hang the notice.")
    if not says_what_is_planned(notice, hearing):
        return _(
            "Time, place or topics are no longer what was announced: change them with a reason, and announce anew."
        )
    if is_too_late(hearing):
        return too_late(hearing)
    if hearing.begun_at is None and (notice.page_at is None or public_page(hearing) is None):
        return _(
            "The notice page is not public: publish it, or publish it again after a change. The days run from then."
        )
    given = _given(notice, hearing)
    if given is None:
        return _("The notice hangs nowhere yet: record a signed poster or broadcast. The days run from then.")
    return too_late(hearing) if given < days_needed(notice) else ""


def too_late(hearing: Hearing) -> str:
    """Why the day cannot be kept, and the only moves that are left."""
    notice = current_notice(hearing)
    needed = days_needed(notice) if notice else notice_days()
    return _(
        "Between the later of page and paper and the session on %(day)s at least %(needed)s whole days must lie, and "
        "they no longer do. Postpone or cancel the hearing; either is made public with the reason."
    ) % {"day": in_full(hearing.starts_at), "needed": needed}


def _given(notice: Notice, hearing: Hearing) -> int | None:
    since = complete_at(notice)
    return whole_days_between(since, hearing.starts_at) if since and hearing.starts_at else None
