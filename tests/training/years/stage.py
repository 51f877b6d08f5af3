"""Years of learning: single rows for one person, and whole units in bulk."""

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from organisation.enums import UnitKind
from organisation.models import Appointment, Person, Post, Unit
from suite.roles.domain import group
from tests.training.town import LONG_AGO
from training.enums import (
    AttendanceState,
    AttendanceWay,
    CourseKind,
    SessionState,
    SkillLevel,
    SkillState,
    WritingKind,
    WritingState,
)
from training.models import Attendance, Course, PersonSkill, Session, Skill, Writing

HOUR = datetime.timedelta(hours=1)
PEOPLE_OF_A_UNIT = 12


def moment(day):
    """Nine o'clock on that day, 2026-03-05."""
    return timezone.make_aware(datetime.datetime.fromisoformat(f"{day}T09:00"))


def held(day, contact, unit, kind=CourseKind.STUDY, state=SessionState.HELD):
    """A session of that day."""
    course, _new = Course.objects.get_or_create(
        kind=kind, defaults={"title": f"{CourseKind(kind).label}课", "unit": unit, "contact": contact}
    )
    starts = moment(day)
    return Session.objects.create(
        course=course, starts_at=starts, ends_at=starts + HOUR, place="镇政府三楼会议室", state=state
    )


def attended(person, session, state=AttendanceState.RECORDED):
    """The person was there."""
    return Attendance.objects.create(
        session=session, person=person, name=person.name, way=AttendanceWay.PAPER, state=state
    )


def written(person, kind=WritingKind.NOTE, state=WritingState.ACCEPTED, year=2026, title="走访体会"):
    """A note or an article."""
    return Writing.objects.create(person=person, kind=kind, year=year, title=title, state=state)


def grow(seat, units, year=2026):
    """So many more units of PEOPLE_OF_A_UNIT cadres with a whole year of learning; returns the people."""
    first = Person.objects.order_by("pk").first()
    sessions = list(Session.objects.filter(course__kind=CourseKind.STUDY, starts_at__year=year))
    if not sessions:
        sessions = [held(f"{year}-{month:02}-10", first, seat) for month in range(1, 11)]
    skills = [Skill.objects.get_or_create(name=name)[0] for name in ("急救", "手语")]
    cadre, found = group("cadre"), []
    for _number in range(units):
        unit = Unit.objects.create(
            parent=seat, name=f"第{Unit.objects.count()}服务队", kind=UnitKind.OFFICE, since=LONG_AGO
        )
        post = Post.objects.create(unit=unit, name="干事")
        names = [f"gb{unit.pk}-{place}" for place in range(PEOPLE_OF_A_UNIT)]
        users = get_user_model().objects.bulk_create([get_user_model()(username=name) for name in names])
        cadre.user_set.add(*users)
        people = Person.objects.bulk_create(
            [Person(name=f"干部{user.pk}", sort_key=f"gan bu {user.pk:06}", user=user) for user in users]
        )
        Appointment.objects.bulk_create([Appointment(person=one, post=post, since=LONG_AGO) for one in people])
        found += people
    now = timezone.now()
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, person=one, name=one.name, way=AttendanceWay.PAPER)
            for one in found
            for session in sessions[: 5 + one.pk % 6]
        ]
    )
    Writing.objects.bulk_create(
        [
            Writing(person=one, kind=kind, year=year, title="体会", state=WritingState.ACCEPTED)
            for one in found
            for kind in list(WritingKind)[: 1 + one.pk % 2]
        ]
    )
    PersonSkill.objects.bulk_create(
        [
            PersonSkill(
                person=one, skill=skill, level=SkillLevel.USES, proof="做过", state=SkillState.CONFIRMED, decided_at=now
            )
            for one in found
            for skill in skills[: one.pk % 3]
        ]
    )
    return found
