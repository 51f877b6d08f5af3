"""The sample township has held sessions: through the rules, of the past, adding up, and they go away again."""

import datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail import hooks

from demo.domain.build import build
from demo.domain.remove import remove
from organisation.models import Person
from training.domain.attendance.facts import for_people
from training.domain.attendance.records import missing_to_close
from training.enums import AttendanceState, AttendanceWay, CertificateState, SessionState
from training.models import Attendance, Certificate, Session
from training.sample import attendance

PARTS = ("organisation.", "suite.theme.")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        hooks.search_for_hooks()
        builders = [one for one in hooks._hooks["build_demo"] if one[0].__module__.startswith(PARTS)]
        patch.setitem(hooks._hooks, "build_demo", [*builders, (attendance.build, 100)])
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def sample(built, db):
    return built


def test_all_were_held_on_past_days_and_add_up(sample):
    found = list(Session.objects.order_by("starts_at"))
    assert len(found) == attendance.MONTHS + 2
    assert {one.state for one in found} == {SessionState.HELD}
    assert all(one.ends_at < timezone.now() for one in found)
    assert [missing_to_close(one) for one in found] == [[]] * len(found)


def test_every_way_of_being_there_and_being_struck_out_occurs(sample):
    assert set(Attendance.objects.values_list("way", flat=True)) == set(AttendanceWay)
    assert Attendance.objects.filter(state=AttendanceState.STRUCK).count() == attendance.MONTHS + 1
    assert set(Certificate.objects.values_list("state", flat=True)) == set(CertificateState)


def test_most_cadres_have_studied_in_several_months(sample):
    people = {row.person for row in Attendance.objects.exclude(person=None).select_related("person")}
    days = [timezone.now() - datetime.timedelta(days=365 * years) for years in (0, 1)]
    months = [sum(len(for_people([one], day.year)[one.pk].study_months) for day in days) for one in people]
    assert len(people) > 12
    assert sum(months) / len(months) > attendance.MONTHS / 2


def test_what_was_closed_before_its_list_came_is_keyed_in(sample):
    everybody_comes = SimpleNamespace(randrange=lambda most: 0)
    town = SimpleNamespace(random=everybody_comes, user=lambda key: get_user_model().objects.get(username=key))
    with transaction.atomic():
        session = Session.objects.filter(course__kind="study").latest("starts_at")
        session.attendances.all().delete()
        people = list(Person.objects.filter(user__username__in=["cadre", "qizhiqiang", "luyao"]))
        attendance._held(town, session, people)
        assert list(session.attendances.values_list("way", flat=True)) == [AttendanceWay.PAPER] * 3
        assert missing_to_close(session) == []
        transaction.set_rollback(True)


def test_it_goes_away_again(sample):
    with transaction.atomic():
        remove()
        assert not Attendance.objects.exists()
        assert not Session.objects.exists()
        transaction.set_rollback(True)
