"""What everybody may see of courses: those whose page is public, and their sessions (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.domain.queries import units
from organisation.enums import SETTLED
from organisation.models import Unit
from suite.icalendar import Event, calendar
from suite.slips.passes import Slips
from suite.theme.office import current_office, outside_address
from training.enums import EnrolmentState, SessionState
from training.models import CoursePage, Enrolment, Session

from .seasons import fits
from .seats import sign_up_ends, why_closed

# What lies further back is not in the calendar.
LOOK_BACK = datetime.timedelta(days=366)
SHAPES = {
    SessionState.PLANNED: "",
    SessionState.OPEN: "state-soon",
    SessionState.HELD: "state-done",
    SessionState.CANCELLED: "state-ended",
}


@dataclass(frozen=True)
class Line:
    """One session in a list. ``closed``: why nobody can sign up now; ``free``: seats left, None without limit."""

    session: Session
    address: str
    closed: str
    free: int | None

    @property
    def shape(self) -> str:
        return SHAPES[SessionState(self.session.state)]


def course_pages() -> QuerySet[CoursePage]:
    """The pages that everybody can read, newest first."""
    return CoursePage.objects.live().public().order_by("-first_published_at", "-pk")


def public_sessions() -> QuerySet[Session]:
    """Sessions of courses with a page that everybody can read."""
    found = Session.objects.filter(course__in=course_pages().order_by().values("course"))
    taken = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ENROLLED))
    return found.select_related("course__unit", "village", "trainer").annotate(taken=taken)


def addresses(request: Any = None) -> dict[int, str]:
    """Where the page of each public course is, by the course's key: one query for all."""
    found: dict[int, str] = {}
    for page in course_pages():
        found.setdefault(page.course_id, page.get_url(request) or "")
    return found


def coming(
    courses: Iterable[int] | None = None, village: int | None = None, season: str = "", request: Any = None
) -> list[Line]:
    """The public sessions that are still to come, cancelled ones as well, soonest first.

    ``courses``: keys of the courses to keep; ``village``: those held there, and those held for all; ``season``: one of
    `Season`. Three queries, however many there are.
    """
    now = timezone.now()
    rows = public_sessions().filter(ends_at__gt=now).order_by("starts_at", "pk")
    if courses is not None:
        rows = rows.filter(course__in=list(courses))
    if village is not None:
        rows = rows.filter(Q(village=village) | Q(village=None))
    where = addresses(request)
    return [
        line_of(row, where.get(row.course_id, ""), now)
        for row in rows
        if not season or fits(timezone.localdate(row.starts_at), row.course.returning, season)
    ]


def line_of(session: Any, address: str, now: datetime.datetime) -> Line:
    """``session`` as `public_sessions` gives it: no further query."""
    free = max(0, session.seats - session.taken) if session.seats else None
    return Line(session, address, _why_closed(session, free, now), free)


def _why_closed(session: Session, free: int | None, now: datetime.datetime) -> str:
    # Only where this matters it is asked again.
    return why_closed(session, now) if session.state != SessionState.OPEN or free == 0 else _ended(session, now)


def _ended(session: Session, now: datetime.datetime) -> str:
    return why_closed(session, now) if sign_up_ends(session) <= now else ""


def villages() -> QuerySet[Unit]:
    """Villages and communities that exist, in the office's order."""
    return units(kinds=SETTLED).order_by("order", "pk")


def feed(request: Any = None) -> bytes:
    """The days of all public sessions as a calendar; the number of queries does not grow with them."""
    rows = public_sessions().filter(starts_at__gte=timezone.now() - LOOK_BACK).order_by("starts_at", "pk")
    where = addresses(request)
    name = _("Training of %(office)s") % {"office": current_office(request).township_name}
    return calendar(name, [event(row, where.get(row.course_id, "")) for row in rows], "-//Bianmin//Training//ZH")


def one_event(session: Session, request: Any = None) -> bytes:
    """The day of one session as a calendar file."""
    address = addresses(request).get(session.course_id, "")
    return calendar(session.course.title, [event(session, address)], "-//Bianmin//Training//ZH")


def event(session: Session, address: str) -> Event:
    """The session for a calendar; one that was moved or cancelled replaces what the phone holds."""
    cancelled = session.state == SessionState.CANCELLED
    title = session.course.title
    told = [
        cancelled and _("Cancelled: %(reason)s") % {"reason": session.reason},
        bool(session.moved_reason) and not cancelled and _("Moved: %(reason)s") % {"reason": session.moved_reason},
        session.course.about,
    ]
    named = _("(%(state)s) %(title)s") % {"state": session.get_state_display(), "title": title}
    return Event(
        uid=f"{session.public_id}@training.bianmin",
        # Calendars that ignore the status still show that nobody has to come.
        title=named if cancelled else title,
        starts=session.starts_at,
        ends=session.ends_at,
        changed=session.changed_at,
        place=session.place,
        about="\n".join(str(line) for line in told if line),
        address=outside_address(address),
        status="CANCELLED" if cancelled else "TENTATIVE" if session.state == SessionState.PLANNED else "CONFIRMED",
        sequence=session.revision,
    )


def _found() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(person=None).select_related("session__course", "village")


SLIPS = Slips(_found, "training.own")
