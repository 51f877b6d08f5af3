"""What of a person's year has to do with the sessions they held."""

import datetime

import pytest

from tests.training.courses.school import DAY, NOW
from training.domain.courses.facts import Row, between, for_people
from training.domain.lifecycle import courses

DATE = datetime.date.fromisoformat


@pytest.fixture
def year(school):
    """2026: a staff session of the trainer's held on 3 December, one of 13 December cancelled, one of 23 December
    still to come; villagers' on 5 December by a guest and on 7 December by the trainer, both held."""
    tea = school.course("villagers", "茶叶修剪")
    staff = school.opened()
    off, open_ = school.opened(begins=NOW + 20 * DAY), school.opened(begins=NOW + 30 * DAY)
    guest = school.for_villagers(course=tea, begins=NOW + 12 * DAY, trainer=None, guest_trainer="林老师")
    own = school.for_villagers(course=tea, begins=NOW + 14 * DAY)
    courses.cancel(off, "台风", school.office_user)
    school.now = NOW + 15 * DAY
    for session in (staff, guest, own):
        courses.close_as_held(session, school.office_user, without="停电")
    assert open_.state == "open"
    return school


def test_staff_sessions_count_for_the_trainer_and_villagers_for_who_held_them(year, django_assert_num_queries):
    people = [year.cadre, year.trainer, year.head]
    with django_assert_num_queries(1):
        found = for_people(people, 2026)
    assert found == {
        year.cadre.pk: Row(), year.trainer.pk: Row(taught=1, villagers=1), year.head.pk: Row(villagers=1),
    }  # fmt: skip
    assert for_people(people, 2025) == {person.pk: Row() for person in people}


def test_a_period_holds_its_first_and_its_last_day(year):
    def taught(first, last):
        return between([year.trainer], DATE(first), DATE(last))[year.trainer.pk]

    assert taught("2026-12-03", "2026-12-07") == Row(taught=1, villagers=1)
    assert taught("2026-12-04", "2026-12-06") == Row()


def test_a_guests_staff_session_counts_for_nobody(year):
    one = year.opened(begins=NOW + 40 * DAY, trainer=None, guest_trainer="县委党校 李老师")
    year.now = one.starts_at
    courses.close_as_held(one, year.office_user, without="停电")
    assert for_people([year.head], 2027)[year.head.pk] == Row()
    assert for_people([year.head], 2026)[year.head.pk] == Row(villagers=1)
