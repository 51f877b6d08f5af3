"""Who has read and who has not, counted by unit and by material, and one's own list of the same."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.enums import ResponsibilityKind
from organisation.models import Responsibility
from tests.training.reading.staging import FRIDAY, ONE_DAY, TODAY, put, unread
from tests.training.town import appoint, leave
from training.domain import leaders
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import own, shown
from training.domain.reading.facts import Row, for_people
from training.domain.reading.parts import END, VIDEO
from training.domain.reading.sheets import reading_book
from training.domain.reading.standing import Count, Standing
from training.domain.scope import people_seen
from training.domain.staff import Staff
from training.domain.years.told import told


@pytest.fixture
def text(room):
    return room.material()


def counts(standing, asked=None):
    """Unit -> (asked, read, overdue)."""
    found = standing.by_unit_of(asked) if asked else standing.by_unit()
    label = {pk: one.label for pk, one in standing.staff.units.items()} | {0: "—"}
    return [(label[pk], one.asked, one.read, one.overdue) for pk, one in found.items()]


def test_who_is_asked_has_not_read_until_they_confirm(room, text, cadre):
    other = room.person("白露", "cadre", unit=room.centre)
    room.ask(text, roles=["cadre"])
    room.look(other, text)
    assert unread() == [("田野", "保密须知", FRIDAY), ("白露", "保密须知", FRIDAY)]
    room.read(cadre, text)
    assert unread() == [("白露", "保密须知", FRIDAY)]


def test_a_version_that_matters_asks_again_and_one_that_does_not_asks_nobody(room, text, cadre):
    room.ask(text, people=[cadre])
    room.read(cadre, text)
    room.version(text, matters=False, what_changed="改了错字")
    assert unread() == []
    room.version(text, matters=True, what_changed="罚款提高")
    assert [row[:2] for row in unread()] == [("田野", "保密须知")]
    room.version(text, matters=False, what_changed="又改了错字")
    assert [row[:2] for row in unread()] == [("田野", "保密须知")]
    room.read(cadre, text)
    assert unread() == []


def test_the_table_says_which_version_was_read(room, text, cadre):
    room.ask(text, people=[cadre])
    room.read(cadre, text)
    room.version(text, matters=False, what_changed="改了错字")
    standing = Standing(Staff())
    assert standing.materials[0].confirmed == {cadre.pk: 1}
    assert (standing.materials[0].versions.current, standing.materials[0].versions.floor) == (2, 1)


def test_who_read_an_earlier_version_gets_five_working_days_and_who_read_none_does_not(room, text, cadre, time):
    room.ask(text, people=[cadre, room.person("白露", unit=room.centre)])
    room.read(cadre, text)
    time.go(days=3)
    room.version(text, what_changed="罚款提高")
    # From Thursday 5 November: Friday, then Monday to Thursday.
    assert unread() == [("田野", "保密须知", datetime.date(2026, 11, 12)), ("白露", "保密须知", FRIDAY)]


def test_a_day_further_away_stays_when_it_is_asked_again(room, text, cadre):
    room.ask(text, FRIDAY + 30 * ONE_DAY, people=[cadre])
    room.read(cadre, text)
    room.version(text, what_changed="罚款提高")
    assert unread() == [("田野", "保密须知", FRIDAY + 30 * ONE_DAY)]


def test_who_is_asked_for_the_same_twice_has_it_once_by_the_earlier_day(room, text, cadre):
    room.ask(text, FRIDAY + ONE_DAY, people=[cadre])
    room.ask(text, FRIDAY, roles=["cadre"])
    room.ask(text, FRIDAY + 2 * ONE_DAY, units=[room.office])
    assert unread() == [("沈静", "保密须知", FRIDAY + 2 * ONE_DAY), ("田野", "保密须知", FRIDAY)]


def test_who_leaves_is_no_longer_asked_and_who_comes_is(room, text, cadre):
    room.ask(text, units=[room.centre, room.office])
    appoint(room.person("白露"), room.team)
    leave(cadre)
    assert unread() == [("沈静", "保密须知", FRIDAY), ("白露", "保密须知", FRIDAY)]


def test_what_is_withdrawn_or_taken_down_is_not_asked(room, text, cadre):
    made = room.ask(text, people=[cadre])
    put(text, live=False)
    assert unread() == []
    put(text, live=True)
    assert len(unread()) == 1
    lifecycle.withdraw(made, "废止", room.clerk.user)
    assert unread() == []


def test_units_count_who_works_in_them_in_the_order_of_the_tree(room, text, cadre, time):
    slides = room.material("课件", sheets=2)
    room.person("白露", unit=room.centre)
    room.person("石磊", unit=room.team)
    loose = room.person("无岗")
    # A concurrent post counts for whom it is asked, not for where somebody is counted.
    appoint(cadre, room.team)
    room.ask(text, people=[cadre, loose], units=[room.centre])
    room.ask(slides, TODAY, units=[room.team])
    room.read(cadre, text)
    time.go(days=1)
    standing = Standing(Staff())
    assert counts(standing) == [
        ("党政办公室", 2, 1, 1),
        ("便民服务中心", 1, 0, 0),
        ("农业服务队", 2, 0, 1),
        ("—", 1, 0, 0),
    ]
    asked = {one.title: one for one in standing.materials}
    assert [one.title for one in standing.materials] == ["课件", "保密须知"]
    assert counts(standing, asked["课件"]) == [("党政办公室", 1, 0, 1), ("农业服务队", 1, 0, 1)]
    total = standing.total(asked["保密须知"])
    assert (total.asked, total.read, total.unread, total.overdue, total.share) == (4, 1, 3, 0, 25)


def test_what_is_due_today_is_not_overdue_and_tomorrow_it_is(room, text, cadre, time):
    room.ask(text, TODAY, people=[cadre])
    for overdue in (0, 1):
        standing = Standing(Staff())
        assert counts(standing) == [("党政办公室", 1, 0, overdue)]
        assert standing.total(standing.materials[0]).overdue == overdue
        time.go(days=1)


def test_shares_are_rounded_down_and_of_nothing_everything_is_read():
    assert (Count(3, 2).share, Count(200, 199).share, Count(0, 0).share) == (66, 99, 100)


def test_one_requirement_material_or_day_can_be_asked_about_alone(room, text, cadre):
    slides = room.material("课件", sheets=2)
    first = room.ask(text, FRIDAY, people=[cadre])
    room.ask(slides, TODAY, people=[cadre])
    assert unread(requirement=first.pk) == unread(material=text.pk) == [("田野", "保密须知", FRIDAY)]
    assert unread(due_before=FRIDAY) == [("田野", "课件", TODAY)]
    assert unread(people=[room.clerk.pk]) == []


def test_a_leader_sees_the_units_they_are_in_charge_of_and_those_below(room, text, cadre):
    leader = room.person("苏敏", "leader", unit=room.seat)
    Responsibility.objects.create(
        person=leader, unit=room.centre, kind=ResponsibilityKind.IN_CHARGE, since=TODAY - ONE_DAY
    )
    stone = room.person("石磊", unit=room.team)
    concurrent = room.person("兼岗", unit=room.office)
    appoint(concurrent, room.team)
    staff = Staff()
    assert people_seen(leader.user, staff) == {stone.pk, concurrent.pk}
    assert set(leaders.people_seen(leader.user)) == {stone, concurrent}
    supervisor = room.person("李旻", "supervisor")
    staff = Staff()
    for user in (supervisor.user, room.clerk.user):
        assert people_seen(user, staff) == set(staff.people)
    for user in (cadre.user, room.person("江海", "leader").user):
        assert people_seen(user, staff) == set()


def test_ones_own_list_says_how_far_one_has_come(room, text, cadre):
    slides = room.material("课件", sheets=3)
    room.ask(slides, TODAY, people=[cadre])
    room.ask(text, FRIDAY, people=[cadre])
    shown.note(cadre, current(slides), 2)
    first, second = own.left(cadre)
    assert (first.task.material, first.seen, first.sheets, first.left.sheets) == (slides, 1, 3, [1, 3])
    assert (first.left.said, first.next_sheet, first.is_text) == ("还要看完2页", 1, False)
    assert (second.task.material, second.left.said, second.next_sheet) == (text, "还没有打开", 0)
    assert (second.left.text, second.is_text) == (True, True)
    room.read(cadre, text)
    assert [one.task.material for one in own.left(cadre)] == [slides]
    assert own.standing(cadre, text).task.is_read
    assert [one.version.material for one in own.confirmations(cadre)] == [text]
    room.version(text, what_changed="罚款提高。")
    room.version(text, matters=False, what_changed="改了错字")
    again = own.standing(cadre, text)
    assert (again.task.again, again.changed, again.left.numbers, again.number) == (True, "罚款提高；改了错字", {0}, 3)


def test_lists_say_which_part_is_still_wanting(room, cadre):
    other = room.person("白露", "cadre", unit=room.centre)
    whole = room.material("防汛演练", sheets=2, lines=3, video=room.video())
    room.ask(whole, people=[cadre, other])
    version, said = current(whole), []
    for number in (1, 2, END, VIDEO):
        shown.note(cadre, version, number)
        table = Standing(Staff()).left([cadre.pk, other.pk])
        own_list = own.left(cadre)[0]
        assert table[whole.pk, cadre.pk] == own_list.left
        assert table[whole.pk, other.pk].said == "还没有打开"
        said.append((own_list.left.said, own_list.next_sheet))
    assert said == [
        ("还要看完1页、正文、视频", 0),
        ("还要看完正文、视频", 0),
        ("还要看完视频", 0),
        ("都看完了，还没有确认", 0),
    ]


def test_the_workbook_names_units_materials_and_who_has_not_read(room, text, cadre):
    room.ask(text, people=[cadre, room.person("无号", account=False)])
    room.read(cadre, text)
    room.version(text, what_changed="罚款提高")
    units, materials, unread_rows = reading_book(Standing(Staff()))
    assert units == (
        "按单位",
        ["单位", "应学", "已学", "未学", "已逾期", "已学比例"],
        [["党政办公室", 1, 0, 1, 0, 0], ["无岗位", 1, 0, 1, 0, 0]],
    )
    assert materials[2] == [["保密须知", FRIDAY, 2, 0, 2, 0, 0]]
    due = datetime.date(2026, 11, 9)
    assert unread_rows[2] == [
        ["党政办公室", "田野", "保密须知", due, 1, ""],
        ["无岗位", "无号", "保密须知", FRIDAY, "", "没有账号"],
    ]


def test_the_facts_of_a_year_count_materials_that_fell_due_in_it(room, text, cadre, time):
    slides = room.material("课件", sheets=2)
    room.ask(text, FRIDAY, people=[cadre, room.clerk])
    room.ask(text, FRIDAY + ONE_DAY, roles=["cadre"])
    room.ask(slides, datetime.date(2027, 1, 15), people=[cadre])
    lifecycle.withdraw(room.ask(room.material("废止"), people=[cadre]), "废止", room.clerk.user)
    room.read(cadre, text)
    people = [cadre, room.clerk]
    assert for_people(people, 2026) == {cadre.pk: Row(1, 1), room.clerk.pk: Row(1, 0)}
    assert for_people(people, 2027) == {cadre.pk: Row(1, 0), room.clerk.pk: Row(0, 0)}
    assert (Row(0, 0).share, Row(3, 2).share) == (100, 66)
    assert [for_people(people, 2026)[one.pk].unread for one in people] == [set(), {text.pk}]
    lines = {line.key: line for line in told(room.clerk, 2026).lines}
    assert (lines["reading"].said, lines["reading"].entries) == (
        "已读 0 份，应读 1 份",
        (f"《{text.title}》 未学现行版",),
    )
    time.go(days=70)
    room.version(text, what_changed="罚款提高")
    assert for_people(people, 2026) == {cadre.pk: Row(1, 1), room.clerk.pk: Row(1, 0)}


def queries(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_ten_times_the_people_and_materials_ask_no_more_queries(room, cadre):
    def grow(number):
        made = [room.material(f"资料{len(made_before)}-{one}", sheets=2) for one in range(number)]
        people = [room.person(f"干部{one}", "cadre", unit=room.team) for one in range(number)]
        for material in made:
            room.ask(material, roles=["cadre"], units=[room.centre], people=[cadre])
            room.read(people[0], material)
            room.version(material, what_changed="改")
        made_before.extend(made)

    made_before = []

    def asked():
        return [
            queries(lambda: Standing(Staff()).by_unit()),
            queries(lambda: list(Standing(Staff()).unread_by_person())),
            queries(lambda: Standing(Staff()).left([cadre.pk])),
            queries(lambda: own.left(cadre)),
            queries(lambda: for_people([cadre, room.clerk], 2026)),
        ]

    grow(2)
    few = asked()
    grow(12)
    assert asked() == few == [11, 11, 12, 10, 11]
