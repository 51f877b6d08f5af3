"""What courses give to the suite: the log's actions, sessions that come by themselves, desk, pages, papers."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from printing import Printable
from search.kinds import SearchKind
from suite import audit
from suite.clock.domain import calendar
from suite.desk import DeskItem, DeskLink
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from suite.theme import HomeTile
from suite.theme.when import moment_in_short
from training.domain.courses import own
from training.domain.courses.own import SESSIONS
from training.domain.courses.papers import course_papers
from training.domain.courses.public import coming
from training.domain.courses.series import due_slots
from training.domain.lifecycle.courses import make_from_series
from training.models import CoursePage
from training.permissions import user_can_key_in, user_can_learn, user_can_run
from training.urls import courses as urls

_CHANGE = _("%(before)s → %(after)s")

audit.declare("training.plan_session", _("Plan a session"), _("Begins %(begins)s, %(place)s"))
audit.declare("training.open_session", _("Open sign-up"), _CHANGE)
audit.declare("training.change_session", _("Change a session"), _("%(changes)s"))
audit.declare("training.move_session", _("Move a session"), _("%(moved)s"))
audit.declare("training.cancel_session", _("Cancel a session"), _CHANGE)
audit.declare("training.hold_session", _("Close a session as held"), _CHANGE)
audit.declare("training.enrol", _("Enrol"), _("Now: %(after)s"))
audit.declare("training.move_up", _("Move up from the waiting list"), _CHANGE)
audit.declare("training.withdraw", _("Withdraw"), _CHANGE)
audit.declare("training.tell", _("Tell the news"), _("Told: %(news)s"))


@hooks.register("periodic_jobs")
def sessions_of_series(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Each turn of a series once, also where nothing ran for a while."""
    for slot in due_slots(now, calendar()):
        key = f"training.series:{slot.rule.pk}:{slot.first:%Y-%m}"
        yield PeriodicJob(key, partial(make_from_series, slot, now), _("Planning the session of a series"))


@hooks.register("register_urls")
def course_addresses() -> list[Any]:
    """The desk's, and those that everybody may open."""
    return [path("desk/training/", include(urls.desk)), path("training/", include(urls.public))]


@hooks.register("permission_rows")
def course_permissions() -> list[PermissionRow]:
    """Everybody may open the public ones; what belongs to one person needs their code as well."""
    special = {
        "training_courses_calls": user_can_run,
        "training_courses_key_in": user_can_key_in,
        "training_courses_withdraw_villager": user_can_key_in,
    }
    rows = [PermissionRow(str(one.name), special.get(str(one.name), user_can_learn)) for one in urls.desk]
    return [*rows, *(PermissionRow(str(one.name), lambda user: True) for one in urls.public)]


@hooks.register("desk_items")
def news_of_courses(user: Any) -> Iterator[DeskItem]:
    return own.desk_items(user)


@hooks.register("training_ways")
def way_to_courses(user: Any) -> Iterator[DeskLink]:
    if user_can_learn(user):
        yield DeskLink(_("Courses and study"), reverse("training_courses"), 20)
    if user_can_run(user):
        yield DeskLink(_("Plan courses and sessions"), reverse(SESSIONS), 21)


@hooks.register("search_kinds")
def courses_found() -> list[SearchKind]:
    return [SearchKind("course", _("course for villagers"), CoursePage)]


@hooks.register("register_printables")
def posters() -> list[Printable]:
    return course_papers()


@hooks.register("home_tiles")
def next_training(request: Any) -> Iterator[HomeTile]:
    """The next session that one can still sign up for."""
    line = next((one for one in coming(request=request) if not one.closed and one.address), None)
    if line is not None:
        session = line.session
        title = gettext("Training on %(day)s: %(course)s") % {
            "day": moment_in_short(timezone.localtime(session.starts_at)),
            "course": session.course,
        }
        yield HomeTile(title, line.address, session.place, kind="today", order=40)
