"""Who comes late into the circle of those who are asked has five working days; who was there keeps the day."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from suite.hooks import collect
from suite.periodic.domain.lifecycle import tick
from tests.training.reading.staging import FRIDAY, ONE_DAY, TODAY, unread
from tests.training.town import appoint
from training.domain.reading.facts import Row, for_people

# TODAY is Monday, 2 November 2026, and FRIDAY the 6th; the week after has no holiday either.
MONDAY_AFTER, TUESDAY_AFTER = FRIDAY + 3 * ONE_DAY, FRIDAY + 4 * ONE_DAY


@pytest.fixture
def text(room):
    return room.material()


def due_of(name):
    """Until when somebody is asked to read, in every list alike."""
    return [due for person, _title, due in unread() if person == name]


@pytest.mark.parametrize(
    ("since", "due"),
    [
        # Friday, 30 October: five working days are over on the last day itself.
        (TODAY - 3 * ONE_DAY, FRIDAY),
        (TODAY, MONDAY_AFTER),
        (TODAY + ONE_DAY, TUESDAY_AFTER),
        (FRIDAY + ONE_DAY, FRIDAY + 7 * ONE_DAY),
    ],
)
@pytest.mark.parametrize("way", ["units", "roles", "people"])
def test_who_came_less_than_five_working_days_before_the_last_day_has_five(room, text, time, way, since, due):
    new = room.person("白露", "cadre")
    appoint(new, room.team, since=since)
    room.ask(text, **{way: {"units": [room.centre, room.office], "roles": ["cadre"], "people": [new]}[way]})
    time.go(days=7)
    assert due_of("白露") == [due]


def test_who_came_after_the_last_day_is_not_overdue_until_their_own_day_is_over(room, text, cadre, time):
    room.ask(text, TODAY, roles=["cadre"])
    time.go(days=10)
    room.person("白露", "cadre", unit=room.centre, since=timezone.localdate())
    assert due_of("白露") == [TODAY + 17 * ONE_DAY]
    assert late(room) == ["1人到期未学"]
    time.go(days=7)
    assert late(room) == ["1人到期未学"]
    time.go(days=1)
    assert late(room) == ["2人到期未学"]


def late(room):
    return [str(one.title) for one in collect("desk_items", room.clerk.user) if one.key == "training.unread"]


def test_who_moves_into_the_unit_comes_when_the_post_there_begins(room, text, cadre, time):
    room.ask(text, TODAY, units=[room.centre, room.office])
    mover = room.person("白露", unit=room.seat, until=TODAY + 6 * ONE_DAY)
    appoint(mover, room.team, since=TODAY + 7 * ONE_DAY)
    time.go(days=7)
    assert due_of("白露") == [TODAY + 14 * ONE_DAY]


def test_who_moves_within_the_units_that_are_asked_was_there_before(room, text, cadre, time):
    room.ask(text, TODAY, units=[room.centre, room.office])
    for place, unit in enumerate((room.team, room.office, room.centre)):
        mover = room.person(f"白露{place}", unit=room.centre, until=TODAY + 6 * ONE_DAY)
        appoint(mover, unit, since=TODAY + 7 * ONE_DAY)
    time.go(days=7)
    assert [due_of(f"白露{place}") for place in range(3)] == [[TODAY]] * 3


def test_who_moves_and_is_meant_by_role_or_by_name_was_in_service_before(room, text, time):
    mover = room.person("白露", "cadre", unit=room.office, until=TODAY + 6 * ONE_DAY)
    named = room.person("石磊", unit=room.office, until=TODAY + 6 * ONE_DAY)
    for one in (mover, named):
        appoint(one, room.team, since=TODAY + 7 * ONE_DAY)
    room.ask(text, TODAY, roles=["cadre"], people=[named], units=[room.team])
    time.go(days=7)
    assert [due_of("白露"), due_of("石磊")] == [[TODAY], [TODAY]]


def test_who_comes_back_after_a_gap_has_come_anew(room, text, cadre, time):
    room.ask(text, TODAY, roles=["cadre"])
    back = room.person("白露", "cadre", unit=room.office, until=TODAY + 3 * ONE_DAY)
    appoint(back, room.team, since=TODAY + 7 * ONE_DAY)
    time.go(days=7)
    assert due_of("白露") == [TODAY + 14 * ONE_DAY]


def test_a_second_post_makes_nobody_new(room, text, cadre, time):
    room.ask(text, TODAY, units=[room.office, room.centre])
    appoint(cadre, room.team, since=TODAY + 7 * ONE_DAY)
    time.go(days=7)
    assert due_of("田野") == [TODAY]


def test_who_has_an_account_before_their_post_begins_comes_when_it_does(room, text, time):
    room.ask(text, TODAY, roles=["cadre"], people=[room.clerk])
    time.go(days=3)
    room.person("白露", "cadre", unit=room.centre, since=TODAY + 7 * ONE_DAY)
    assert due_of("白露") == [TODAY + 14 * ONE_DAY]


def test_who_has_no_post_keeps_the_day(room, text):
    room.person("白露", "cadre")
    room.ask(text, roles=["cadre"])
    assert due_of("白露") == [FRIDAY]


def test_of_two_that_ask_the_same_the_earlier_of_ones_own_days_counts(room, text, cadre, time):
    room.person("石磊", unit=room.team)
    new = room.person("白露", "cadre", unit=room.office, until=TODAY + 6 * ONE_DAY)
    appoint(new, room.team, since=TODAY + 7 * ONE_DAY)
    room.ask(text, TODAY, units=[room.centre], reason="单位布置")
    later = TODAY + 10 * ONE_DAY
    room.ask(text, later, roles=["cadre"], reason="全员学习")
    time.go(days=7)
    assert due_of("白露") == [later]
    assert due_of("石磊") == [TODAY]
    own = [str(one.reason) for one in collect("desk_items", new.user) if one.key == f"training.read:{text.pk}"]
    assert own == ["全员学习"]


def test_a_newcomer_is_reminded_before_and_after_their_own_day(room, text, cadre, time):
    room.ask(text, FRIDAY, roles=["cadre"])
    new = room.person("白露", "cadre", unit=room.centre, since=FRIDAY)
    sent = []
    for day in range(15):
        mail.outbox.clear()
        assert tick(timezone.now()).failed == []
        sent += [(day, one.to, one.subject) for one in mail.outbox if "保密须知" in one.subject]
        time.go(days=1)
    # Their day is Friday, 13 November, the eleventh day after TODAY; that of the others the fourth.
    assert sent == [
        (2, [cadre.user.email], "请学习：保密须知"),
        (5, [cadre.user.email], "必读逾期：保密须知"),
        (9, [new.user.email], "请学习：保密须知"),
        (12, [new.user.email], "必读逾期：保密须知"),
    ]


def test_who_is_asked_again_is_reminded_of_their_own_day(room, text, cadre, time):
    room.ask(text, TODAY, people=[cadre])
    room.read(cadre, text)
    time.go(days=7)
    room.version(text, what_changed="罚款提高")
    sent = []
    for day in range(7, 17):
        mail.outbox.clear()
        tick(timezone.now())
        sent += [(day, one.subject) for one in mail.outbox if "保密须知" in one.subject]
        time.go(days=1)
    # Five working days from Monday the 9th end on Monday the 16th.
    assert sent == [(10, "请学习：保密须知"), (15, "必读逾期：保密须知")]


def test_the_year_counts_what_fell_due_on_a_newcomers_own_day(room, text, cadre, time):
    last = datetime.date(2026, 12, 30)
    room.ask(text, last, roles=["cadre"])
    new = room.person("白露", "cadre", unit=room.centre, since=datetime.date(2026, 12, 29))
    later = room.person("石磊", "cadre", unit=room.centre, since=datetime.date(2027, 3, 1))
    time.go(days=200)
    people = [cadre, new, later]
    assert for_people(people, 2026) == {cadre.pk: Row(1, 0), new.pk: Row(0, 0), later.pk: Row(0, 0)}
    assert for_people(people, 2027) == {cadre.pk: Row(0, 0), new.pk: Row(1, 0), later.pk: Row(1, 0)}
    # It fell due once, not every year from then on.
    assert for_people([new, later], 2028) == {new.pk: Row(0, 0), later.pk: Row(0, 0)}
    room.read(later, text)
    assert for_people([later], 2027) == {later.pk: Row(1, 1)}
