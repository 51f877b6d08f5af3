"""Run inside a site's `manage.py shell`: people who are asked to read, a session that begins, one that is over."""

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from organisation.models import Person, Unit
from tests.journeys.approval_scene import newcomer
from training.domain.attendance import codes
from training.domain.lifecycle import courses, enrolments
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials import versions
from training.domain.reading import shown
from training.models import Course, Enrolment, MaterialPage, Question, Session

MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


def asked(title, name, password, quiz=""):
    """A newcomer is asked to read that material within a week; returns the right answers to a quiz."""
    person, material = newcomer(name, password), MaterialPage.objects.get(title=title)
    due, office = timezone.localdate() + 7 * DAY, _account("efficiency_office")
    lifecycle.ask(material, due, "新来的同志先学这一份。", office, people=[person])
    return {one.text: _right(one) for one in Question.objects.filter(quiz_version__quiz__title=quiz)}


def read_before(title, name, password):
    """A newcomer was asked to read that material and has confirmed it as it is; returns its page's number."""
    asked(title, name, password)
    person, material = Person.objects.get(name=name), MaterialPage.objects.get(title=title)
    version = versions.current(material)
    for part in shown.parts_of(version):
        shown.note(person, version, part)
    lifecycle.confirm(person, material, version.number)
    return {"page": material.pk}


def beginning(title, password, trainer, *names):
    """A course in the town hall that begins in a few minutes, the named ones enrolled; returns a code that was shown
    two minutes ago."""
    now, teacher = timezone.now(), newcomer(trainer, password)
    session = _session(title, "course", now + 5 * MINUTE, now, trainer=teacher, place="镇政府二楼会议室")
    for name in names:
        person = newcomer(name, password)
        enrolments.enrol(session, person, person.user)
    return {"old": codes.code_at(session, codes.step_at(now - 2 * MINUTE)).digits}


def yesterday(title, village, *names):
    """A course for villagers was held in a village yesterday; the named ones had signed up. Returns its day."""
    there, now = Unit.objects.get(name=village), timezone.now()
    before = now - 3 * DAY
    where = {"place": f"{village}文化礼堂", "village": there, "guest_trainer": "县茶叶站 林高工"}
    session = _session(title, "villagers", now - DAY, before, **where)
    for number, name in enumerate(names):
        enrolments.sign_up(Enrolment(session=session, name=name, phone=f"8813{number:04}", village=there), now=before)
    return {"day": timezone.localdate(session.starts_at).isoformat()}


def _session(title, kind, starts, planned, **values):
    office = _account("efficiency_office")
    course = Course.objects.create(
        title=title, kind=kind, unit=Unit.objects.get(name="党政办公室"), contact=office.person
    )
    session = Session(course=course, starts_at=starts, ends_at=starts + 90 * MINUTE, **values)
    return courses.open_sign_up(courses.plan(session, office, planned), office, planned)


def _account(name):
    return get_user_model().objects.get(username=name)


def _right(question):
    """What to choose or type: the texts of the right options, or one accepted answer."""
    if question.kind == "text":
        return question.accepted[:1]
    if question.kind == "truth":
        return [("对", "错")[number] for number in question.right]
    return [question.options[number] for number in question.right]
