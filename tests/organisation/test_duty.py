"""Who is there to do a unit's work, on which day."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import localdate

from organisation.domain import lifecycle
from organisation.domain.duty import has_a_desk, head_of, works_for
from organisation.models import Appointment, Person, Post, Responsibility

DAY = datetime.timedelta(days=1)


@pytest.fixture
def history(town, day):
    """Li was head of the centre until the end of 2025, Wang is since; Zhao serves in the team below."""
    Appointment.objects.create(person=town.li, post=town.head, since=day("2024-01-01"), until=day("2025-12-31"))
    Appointment.objects.create(person=town.wang, post=town.head, since=day("2026-01-01"))
    Appointment.objects.create(person=town.zhao, post=town.clerk, since=day("2025-06-01"))
    return town


def test_the_head_of_a_unit_is_the_one_of_the_day(history, day):
    assert head_of(history.centre, day("2025-12-31")) == history.li
    assert head_of(history.centre, day("2026-01-01")) == history.wang
    assert head_of(history.centre, day("2023-12-31")) is None


def test_the_head_of_a_unit_holds_its_first_post(history, day):
    deputy = Post.objects.create(unit=history.centre, name="副主任", order=1)
    Appointment.objects.create(person=history.li, post=deputy, since=day("2020-01-01"))
    assert head_of(history.centre, day("2026-01-01")) == history.wang
    assert head_of(history.centre, day("2023-12-31")) == history.li


def test_whoever_has_left_since_was_the_head_until_then(history):
    lifecycle.leave(history.wang, localdate() - DAY, None)
    assert head_of(history.centre, localdate() - DAY) == Person.objects.get(pk=history.wang.pk)
    assert head_of(history.centre) is None


def test_somebody_out_of_service_heads_nothing_from_today_on(history):
    Person.objects.filter(pk=history.wang.pk).update(active=False)
    assert head_of(history.centre, localdate() - DAY) == history.wang
    assert head_of(history.centre, localdate()) is None
    assert head_of(history.centre) is None


def test_a_post_below_the_unit_counts_as_working_for_it_on_its_days(history, day):
    assert works_for(history.zhao, history.centre, day("2025-06-01"))
    assert not works_for(history.zhao, history.centre, day("2025-05-31"))
    assert not works_for(history.wang, history.team, day("2026-01-01"))


def test_the_leader_in_charge_works_for_the_unit_on_their_days(town, day):
    Responsibility.objects.create(person=town.li, unit=town.centre, kind="in_charge", since=day("2026-01-01"))
    assert works_for(town.li, town.team, day("2026-01-01"))
    assert not works_for(town.li, town.team, day("2025-12-31"))


def test_somebody_out_of_service_worked_for_the_unit_until_yesterday(history):
    history.zhao.active = False
    history.zhao.save()
    assert works_for(history.zhao, history.team, localdate() - DAY)
    assert not works_for(history.zhao, history.team)


def test_only_an_open_account_of_somebody_in_service_has_a_desk(town):
    town.li.user = get_user_model().objects.create_user("li")
    town.li.save()
    assert has_a_desk(town.li)
    assert not has_a_desk(town.wang)
    assert not has_a_desk(None)
    town.li.user.is_active = False
    assert not has_a_desk(town.li)
    town.li.user.is_active, town.li.active = True, False
    assert not has_a_desk(town.li)
