"""Coming in, waiting, moving up, withdrawing."""

import pytest

from tests.refusals import refusal
from tests.training.courses.school import DAY, HOUR, NOW, states
from tests.training.town import leave
from training.domain.courses import enrolled, free_seats, place_in_line, waiting
from training.domain.lifecycle import courses, enrolments
from training.models import Enrolment

ID_NUMBER = "11010519491231002X"


def test_the_waiting_list_moves_up_by_itself_in_the_order_people_came(school):
    session = school.opened()
    first, second, third, fourth = school.enrolled(session, 4)
    assert [place_in_line(one) for one in (first, second, third, fourth)] == [None, None, 1, 2]
    enrolments.withdraw(third, third.person.user)
    assert states(session)[3] == ("李四", "waiting")
    enrolments.withdraw(first, first.person.user)
    assert states(session) == [("李一", "withdrawn"), ("李二", "enrolled"), ("李三", "withdrawn"), ("李四", "enrolled")]
    assert [str(one) for one in enrolled(session)] == ["李二", "李四"]
    assert list(waiting(session)) == []
    fourth.refresh_from_db()
    assert fourth.tell == "seat"
    assert enrolments.have_told(fourth, fourth.person.user).tell == ""


def test_who_waits_and_withdraws_frees_no_seat(school):
    session = school.opened()
    rows = school.enrolled(session, 3)
    enrolments.withdraw(rows[2], school.office_user)
    assert free_seats(session) == 0


def test_a_session_without_limit_takes_everybody_in(school):
    session = school.opened(seats=0)
    school.enrolled(session, 4)
    assert free_seats(session) is None
    assert {state for _name, state in states(session)} == {"enrolled"}


def test_a_full_session_without_waiting_list_refuses(school):
    session = school.opened(waiting_list=False)
    school.enrolled(session, 2)
    assert refusal(enrolments.enrol, session, school.cadre, school.cadre.user) == (
        "2个名额已满，这一场不设候补。请另选一场。"
    )


def test_who_withdrew_may_come_back_at_the_end_of_the_line(school):
    session = school.opened()
    rows = school.enrolled(session, 3)
    enrolments.withdraw(rows[0], rows[0].person.user)
    again = enrolments.enrol(session, rows[0].person, rows[0].person.user)
    assert again.state == "waiting"


def test_nobody_is_enrolled_twice(school):
    session = school.opened()
    enrolments.enrol(session, school.cadre, school.cadre.user)
    told = refusal(enrolments.enrol, session, school.cadre, school.office_user)
    assert told == "田野已经报了这一场：不用再办什么。"


def test_before_it_opens_and_after_sign_up_ends_nobody_comes_in(school):
    planned = school.planned()
    assert refusal(enrolments.enrol, planned, school.cadre, school.cadre.user) == (
        "报名还没有开放。请过几天再来，或者询问办公室。"
    )
    session = school.opened(begins=NOW + 20 * DAY, sign_up_until=NOW + 3 * DAY)
    school.now = NOW + 3 * DAY
    assert refusal(enrolments.enrol, session, school.cadre, school.cadre.user) == (
        "报名已于2026-11-26 09:00截止。请致电办公室，或者选以后的场次。"
    )
    school.now = session.starts_at
    assert refusal(enrolments.enrol, session, school.cadre, school.cadre.user) == (
        "这一场已经开始或者结束。请选以后的场次。"
    )


def test_who_left_is_not_enrolled_and_nobody_is_enrolled_by_a_colleague(school):
    session = school.opened()
    assert (
        refusal(enrolments.enrol, session, school.trainer, school.cadre.user) == "您的账号没有这项权限，请联系效能办。"
    )
    leave(school.trainer)
    assert refusal(enrolments.enrol, session, school.trainer, school.office_user) == "陈茶珍已不在岗，不能报名。"


def test_villagers_and_staff_have_courses_of_their_own(school):
    for_villagers, for_staff = school.for_villagers(), school.opened(begins=NOW + 20 * DAY)
    assert refusal(enrolments.enrol, for_villagers, school.cadre, school.cadre.user) == (
        "这门课面向群众：请在公开页面报名，或者到村里报名。"
    )
    told = refusal(enrolments.sign_up, school.villager(for_staff))
    assert told == "这门课面向干部：请在办公桌上报名。"


def test_a_villager_signs_up_and_the_phone_is_kept_as_digits(school):
    one = enrolments.sign_up(school.villager(school.for_villagers(), " 王 建国 ", "+86 139-0013-9000"))
    kept = Enrolment.objects.get()
    assert (kept.name, kept.phone, kept.village, kept.way, kept.state, kept.entered_by) == (
        "王 建国", "13900139000", school.upper, "web", "enrolled", None,
    )  # fmt: skip
    assert len(one.code) == 10


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": f"王建国{ID_NUMBER}"}, "这段文字里有身份证号、手机号或银行卡号。"),
        ({"name": "王建国2"}, "请填写身份证上的姓名，不要写数字。"),
        ({"phone": "12345"}, "请填写十一位手机号，或 0571-8800 1234 这样的固定电话。"),
        ({"village": None}, "请选择您所在的村或社区。"),
    ],
)
def test_what_a_villager_has_to_mend_is_said(school, changes, told):
    session = school.for_villagers()
    said = refusal(enrolments.sign_up, school.villager(session, **changes))
    assert told in said
    assert ID_NUMBER not in said
    assert Enrolment.objects.count() == 0


def test_a_villager_is_there_once_by_name_and_phone_or_name_and_village(school):
    session = school.for_villagers(seats=9)
    enrolments.sign_up(school.villager(session))
    told = refusal(enrolments.sign_up, school.villager(session, "王建 国", village=school.far))
    assert told == "您已经在名单上了。请用回执上的编码查询，或者致电办公室。"
    told = refusal(enrolments.sign_up, school.villager(session, phone="13900139001"))
    assert told == "名单上已有来自同一地方的同名人员。如果不是您本人，请打电话与我们联系。"
    # A household shares one phone; the next village has somebody of the same name.
    enrolments.sign_up(school.villager(session, "王小明"))
    enrolments.sign_up(school.villager(session, phone="13900139002", village=school.far))
    assert len(states(session)) == 3


def test_who_comes_from_a_merged_village_is_told_where_they_are_now(school):
    session = school.for_villagers(seats=9)
    enrolments.sign_up(school.villager(session))
    school.lower.merged_into, school.lower.until = school.upper, (NOW - DAY).date()
    school.lower.save()
    one = enrolments.sign_up(school.villager(session, "王建军", "13900139003", village=school.lower))
    assert (one.village, one.moved_from) == (school.upper, school.lower)
    told = refusal(enrolments.sign_up, school.villager(session, phone="13900139004", village=school.lower))
    assert told == "名单上已有来自同一地方的同名人员。如果不是您本人，请打电话与我们联系。"


def test_a_liaison_enters_people_of_their_own_village_only(school):
    session = school.for_villagers()
    one = enrolments.sign_up(school.villager(session), school.liaison.user)
    assert (one.way, one.entered_by) == ("office", school.liaison.user)
    stranger = school.villager(session, "李秀英", "13900139005", village=school.far)
    assert refusal(enrolments.sign_up, stranger, school.liaison.user) == "柳岸村不在您服务的范围内，请选择您服务的村。"
    assert refusal(enrolments.sign_up, stranger, school.cadre.user) == "您的账号没有这项权限，请联系效能办。"
    enrolments.sign_up(stranger, school.office_user)
    assert refusal(enrolments.withdraw, stranger, school.liaison.user) == "柳岸村不在您服务的范围内，请选择您服务的村。"


def test_news_are_ticked_off_by_whom_they_are_for_or_by_who_runs_training(school):
    session = school.opened()
    mine, other = (enrolments.enrol(session, one, one.user) for one in (school.cadre, school.liaison))
    courses.move(session, NOW + 12 * DAY, NOW + 12 * DAY + HOUR, "停电", school.office_user)
    assert refusal(enrolments.have_told, mine, school.liaison.user) == "您的账号没有这项权限，请联系效能办。"
    assert states_of_news(session) == ["moved", "moved"]
    enrolments.have_told(mine, school.cadre.user)
    enrolments.have_told(other, school.office_user)
    assert states_of_news(session) == ["", ""]


def test_who_moves_up_before_they_heard_that_it_was_moved_hears_that_first(school):
    session = school.opened(seats=1)
    first, second = school.enrolled(session, 2)
    courses.move(session, NOW + 12 * DAY, NOW + 12 * DAY + HOUR, "停电", school.office_user)
    enrolments.withdraw(first, first.person.user)
    second.refresh_from_db()
    assert (second.state, second.tell) == ("enrolled", "moved")


def states_of_news(session):
    return list(session.enrolments.order_by("pk").values_list("tell", flat=True))


def test_a_villager_who_withdrew_may_come_back(school):
    session = school.for_villagers()
    enrolments.withdraw(enrolments.sign_up(school.villager(session)))
    enrolments.sign_up(school.villager(session))
    assert states(session) == [("王建国", "withdrawn"), ("王建国", "enrolled")]


def test_whose_village_is_merged_after_they_signed_up_is_there_already(school):
    session = school.for_villagers()
    enrolments.sign_up(school.villager(session, village=school.lower))
    school.lower.merged_into, school.lower.until = school.upper, (NOW - DAY).date()
    school.lower.save()
    told = refusal(enrolments.sign_up, school.villager(session, phone="13900139004"))
    assert told == "名单上已有来自同一地方的同名人员。如果不是您本人，请打电话与我们联系。"


def test_a_colleague_is_withdrawn_by_who_runs_training_and_by_nobody_else(school):
    one = enrolments.enrol(school.opened(), school.cadre, school.cadre.user)
    assert refusal(enrolments.withdraw, one, school.liaison.user) == "您的账号没有这项权限，请联系效能办。"
    assert enrolments.withdraw(one, school.office_user).state == "withdrawn"


def test_nobody_withdraws_after_it_began_was_held_or_twice(school):
    session = school.opened()
    one = enrolments.enrol(session, school.cadre, school.cadre.user)
    school.now = session.starts_at
    assert refusal(enrolments.withdraw, one, school.cadre.user) == ("这一场已经开始：请告诉主讲人，由其登记到场的人。")
    courses.close_as_held(session, school.office_user, without="停电")
    assert "这一场已经结束或者取消，不能再退出。" in refusal(enrolments.withdraw, one, school.cadre.user)
    later = school.opened(begins=NOW + 20 * DAY)
    two = enrolments.withdraw(enrolments.enrol(later, school.cadre, school.cadre.user), school.cadre.user)
    assert "在名单上的人才能退出。" in refusal(enrolments.withdraw, two, school.cadre.user)
