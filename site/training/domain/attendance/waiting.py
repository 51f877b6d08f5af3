"""What attendance puts on somebody's desk: to take it, to sign in, to say how it was."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from suite.desk import DeskItem
from training.domain.lifecycle.attendance_window import EARLY, LATE
from training.enums import AttendanceState, EnrolmentState, SessionState
from training.models import Attendance, Session
from training.permissions import user_can_run

from .records import open_sessions

# How long somebody is asked what they thought of it.
ASKED = datetime.timedelta(days=7)


def desk_items(user: Any) -> Iterator[DeskItem]:
    """Lines for one account, four queries at most."""
    person = getattr(user, "person", None)
    if person is None:
        return
    now = timezone.now()
    yield from _to_take(user, person, now)
    for session in open_sessions(now).filter(enrolments__person=person, enrolments__state=EnrolmentState.ENROLLED):
        if not session.attendances.filter(person=person).exists():
            yield DeskItem(
                key=f"training.attend:{session.pk}",
                title=_("Sign in: %(course)s") % {"course": session.course.title},
                url=reverse("training_attend"),
                reason=_("You are enrolled; type the code on the screen in the room, or scan it."),
                due=session.window.until,
                plugin="training",
            )
    asked = Attendance.objects.filter(
        person=person,
        state=AttendanceState.RECORDED,
        answered=False,
        session__ends_at__lte=now,
        session__ends_at__gt=now - ASKED,
    )
    for row in asked.select_related("session__course"):
        yield DeskItem(
            key=f"training.feedback:{row.session_id}",
            title=_("Say how it was: %(course)s") % {"course": row.session.course.title},
            url=reverse("training_attend_own", args=[row.session.public_id]),
            reason=_("You were there. The answer is kept without your name."),
            due=None,
            plugin="training",
        )


def _to_take(user: Any, person: Any, now: datetime.datetime) -> Iterator[DeskItem]:
    """The trainer's, or where a guest teaches that of who is responsible and of the office."""
    mine = Q(trainer=person) | Q(trainer=None, course__contact=person)
    if user_can_run(user):
        mine |= Q(trainer=None)
    rows = Session.objects.filter(mine, state__in=(SessionState.PLANNED, SessionState.OPEN))
    for session in rows.filter(starts_at__lte=now + EARLY, ends_at__gt=now - LATE).select_related("course"):
        yield DeskItem(
            key=f"training.take:{session.pk}",
            title=_("Take the attendance: %(course)s") % {"course": session.course.title},
            url=reverse("training_attendance", args=[session.pk]),
            reason=_("You teach this session, or are responsible for it."),
            due=session.ends_at,
            plugin="training",
        )
