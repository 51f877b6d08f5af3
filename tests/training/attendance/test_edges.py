"""Where a rule of attendance just holds and where it just does not."""

import datetime

import pytest

from organisation.enums import ResponsibilityKind
from organisation.models import Appointment, Responsibility
from tests.refusals import refusal
from tests.training.attendance import staging
from training.domain.attendance import codes
from training.domain.attendance.access import user_can_key_in_for
from training.domain.lifecycle import attendance
from training.domain.lifecycle.attendance import Who
from training.domain.lifecycle.courses import close_as_held


@pytest.mark.parametrize(
    ("typed", "read"), [(" a123456 ", "a123456"), ("123456。", "123456。"), ("1234567", "1234567")]
)
def test_what_is_more_than_six_digits_is_not_made_into_six(typed, read):
    assert codes.as_typed(typed) == read


def test_an_explanation_holds_for_the_difference_it_was_given_for_and_for_no_other(here):
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    attendance.count_heads(here.session, 3, here.users.trainer, "两名服务员在场")
    attendance.tick(here.session, Who(person=here.second), here.users.trainer)
    assert "清点到3人，只登记了2人" in refusal(close_as_held, here.session, here.users.trainer)


def test_who_serves_a_village_keys_in_where_their_role_lets_them(here):
    here.session.village = here.upper
    Responsibility.objects.create(
        person=here.first, unit=here.upper, kind=ResponsibilityKind.STATIONED, since=staging.LONG_AGO
    )
    asked = (here.users.liaison, here.users.first)
    assert [user_can_key_in_for(user, here.session) for user in asked] == [True, False]


def test_who_left_several_posts_left_with_the_last_of_them(here):
    post = here.second.appointments.get().post
    here.second.appointments.all().delete()
    for until in (datetime.date(2026, 11, 20), datetime.date(2026, 6, 30)):
        Appointment.objects.create(person=here.second, post=post, since=staging.LONG_AGO, until=until)
    said = refusal(attendance.tick, here.session, Who(person=here.second), here.users.trainer)
    assert "方旭已于2026-11-20离任" in said
