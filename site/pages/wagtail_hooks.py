"""What the pages tell the rest of the suite."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from suite.desk import DeskItem

from .domain.queries import overdue_columns


@hooks.register("register_urls")
def addresses() -> list[Any]:
    return [path("", include("pages.urls"))]


@hooks.register("desk_items")
def overdue_columns_of(user: Any) -> Iterator[DeskItem]:
    """Overdue columns of open affairs, for everyone who may edit them (requirement R)."""
    for column, status in overdue_columns():
        if not column.permissions_for_user(user).can_edit():
            continue
        yield DeskItem(
            key=f"pages.overdue:{column.pk}",
            title=_("Update the column %(title)s") % {"title": column.title},
            url=reverse("wagtailadmin_explore", args=[column.pk]),
            reason=ngettext(
                "You may edit it; it is %(number)d day overdue.",
                "You may edit it; it is %(number)d days overdue.",
                status.days_overdue,
            )
            % {"number": status.days_overdue},
            due=timezone.make_aware(datetime.datetime.combine(status.due, datetime.time.max)),
            plugin="pages",
        )
