"""A list that was signed on paper is keyed in by who serves the village."""

import datetime

import pytest

from organisation.enums import UnitKind
from organisation.models import Unit
from tests.refusals import refusal
from tests.training.attendance import staging
from tests.training.attendance.staging import enrol, held
from training.domain.attendance.names import chosen_of, key_of, read
from training.domain.lifecycle import attendance
from training.domain.lifecycle.attendance import Who
from training.enums import AttendanceWay
from training.models import Attendance

DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def village(here, time):
    """The session was in 上塘村; it is the next morning."""
    here.session = staging.session(here, village=here.upper, place="上塘村文化礼堂")
    time.go(days=1)
    return here


def key_in(here, rows, user=None, dated=DAY):
    return attendance.key_in(here.session, rows, dated, user or here.users.liaison)


def meant(here, text, **answers):
    """Whom a handwritten line means, or what to choose from."""
    return [
        (line.name, line.of, line.chosen.label if line.chosen else [one.label for one in line.choices])
        for line in read(here.session, text, answers)
    ]


def test_who_serves_the_village_keys_in_who_signed(village):
    mine = enrol(village.session, name="林木森", village=village.upper)
    keyed = key_in(village, [Who(enrolment=mine), Who(person=village.first), Who(name="王大妈", of="上塘村")])
    assert [(row.name, row.way, row.recorded_by) for row in keyed.new] == [
        (name, AttendanceWay.PAPER, village.users.liaison) for name in ("林木森", "祁志强", "王大妈")
    ]
    again = key_in(village, [Who(enrolment=mine), Who(name="李大爷")])
    assert (len(again.new), again.already) == (1, 1)


def test_others_key_in_nothing(village):
    said = "本场次的纸质签到表由联系该村的人员或者效能办录入。"
    rows = [Who(name="王大妈")]
    assert refusal(key_in, village, rows, village.users.first) == said
    village.session = staging.session(village, village=village.lower)
    assert refusal(key_in, village, rows) == said
    village.session = staging.session(village)
    assert refusal(key_in, village, rows) == said
    for user in (village.users.trainer, village.users.contact, village.users.runner):
        assert key_in(village, [Who(name=f"王{user}")], user)


def test_a_closed_session_still_takes_its_paper(village):
    held(village.session)
    assert key_in(village, [Who(name="王大妈")]).already == 0


def test_a_list_is_of_a_session_that_has_begun_and_of_its_day(village, time):
    rows = [Who(name="王大妈")]
    assert refusal(key_in, village, rows, dated=datetime.date(2026, 11, 23)) == (
        "本场次在2026-11-24，纸质签到表是2026-11-23的。请找那一天的场次录入。"
    )
    assert refusal(key_in, village, []) == "请勾选签了名的人，或者填写手写的姓名。"
    time.go(seconds=-1)
    assert refusal(key_in, village, rows) == ("本场次2026-11-24 09:00才开始，不会有人签过到。请核对是不是选错了场次。")
    village.session.to_cancelled()
    village.session.save()
    assert refusal(key_in, village, rows) == "本场次已取消，不能登记到场。"


def test_who_had_left_by_the_day_is_named_and_nothing_is_kept(village):
    left = staging.person("程一鸣", unit=village.office, until=datetime.date(2026, 11, 23))
    served = staging.person("程二鸣", unit=village.office, until=DAY)
    assert refusal(key_in, village, [Who(name="王大妈"), Who(person=left), Who(person=served)]) == (
        "程一鸣已于2026-11-23离任，2026-11-24不在岗。请把这一行从名单上去掉，或者请人更正任职日期。"
    )
    assert Attendance.objects.count() == 0
    assert len(key_in(village, [Who(name="王大妈"), Who(person=served)]).new) == 2


def test_a_name_that_one_person_bears_is_that_person_and_twice_is_once(village):
    enrol(village.session, name="林木森", village=village.upper)
    assert meant(village, "祁志强\n 林木森 \n\n祁志强") == [
        ("祁志强", "", "祁志强（党政办公室 干部）"),
        ("林木森", "", "林木森（上塘村，已录取）"),
    ]


def test_an_unknown_name_and_one_that_two_bear_are_asked_about(village):
    other = Unit.objects.create(parent=village.town, kind=UnitKind.OFFICE, name="经济发展办公室")
    staging.person("祁志强", unit=other)
    asked = "祁志强\n王大妈，上塘村"
    otherwise = ["来访人员（不在通讯录中）", "不录入这一行"]
    assert meant(village, asked) == [
        ("祁志强", "", ["祁志强（党政办公室 干部）", "祁志强（经济发展办公室 干部）", *otherwise]),
        ("王大妈", "上塘村", otherwise),
    ]
    lines = read(village.session, asked, {})
    assert refusal(chosen_of, lines) == "请指明是谁，选择本人或者注明为来访人员：祁志强、王大妈。"
    answers = {key_of(lines[0]): f"person-{village.first.pk}", key_of(lines[1]): "visitor"}
    assert chosen_of(read(village.session, asked, answers)) == [
        Who(person=village.first), Who(name="王大妈", of="上塘村"),
    ]  # fmt: skip
    assert chosen_of(read(village.session, asked, dict.fromkeys(answers, "none"))) == []


def test_of_two_of_a_name_the_one_in_service_that_day_is_meant(village):
    staging.person("祁志强", unit=village.office, until=datetime.date(2025, 1, 1))
    assert meant(village, "祁志强") == [("祁志强", "", "祁志强（党政办公室 干部）")]
    gone = staging.person("程一鸣", unit=village.office, until=datetime.date(2025, 1, 1))
    assert chosen_of(read(village.session, "程一鸣", {})) == [Who(person=gone)]


def test_so_many_names_at_once_are_too_many(village):
    assert refusal(read, village.session, "\n".join(f"王{number}" for number in range(301)), {}) == (
        "一次最多录入300个姓名：请一页一页录入。"
    )
