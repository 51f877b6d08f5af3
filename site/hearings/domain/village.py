"""What those who work for villages have to do for hearings: whom they serve, what is to be hung, their topics."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from hearings.enums import BEFORE_THE_SESSION, HearingState
from hearings.models import Hearing, Notice, Posting, Topic
from hearings.permissions import DECIDE, RUN
from organisation.domain.queries import units, villages_of
from organisation.enums import SETTLED
from organisation.models import Unit

from .notice_period import days_needed


@dataclass(frozen=True)
class ToPost:
    """One notice that hangs, or has to hang. ``missing``: villages of this person where it is not recorded yet;
    ``until``: the last day on which hanging it leaves the village the whole days between notice and session."""

    notice: Notice
    missing: list[Unit]
    posted: list[Posting]
    until: datetime.date

    @property
    def hearing(self) -> Hearing:
        return self.notice.hearing

    @property
    def is_over(self) -> bool:
        """Whether that day has passed: hung now, the notice is late in the villages that miss it."""
        return timezone.localdate() > self.until

    @property
    def is_announced(self) -> bool:
        """Whether page and a first paper were out in time, so that a late one changes nothing about the day."""
        return self.hearing.state != HearingState.PLANNED


def villages_for(user: Any) -> QuerySet[Unit]:
    """The villages and communities an account acts for: all for the efficiency office, else those it serves today."""
    if user.has_perm(RUN) or user.has_perm(DECIDE):
        return units(kinds=SETTLED)
    person = getattr(user, "person", None)
    return villages_of(person) if person else Unit.objects.none()


def to_post(villages: list[Unit]) -> list[ToPost]:
    """The notices in force of coming hearings, soonest first, with what these villages have still to hang."""
    notices = (
        Notice.objects.filter(replaced_at=None, hearing__state__in=BEFORE_THE_SESSION, hearing__begun_at=None)
        .filter(hearing__starts_at__gt=timezone.now())
        .select_related("hearing__host")
        .prefetch_related(Prefetch("postings", Posting.objects.select_related("village")))
        .order_by("hearing__starts_at", "pk")
    )
    return [_to_post(notice, villages) for notice in notices]


def _to_post(notice: Notice, villages: list[Unit]) -> ToPost:
    posted = list(notice.postings.all())
    hung = {posting.village_id for posting in posted}
    return ToPost(notice, [village for village in villages if village.pk not in hung], posted, last_day_to_post(notice))


def last_day_to_post(notice: Notice) -> datetime.date:
    """Hung on this day, the notice still leaves the whole days it needs before the session."""
    return timezone.localdate(notice.hearing.starts_at) - datetime.timedelta(days=days_needed(notice) + 1)


def topics_of(user: Any) -> QuerySet[Topic]:
    """What this account reported, newest first, with what became of each."""
    return Topic.objects.filter(reported_by=user).select_related(
        "village", "theme", "hearing", "answered_by", "merged_into__hearing", "merged_into__answered_by"
    )
