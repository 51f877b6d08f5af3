"""Draws that wait for somebody: for the desk and for the clock."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from suite.draw.enums import AWAITING, OPEN, DrawState, SeedMode
from suite.draw.models import Draw


def results_due(now: datetime.datetime) -> QuerySet[Draw]:
    """Draws whose public result is out and has to be typed in by a witness, the oldest first."""
    return Draw.objects.filter(mode=SeedMode.RESULT, state=DrawState.FROZEN, due_at__lte=now).order_by("due_at")


def strings_overdue(now: datetime.datetime) -> QuerySet[Draw]:
    """Draws by strings whose time is over: they are void."""
    return Draw.objects.filter(mode=SeedMode.STRINGS, state__in=AWAITING, due_at__lt=now)


def with_office() -> QuerySet[Draw]:
    """Draws with which the efficiency office goes on: all that are open but wait for no public result."""
    waits_for_result = {"mode": SeedMode.RESULT, "state": DrawState.FROZEN}
    return Draw.objects.filter(state__in=OPEN).exclude(**waits_for_result).order_by("due_at")
