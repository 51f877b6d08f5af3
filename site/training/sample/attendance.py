"""Sessions that were held: five months of study, coaching, a course in a village, with who was there."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from organisation.models import Person
from suite.clock.domain import calendar
from suite.numbering.domain import keep_series
from suite.numbering.models import NumberSeries
from training.domain.attendance import codes
from training.domain.courses.checks import why_no_trainer
from training.domain.lifecycle import attendance, attendance_window, certificates, courses, feedback
from training.domain.lifecycle.attendance import Who
from training.enums import CourseKind, SessionState
from training.models import Course, Session, TrainingSettings

_SERIES = "石培证"
MONTHS = 5
# Of a hundred who are asked to come, so many do.
COME = 86
_DAY = datetime.timedelta(days=1)
_TEACHERS = ("shenyun", "leader", "shaowenmin", "leading_group", "head")
_STUDY = ("每月学习", "每月一次，学文件、学业务、学先进。", "镇政府三楼会议室")
_COACHING = ("季度业务辅导", "每季度一次，由分管领导讲本行业务的新要求和常见差错。", "镇政府二楼会议室")
_VILLAGE = ("返乡人员电商培训", "开网店、拍短视频、发货和售后，由县电商协会的老师讲。", "上塘村文化礼堂")
_VILLAGERS = ("祝财根", "祝月仙", "祝水生", "蓝秋菊", "石有田", "石小莲", "林木森", "司徒国华")
_SAID = ((5, "例子都是镇里的事，听得懂。"), (4, "再多讲讲实际操作。"), (5, ""), (4, "时间可以短一点。"), (3, ""))


def build(township: Any) -> None:
    """Who was there in the last months' study and coaching; a course for villagers three weeks ago.

    Where the course has held no session yet, some are planned here.
    """
    _choose_series(township)
    staff = _staff(township)
    study = _course(township, _STUDY, CourseKind.STUDY, "approver")
    coaching = _course(township, _COACHING, CourseKind.COACHING, "efficiency_office")
    for session in _past(study) or [_study(township, study, number) for number in range(1, MONTHS + 1)]:
        _held(township, session, staff)
    for session in _past(coaching) or [_plan(township, coaching, _COACHING[2], 52, township.people["shenyun"])]:
        _held(township, session, staff[::2])
    _in_the_village(township)


def _past(course: Course) -> list[Session]:
    return list(course.sessions.filter(ends_at__lt=timezone.now()).exclude(state=SessionState.CANCELLED))


def _study(township: Any, course: Course, number: int) -> Session:
    return _plan(township, course, _STUDY[2], 30 * number, township.people[_TEACHERS[number % len(_TEACHERS)]])


def _held(township: Any, session: Session, people: list[Person]) -> None:
    """By code where it is still to be closed; from the paper list where it was closed before that was keyed in."""
    if session.state != SessionState.HELD:
        _by_code(township, session, people)
        _close(township, session)
        return
    office, moment = township.user("efficiency_office"), session.ends_at + _DAY
    rows = [Who(person=one) for one in people if township.random.randrange(100) < COME]
    attendance.key_in(session, rows, timezone.localdate(session.starts_at), office, moment)
    attendance.count_heads(session, len(rows), office, "", moment)


def _in_the_village(township: Any) -> None:
    """A guest teaches, the list is signed on paper and keyed in by who serves the village; certificates follow."""
    office = township.user("efficiency_office")
    course = _course(township, _VILLAGE, CourseKind.VILLAGERS, "efficiency_office")
    session = _plan(
        township, course, _VILLAGE[2], 21, None,
        guest_trainer="县电商协会 王老师", village=township.units["shangtang"],
    )  # fmt: skip
    rows = [Who(name=name, of="上塘村") for name in _VILLAGERS]
    day = timezone.localdate(session.starts_at)
    attendance.key_in(session, rows, day, office, session.ends_at + _DAY)
    attendance.count_heads(session, len(rows) + 1, office, "一名村民旁听，没有签名。", session.ends_at)
    courses.close_as_held(session, office, session.ends_at + _DAY)
    made = certificates.issue_all(session, office)
    certificates.void(made[0], "姓名写错，已另发。", office)
    certificates.issue(made[0].attendance, office)


def _by_code(township: Any, session: Session, people: list[Person]) -> None:
    """Most type the code in the first minutes; who comes late is ticked; one was signed in by a colleague."""
    office, start = township.user("efficiency_office"), session.starts_at
    attendance_window.open_window(session, 15, office, start)
    came = [one for one in people if one.pk != session.trainer_id and township.random.randrange(100) < COME]
    for number, person in enumerate(came[:-1]):
        now = start + datetime.timedelta(seconds=12 * number)
        code = codes.code_at(session, codes.step_at(now)).digits
        attendance.attend(session, code, person.user, f"sample {person.pk}", now)
    attendance.tick(session, Who(person=came[-1]), office, start + datetime.timedelta(minutes=20))
    gone = session.attendances.order_by("pk")[2]
    attendance.strike(gone, "签到后离开，未参加学习。", office, start + datetime.timedelta(minutes=40))


def _close(township: Any, session: Session) -> None:
    office = township.user("efficiency_office")
    there = session.attendances.filter(state="recorded").select_related("person__user")
    attendance.count_heads(session, len(there), office, "", session.ends_at)
    courses.close_as_held(session, office, session.ends_at)
    for row, (rating, words) in zip(there, _SAID, strict=False):
        feedback.give(session, rating, words, user=row.person.user if row.person else None, now=session.ends_at)


def _plan(township: Any, course: Course, place: str, days_ago: int, trainer: Person | None, **changes: Any) -> Session:
    """Planned two weeks before, open for sign-up since; on the nearest working day before that on which nobody is
    hindered."""
    day = township.day(-days_ago)
    while not calendar().is_working_day(day):
        day -= _DAY
    starts = timezone.make_aware(datetime.datetime.combine(day, datetime.time(14, 30)))
    session = Session(
        course=course, starts_at=starts, ends_at=starts + datetime.timedelta(minutes=90), place=place, trainer=trainer,
        **changes,
    )  # fmt: skip
    if trainer is not None and why_no_trainer(session):
        session.trainer, session.guest_trainer = None, "县委党校 李老师"
    planned = starts - datetime.timedelta(days=14)
    courses.plan(session, township.user("efficiency_office"), planned)
    return courses.open_sign_up(session, township.user("efficiency_office"), planned)


def _course(township: Any, told: tuple[str, str, str], kind: str, contact: str) -> Course:
    title, about, _place = told
    values = {"about": about, "kind": kind, "unit": township.units["township"], "contact": township.people[contact]}
    return Course.objects.get_or_create(title=title, defaults=values)[0]


def _staff(township: Any) -> list[Person]:
    """Everybody with an account who has served for half a year, in one order on every machine."""
    since = township.day(-30 * (MONTHS + 1))
    people = [township.people[key] for key in sorted(township.people)]
    return [
        one for one in people
        if one.user_id and one.active and one.appointments.filter(since__lte=since, until=None).exists()
    ]  # fmt: skip


def _choose_series(township: Any) -> None:
    series = NumberSeries.objects.filter(prefix=_SERIES).first() or keep_series(
        NumberSeries(prefix=_SERIES, purpose="培训证书", first_year=timezone.localdate().year),
        township.user("system_admin"),
    )
    chosen, _new = TrainingSettings.objects.update_or_create(defaults={"certificate_series": series})
    township.keep(chosen)
