"""A session on its day: Tuesday, 24 November 2026, 9:00 to 10:30, and the people around it."""

import datetime
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.utils import timezone

from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Appointment, Person, Post, Responsibility, Unit
from suite.numbering.models import NumberSeries
from suite.roles.domain import group
from training.domain.attendance import codes
from training.domain.lifecycle import attendance_window
from training.enums import CourseKind, SessionState
from training.models import Course, Enrolment, Session, TrainingSettings

LONG_AGO = datetime.date(2020, 1, 1)
# The very beginning of a step of the rotating code.
NINE = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
PHONE = "13800000000"


def after(**time):
    """So long after nine."""
    return NINE + datetime.timedelta(**time)


def account(name, *roles):
    user = get_user_model().objects.create_user(name, f"{name}@example.com", "x")
    for role in roles:
        user.groups.add(group(role))
    return user


def person(name, user=None, unit=None, since=LONG_AGO, until=None):
    """Somebody who serves in the unit, with an account or without."""
    someone = Person.objects.create(name=name, user=user)
    if unit:
        place, _new = Post.objects.get_or_create(unit=unit, name="干部")
        Appointment.objects.create(person=someone, post=place, since=since, until=until)
    return someone


def township():
    """People, units and accounts; a study session open for sign-up, whose trainer is 顾明远."""
    here = SimpleNamespace()
    here.town = Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石桥镇")
    here.office = Unit.objects.create(parent=here.town, kind=UnitKind.OFFICE, name="党政办公室")
    here.upper = Unit.objects.create(parent=here.town, kind=UnitKind.VILLAGE, name="上塘村")
    here.lower = Unit.objects.create(parent=here.town, kind=UnitKind.VILLAGE, name="下塘村", order=1)
    names = {
        "trainer": ("顾明远", "cadre"),
        "contact": ("叶静怡", "cadre"),
        "runner": ("唐怀瑾", "efficiency_office"),
        "first": ("祁志强", "cadre"),
        "second": ("方旭", "cadre"),
        "third": ("蓝水根", "cadre"),
        "liaison": ("谭秀芝", "liaison"),
    }
    here.users = SimpleNamespace(**{key: account(key, role) for key, (_name, role) in names.items()})
    for key, (name, _role) in names.items():
        setattr(here, key, person(name, getattr(here.users, key), here.office))
    Responsibility.objects.create(
        person=here.liaison, unit=here.upper, kind=ResponsibilityKind.STATIONED, since=LONG_AGO
    )
    here.course = course(here)
    here.session = session(here)
    return here


def course(here, kind=CourseKind.STUDY, title="机关月度学习"):
    return Course.objects.create(title=title, kind=kind, unit=here.office, contact=here.contact)


def session(here, of=None, starts=NINE, state=SessionState.OPEN, **changes):
    values = {"trainer": here.trainer, "place": "三楼会议室", **changes}
    return Session.objects.create(
        course=of or here.course, state=state, starts_at=starts, ends_at=starts + datetime.timedelta(minutes=90),
        **values,
    )  # fmt: skip


def enrol(one, person=None, name="", village=None, phone=PHONE, **changes):
    values = {"phone": phone, "name_key": name} if name else {}
    return Enrolment.objects.create(session=one, person=person, name=name, village=village, **values, **changes)


def opened(here, one=None, minutes=15, now=NINE):
    return attendance_window.open_window(one or here.session, minutes, here.users.trainer, now)


def code(one, now=NINE):
    """The digits on the screen at that moment."""
    return codes.code_at(one, codes.step_at(now)).digits


def held(one):
    """The session closed as held, as `domain.lifecycle` would leave it."""
    one.to_held()
    one.save()
    return one


def series():
    """Certificates get numbers from 石培证."""
    chosen = NumberSeries.objects.create(prefix="石培证", purpose="培训证书", first_year=2026)
    TrainingSettings.objects.update_or_create(defaults={"certificate_series": chosen})
    return chosen
