"""What the pages ask the database."""

import datetime

from wagtail.models import Page
from wagtail.query import PageQuerySet

from pages.columns import ColumnStatus, column_status, with_last_update
from pages.models import NoticePage, OpenAffairsPage


def overdue_columns(today: datetime.date | None = None) -> list[tuple[OpenAffairsPage, ColumnStatus]]:
    """The live columns that should have been updated before today, the longest overdue first."""
    columns = with_last_update(OpenAffairsPage.objects.live())
    statuses = [(column, column_status(column, today)) for column in columns]
    return sorted((row for row in statuses if row[1].is_overdue), key=lambda row: -row[1].days_overdue)


def public_notices(section: Page) -> PageQuerySet:
    """The notices that anyone may read in a section and in the sections below it, newest first."""
    return NoticePage.objects.descendant_of(section).live().public().order_by("-first_published_at", "-pk")
