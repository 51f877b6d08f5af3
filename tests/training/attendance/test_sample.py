"""The sample township has held sessions: through the rules, of the past, adding up, and they go away again."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail import hooks

from demo.domain.build import build
from demo.domain.remove import remove
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


def test_it_goes_away_again(sample):
    with transaction.atomic():
        remove()
        assert not Attendance.objects.exists()
        assert not Session.objects.exists()
        transaction.set_rollback(True)
