"""How fresh a column of open affairs is (requirement R: columns have an update interval)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

if TYPE_CHECKING:
    from .models import OpenAffairsPage


@dataclass(frozen=True)
class ColumnStatus:
    """How fresh a column of open affairs is. ``due`` is the last day on which an update is still in time."""

    last_update: datetime.date | None
    due: datetime.date
    days_overdue: int

    @property
    def is_overdue(self) -> bool:
        return self.days_overdue > 0


def with_last_update(columns: QuerySet[OpenAffairsPage]) -> QuerySet[OpenAffairsPage]:
    """The columns, each with ``last_item_at``: when the newest live page below it was last published."""
    below = Page.objects.filter(live=True, path__startswith=OuterRef("path"), depth__gt=OuterRef("depth"))
    newest = below.filter(last_published_at__isnull=False).order_by("-last_published_at")
    return columns.annotate(last_item_at=Subquery(newest.values("last_published_at")[:1]))


def column_status(column: OpenAffairsPage, today: datetime.date | None = None) -> ColumnStatus:
    """How fresh the column is today (requirement R: columns have an update interval).

    Any page below it that is published or published again counts as an update. A column without one counts from
    the day it was itself published; one that was never published is not overdue.
    """
    today = today or timezone.localdate()
    if not hasattr(column, "last_item_at"):
        column = with_last_update(type(column).objects.filter(pk=column.pk)).get()
    started = column.last_item_at or column.first_published_at
    since = timezone.localtime(started).date() if started else today
    due = since + datetime.timedelta(days=column.update_interval_days)
    return ColumnStatus(
        last_update=since if column.last_item_at else None,
        due=due,
        days_overdue=max((today - due).days, 0),
    )
