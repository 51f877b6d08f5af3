"""The work calendar in the admin, the clocks' log actions, and the daily look at the calendar."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from suite import audit
from suite.desk import DeskItem
from suite.periodic import PeriodicJob
from suite.roles import Role
from suite.roles.domain import user_has_role

from .domain.lifecycle import recompute_open
from .domain.queries import calendar
from .models import CalendarDay

# The State Council announces the next year's holidays about then.
LOOK_AHEAD = datetime.timedelta(days=60)

audit.declare("clock.start", _("Start clock"), _("Due %(after)s: %(how)s"))
audit.declare("clock.pause", _("Pause clock"), _("Paused until %(until)s; due %(after)s, was %(before)s"))
audit.declare("clock.resume", _("Let clock go on"), _("Goes on; due %(after)s, was %(before)s"))
audit.declare("clock.extend", _("Extend clock"), _("Extended by %(days)s days; due %(after)s, was %(before)s"))
audit.declare("clock.stop", _("Stop clock"), _("Stopped on %(on)s; due %(after)s"))
audit.declare("clock.recompute", _("Move due date"), _("Due %(after)s, was %(before)s"))


class CalendarDayViewSet(SnippetViewSet):
    """The office's own days, newest first."""

    model = CalendarDay
    icon = "calendar-alt"
    menu_label = _("Work calendar")
    menu_order = 611
    add_to_settings_menu = True
    list_display = ["date", BooleanColumn("working", label=_("working day"), sort_key="working"), "reason"]
    list_filter = ["working"]
    search_fields = ["reason"]


register_snippet(CalendarDayViewSet)


@hooks.register("register_roles")
def roles() -> list[Role]:
    actions = [f"clock.{action}_calendarday" for action in ("add", "change", "delete", "view")]
    return [Role("system_admin", permissions=[*actions, "clock.change_clocksettings"])]


@hooks.register("periodic_jobs")
def look_at_the_calendar(now: datetime.datetime) -> list[PeriodicJob]:
    """Once a day: a new edition of the State Council's calendar may have come with an update of the suite."""
    day = timezone.localdate(now)
    reason = gettext("the calendar of another year has become known")
    return [PeriodicJob(f"clock.recompute:{day}", lambda: recompute_open(reason), _("look at the work calendar"))]


@hooks.register("desk_items")
def calendar_ends(user: Any) -> Iterator[DeskItem]:
    """Somebody has to enter the next year's holidays before due dates reach into it."""
    today = timezone.localdate()
    if not user_has_role(user, "system_admin") or calendar().is_known(today + LOOK_AHEAD):
        return
    year = (today + LOOK_AHEAD).year
    yield DeskItem(
        key=f"clock.calendar:{year}",
        title=gettext("Enter the holidays of %(year)s in the work calendar") % {"year": year},
        url=reverse(CalendarDayViewSet().get_url_name("list")),
        reason=gettext("You are a system administrator; due dates in %(year)s are provisional until then.")
        % {"year": year},
        due=timezone.make_aware(datetime.datetime(year - 1, 12, 31, 12)),  # noqa: DTZ001
        plugin="clock",
    )
