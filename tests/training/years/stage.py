"""Years of learning: single rows for one person, and whole units in bulk."""

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Site

from organisation.enums import UnitKind
from organisation.models import Appointment, Person, Post, Unit
from suite.roles.domain import group
from tests.training.town import LONG_AGO
from training.enums import (
    AttemptState,
    AttendanceState,
    AttendanceWay,
    CourseKind,
    QuizState,
    SessionState,
    ShadowingState,
    SkillLevel,
    SkillState,
    WritingKind,
    WritingState,
)
from training.models import (
    Answer,
    Attempt,
    Attendance,
    Course,
    MaterialIndexPage,
    MaterialPage,
    MaterialVersion,
    PersonSkill,
    Question,
    Quiz,
    QuizVersion,
    ReadingConfirmation,
    Requirement,
    Session,
    Shadowing,
    Skill,
    Writing,
)

HOUR = datetime.timedelta(hours=1)
PEOPLE_OF_A_UNIT = 12


def moment(day):
    """Nine o'clock on that day, 2026-03-05."""
    return timezone.make_aware(datetime.datetime.fromisoformat(f"{day}T09:00"))


def held(day, contact, unit, kind=CourseKind.STUDY, state=SessionState.HELD, **changes):
    """A session of that day, without a trainer unless one is given."""
    course, _new = Course.objects.get_or_create(
        kind=kind, defaults={"title": f"{CourseKind(kind).label}课", "unit": unit, "contact": contact}
    )
    starts = moment(day)
    return Session.objects.create(
        course=course, starts_at=starts, ends_at=starts + HOUR, place="镇政府三楼会议室", state=state, **changes
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
    course, _new = Course.objects.get_or_create(
        kind=CourseKind.COURSE, title="公文写作", defaults={"unit": seat, "contact": first}
    )
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
    Session.objects.bulk_create(
        [
            Session(
                course=course, starts_at=moment(f"{year}-03-12"), ends_at=moment(f"{year}-03-12") + HOUR,
                place="礼堂", trainer=one, state=SessionState.HELD,
            )
            for one in found[::PEOPLE_OF_A_UNIT]
        ]
    )  # fmt: skip
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
    first_day = datetime.date(year, 6, 1)
    Shadowing.objects.bulk_create(
        [
            Shadowing(
                person=one, since=first_day, until=first_day, unit=seat, host="领班", purpose="学习。",
                state=list(ShadowingState)[one.pk % 5],
            )
            for one in found
        ]
    )  # fmt: skip
    _read_and_passed(found)
    return found


def ask_all(materials, quizzes, year=2026):
    """So many materials in three versions and so many quizzes of five questions, asked of all cadres."""
    home, cadre = Site.objects.get(is_default_site=True).root_page, group("cadre")
    index = home.add_child(instance=MaterialIndexPage(title="学习资料", live=False))
    asked_at = moment(f"{year}-09-01")
    for number in range(materials):
        page = index.add_child(instance=MaterialPage(title=f"材料{number}", kind="document", live=False))
        MaterialVersion.objects.bulk_create(
            [
                MaterialVersion(
                    material=page, number=each, matters=each != 2, published_at=moment(f"{year}-08-0{each}")
                )
                for each in (1, 2, 3)
            ]
        )
        due = asked_at.date() + datetime.timedelta(days=1 + number % 90)
        asked = Requirement.objects.create(material=page, due=due, reason="上级要求", asked_at=asked_at)
        asked.roles.set([cadre])
    for number in range(quizzes):
        quiz = Quiz.objects.create(
            title=f"测验{number}", due_on=asked_at.date(), state=QuizState.OPEN, opened_at=asked_at
        )
        quiz.roles.set([cadre])
        version = QuizVersion.objects.create(quiz=quiz, number=1, issued_at=asked_at)
        Question.objects.bulk_create(
            [Question(quiz_version=version, number=each, text="对吗？", right=[0]) for each in range(1, 6)]
        )


def _read_and_passed(people):
    """Everybody confirms the newest version of half of the materials and the first of the rest; takes each quiz."""
    versions = list(MaterialVersion.objects.order_by("material", "number"))
    ReadingConfirmation.objects.bulk_create(
        [
            ReadingConfirmation(person=one, version=each)
            for one in people
            for each in versions
            if each.number == (3 if (one.pk + each.material_id) % 2 else 1)
        ],
        batch_size=5000,
    )
    questions = list(Question.objects.select_related("quiz_version").order_by("quiz_version", "number"))
    tries = Attempt.objects.bulk_create(
        [
            Attempt(quiz_id=each.quiz_id, quiz_version=each, person=one, number=1, state=AttemptState.ENDED)
            for one in people
            for each in {question.quiz_version for question in questions}
        ],
        batch_size=5000,
    )
    Answer.objects.bulk_create(
        [
            Answer(attempt=one, question=each, place=each.number, given=[0], correct=each.number > 1)
            for one in tries
            for each in questions
            if each.quiz_version_id == one.quiz_version_id
        ],
        batch_size=5000,
    )
