"""The sessions whose attendance somebody takes, in the order in which they are needed."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from training.enums import AttendanceState
from training.models import Session

PAST, COMING = datetime.timedelta(days=120), datetime.timedelta(days=30)
MOST = 60


@dataclass(frozen=True)
class Parts:
    """Sessions ``today``, those ``past`` (newest first) and those that come (nearest first); each has ``recorded``."""

    today: Sequence[Session]
    past: Sequence[Session]
    coming: Sequence[Session]


def by_day(sessions: QuerySet[Session]) -> Parts:
    """The sessions of the last four months and of the next one."""
    now = timezone.now()
    near = sessions.filter(starts_at__gte=now - PAST, starts_at__lte=now + COMING)
    rows = near.annotate(recorded=Count("attendances", filter=Q(attendances__state=AttendanceState.RECORDED)))
    today = timezone.localdate(now)
    days = [(timezone.localdate(one.starts_at), one) for one in rows]
    return Parts(
        today=[one for day, one in reversed(days) if day == today],
        past=[one for day, one in days if day < today][:MOST],
        coming=[one for day, one in reversed(days) if day > today][:MOST],
    )
