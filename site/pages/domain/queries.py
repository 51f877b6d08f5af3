"""What the pages ask the database."""

import datetime

from pages.columns import ColumnStatus, column_status, with_last_update
from pages.models import OpenAffairsPage


def overdue_columns(today: datetime.date | None = None) -> list[tuple[OpenAffairsPage, ColumnStatus]]:
    """The live columns that should have been updated before today, the longest overdue first."""
    columns = with_last_update(OpenAffairsPage.objects.live())
    statuses = [(column, column_status(column, today)) for column in columns]
    return sorted((row for row in statuses if row[1].is_overdue), key=lambda row: -row[1].days_overdue)
