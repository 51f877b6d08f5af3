"""So many an hour from one address, counted for all processes together."""

import datetime
import math

import pytest
from django.utils import timezone

from suite.hooks import collect
from suite.throttle.domain import TooMany, forget, let_through, refuse_too_many
from suite.throttle.models import Passage
from tests.processes import at_once

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def earlier(**ago):
    Passage.objects.update(at=timezone.now() - datetime.timedelta(**ago))


def test_the_fourth_of_three_is_refused_and_nothing_is_written():
    for _time in range(3):
        let_through("sign-up", "203.0.113.7", 3)
    for refuse in (refuse_too_many, let_through):
        with pytest.raises(TooMany):
            refuse("sign-up", "203.0.113.7", 3)
    assert Passage.objects.count() == 3


def test_another_address_and_another_purpose_count_apart():
    let_through("sign-up", "203.0.113.7", 1)
    let_through("sign-up", "203.0.113.8", 1)
    let_through("look-up", "203.0.113.7", 1)
    assert Passage.objects.count() == 3


def test_a_refusal_says_in_seconds_and_minutes_when_there_is_room_again():
    let_through("sign-up", "203.0.113.7", 1)
    earlier(minutes=50)
    with pytest.raises(TooMany) as refusal:
        refuse_too_many("sign-up", "203.0.113.7", 1)
    assert math.isclose(refusal.value.retry_after, 600, abs_tol=5)
    assert refusal.value.messages == ["过去一小时，从您这条网络提交的太多了。请过10分钟再试，或者打电话给我们。"]


def test_after_an_hour_there_is_room_again():
    let_through("sign-up", "203.0.113.7", 1)
    earlier(minutes=60)
    let_through("sign-up", "203.0.113.7", 1)


def test_any_sixty_minutes_count_and_not_the_hour_of_the_clock():
    for _time in range(2):
        let_through("sign-up", "203.0.113.7", 2)
        earlier(minutes=59)
    with pytest.raises(TooMany):
        let_through("sign-up", "203.0.113.7", 2)


def test_a_refusal_costs_one_query(django_assert_num_queries):
    let_through("sign-up", "203.0.113.7", 1)
    with django_assert_num_queries(1), pytest.raises(TooMany):
        refuse_too_many("sign-up", "203.0.113.7", 1)


def test_the_address_is_not_kept_and_its_hash_needs_the_sites_key(settings):
    let_through("sign-up", "203.0.113.7", 5)
    settings.SECRET_KEY = "another"
    let_through("sign-up", "203.0.113.7", 5)
    kept = list(Passage.objects.values_list("sender", flat=True))
    assert len(set(kept)) == 2
    assert [sender for sender in kept if "203" in sender] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("203.0.113.7", "::ffff:203.0.113.7"), ("", "")],
)
def test_addresses_of_one_household_are_one(first, second):
    let_through("sign-up", first, 1)
    with pytest.raises(TooMany):
        refuse_too_many("sign-up", second, 1)


def test_neighbours_in_ipv6_are_two():
    let_through("sign-up", "2001:db8:1:2::1", 1)
    refuse_too_many("sign-up", "2001:db8:1:3::1", 1)


def test_what_is_older_than_an_hour_is_forgotten_by_the_tick():
    let_through("sign-up", "203.0.113.7", 5)
    earlier(minutes=61)
    let_through("sign-up", "203.0.113.7", 5)
    now = timezone.now()
    (job,) = [job for job in collect("periodic_jobs", now) if job.key.startswith("throttle.")]
    assert job.key == f"throttle.forget:{timezone.localtime(now):%Y-%m-%dT%H}"
    job.run()
    assert Passage.objects.count() == 1
    assert forget(now + HOUR) == 1


@pytest.mark.django_db(transaction=True)
def test_four_processes_at_once_let_no_more_through_than_the_limit(tmp_path):
    def work(_number):
        for _time in range(5):
            try:
                let_through("sign-up", "203.0.113.7", 7)
            except TooMany:
                continue

    assert at_once(work, 4, tmp_path) == []
    assert Passage.objects.count() == 7
