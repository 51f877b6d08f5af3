"""What courses mean to one person of the directory: what to come to, what was changed, whom to call."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.domain.queries import standing, villages_of
from organisation.models import Person, Unit
from suite.desk import DeskItem
from suite.theme.when import moment_in_short
from training.enums import CourseKind, EnrolmentState, News, SessionState
from training.models import Enrolment, Session
from training.permissions import user_can_key_in, user_can_run

from .checks import ON_THE_PLAN
from .public import Line, line_of, villages
from .seasons import last_known_festival
from .study import without_study

DAY = datetime.timedelta(days=1)
# Keys of lines that say of a session to come when it is, or that it was moved or has a seat free.
REMINDERS = ("training.courses.soon:", "training.courses.news:")
# Where who runs training plans and closes sessions: the address of their register in the admin.
SESSIONS = "training_session_modeladmin_index"
ON_THE_LIST = (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
# For so long a session that is over is still listed.
OVER = datetime.timedelta(days=90)


def sessions_for(person: Person, now: datetime.datetime | None = None) -> QuerySet[Session]:
    """Staff sessions to come, each with ``own`` (this person's row, a list) and ``taken``; two queries."""
    rows = Session.objects.filter(state__in=ON_THE_PLAN, ends_at__gt=now or timezone.now())
    return _with_own(rows.exclude(course__kind=CourseKind.VILLAGERS), person)


def to_come_to(person: Person, now: datetime.datetime | None = None) -> QuerySet[Session]:
    """Sessions that are not over in which this person has a seat, waits for one, or teaches; as `sessions_for`."""
    own = Enrolment.objects.filter(person=person, state__in=ON_THE_LIST)
    mine = Q(trainer=person) | Q(pk__in=own.values("session"))
    return _with_own(Session.objects.filter(mine, state__in=ON_THE_PLAN, ends_at__gt=now or timezone.now()), person)


def taught_by(person: Person, now: datetime.datetime | None = None) -> QuerySet[Session]:
    """What this person teaches or is responsible for, soonest first; what is over stays for three months."""
    mine = Q(trainer=person) | Q(course__contact=person)
    return _with_own(Session.objects.filter(mine, ends_at__gt=(now or timezone.now()) - OVER), person)


def served_by(user: Any) -> QuerySet[Unit]:
    """The villages that this account may sign people up for: whoever runs training all, others those they serve."""
    if user_can_run(user):
        return villages()
    person = getattr(user, "person", None)
    return villages().none() if person is None else villages_of(person).order_by("order", "pk")


def may_sign_up_villagers(user: Any) -> bool:
    """Whether this account may sign up villagers of one village at least."""
    return user_can_key_in(user) and served_by(user).exists()


def on_the_list_for(user: Any, session: Session) -> list[Enrolment]:
    """The villagers on the session's list for whom this account acts, in the order they came; with their villages."""
    if not user_can_key_in(user):
        return []
    rows = session.enrolments.filter(person=None, state__in=ON_THE_LIST).select_related("village__merged_into")
    served = None if user_can_run(user) else {one.pk for one in served_by(user)}
    found = rows.order_by("entered_at", "pk")
    return [one for one in found if served is None or (one.village and standing(one.village).pk in served)]


def to_key_in(person: Person, now: datetime.datetime | None = None) -> list[Line]:
    """Sessions for villagers that are still to come and were opened, soonest first; two queries, and one for each that
    is full. Also where sign-up is closed: who is on the list can still withdraw.

    ``person``: who signs others up. The lines have no address: that of the public page is of no use on the desk.
    """
    now = now or timezone.now()
    rows = Session.objects.filter(course__kind=CourseKind.VILLAGERS, state=SessionState.OPEN, starts_at__gt=now)
    return [line_of(row, "", now) for row in _with_own(rows, person)]


def _with_own(rows: QuerySet[Session], person: Person) -> QuerySet[Session]:
    own = Enrolment.objects.filter(person=person).exclude(state=EnrolmentState.WITHDRAWN)
    taken = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ENROLLED))
    rows = rows.select_related("course__unit", "village", "trainer").annotate(taken=taken)
    return rows.prefetch_related(Prefetch("enrolments", own, to_attr="own")).order_by("starts_at", "pk")


def to_call() -> QuerySet[Enrolment]:
    """Villagers who have to hear news of a session that is still to come (or was to be), soonest first."""
    rows = Enrolment.objects.filter(person=None, state__in=ON_THE_LIST).exclude(tell="")
    rows = rows.filter(Q(session__starts_at__gt=timezone.now()) | Q(session__moved_from__gt=timezone.now()))
    return rows.select_related("session__course", "village").order_by("session__starts_at", "entered_at", "pk")


def desk_items(user: Any) -> Iterator[DeskItem]:
    """Lines for one account, six queries at most and two for the office."""
    person = getattr(user, "person", None)
    if person is None:
        return
    now = timezone.now()
    yield from _news(person, now)
    yield from _tomorrow(person, now)
    yield from _without_trainer(person, now)
    for course, month in without_study(person, timezone.localdate(now)):
        yield _item(
            f"no-study:{course.pk}:{month:%Y-%m}",
            _("No study in month %(month)s: %(course)s")
            % {"month": date_format(month, "YEAR_MONTH_FORMAT"), "course": course},
            _("You are responsible for this course: plan a session, or close the one that was held."),
            reverse(SESSIONS if user_can_run(user) else "training_courses"),
            None,
        )
    if user_can_run(user):
        yield from _of_the_office(timezone.localdate(now))


def _of_the_office(today: datetime.date) -> Iterator[DeskItem]:
    if year := last_known_festival(today):
        yield _item(
            f"festival:{year}",
            _("“Back home for Spring Festival” knows the festival's day until %(year)s only") % {"year": year},
            _(
                "After that it lists the courses that are marked as for returning workers, and no others: mark those "
                "courses, and ask for a newer version of this site."
            ),
            reverse("training_courses"),
            None,
        )
    if number := to_call().count():
        yield _item(
            "calls",
            _("Call %(number)s villagers about their training") % {"number": number},
            _("A session was moved or cancelled, or a seat became free, and they have no desk."),
            reverse("training_courses_calls"),
            None,
        )


def _news(person: Person, now: datetime.datetime) -> Iterator[DeskItem]:
    titles = {
        News.MOVED: _("Moved to %(moment)s: %(course)s"),
        News.CANCELLED: _("Cancelled, was on %(moment)s: %(course)s"),
        News.SEAT: _("You have a seat on %(moment)s: %(course)s"),
    }
    rows = Enrolment.objects.filter(person=person, state__in=ON_THE_LIST, session__starts_at__gt=now).exclude(tell="")
    for one in rows.select_related("session__course"):
        session = one.session
        yield _item(
            f"news:{one.pk}:{one.tell}",
            titles[News(one.tell)] % {"moment": moment_in_short(session.starts_at), "course": session.course},
            _("You are on the list of this session: say that you have seen it."),
            reverse("training_courses_session", args=[session.pk]),
            session.starts_at,
        )


def _tomorrow(person: Person, now: datetime.datetime) -> Iterator[DeskItem]:
    ends = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + 2 * DAY
    seat = Q(enrolments__person=person, enrolments__state=EnrolmentState.ENROLLED)
    rows = Session.objects.filter(seat | Q(trainer=person), state__in=ON_THE_PLAN, starts_at__lt=ends, ends_at__gt=now)
    for session in rows.select_related("course").distinct():
        teaches = session.trainer_id == person.pk
        yield _item(
            f"soon:{session.pk}",
            _("Training %(moment)s: %(course)s, %(place)s")
            % {"moment": moment_in_short(session.starts_at), "course": session.course, "place": session.place},
            _("You teach this session.") if teaches else _("You are enrolled in this session."),
            reverse("training_courses_session", args=[session.pk]),
            session.starts_at,
        )


def _without_trainer(person: Person, now: datetime.datetime) -> Iterator[DeskItem]:
    rows = Session.objects.filter(course__contact=person, trainer=None, guest_trainer="", starts_at__gt=now)
    for session in rows.filter(state__in=(SessionState.PLANNED, SessionState.OPEN)).select_related("course"):
        yield _item(
            f"no-trainer:{session.pk}",
            _("Name a trainer: %(session)s") % {"session": session},
            _("The trainer of the series is away on that day, and you are responsible for this course."),
            reverse("training_courses_session", args=[session.pk]),
            session.starts_at,
        )


def _item(key: str, title: str, reason: str, url: str, due: datetime.datetime | None) -> DeskItem:
    return DeskItem(f"training.courses.{key}", title, url, reason, due, "training")
