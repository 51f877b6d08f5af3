"""The trainer opens, ticks, strikes out, counts; who may, when, and what is refused in which words."""

import datetime

import pytest

from tests.refusals import refusal
from tests.training.attendance import staging
from tests.training.attendance.staging import after, enrol, held, opened
from training.domain.attendance.records import attended, is_open, list_of, missing_to_close, standing, window_of
from training.domain.lifecycle import attendance, attendance_window, certificates
from training.domain.lifecycle.attendance import Who
from training.enums import AttendanceState, AttendanceWay
from training.models import Attendance, HeadCount


def tick(here, who, user=None, one=None):
    return attendance.tick(one or here.session, who, user or here.users.trainer)


def visitor(name="王大妈", of="上塘村"):
    return Who(name=name, of=of)


def test_trainer_contact_and_office_open_the_attendance_and_nobody_else(here):
    for user in (here.users.trainer, here.users.contact, here.users.runner):
        window = attendance_window.open_window(here.session, 15, user)
        assert (window.opened_by, window.until) == (user, after(minutes=15))
        attendance_window.close_window(here.session, user)
    said = "本场次的签到由主讲人、叶静怡或者效能办组织。"
    assert refusal(attendance_window.open_window, here.session, 15, here.users.first) == said
    assert refusal(attendance_window.close_window, here.session, here.users.first) == said
    assert refusal(tick, here, visitor(), here.users.first) == said
    assert refusal(attendance.count_heads, here.session, 3, here.users.first) == said
    assert refusal(attendance.strike, tick(here, visitor()), "不在", here.users.first) == said


def test_with_a_guest_trainer_the_office_and_the_contact_take_it(here):
    one = staging.session(here, trainer=None, guest_trainer="县农业局 王工")
    assert refusal(attendance_window.open_window, one, 15, here.users.trainer) != ""
    assert attendance_window.open_window(one, 15, here.users.contact)


def test_a_window_opened_again_is_the_same_and_closes_when_its_time_is_over(here, time):
    opened(here, minutes=10)
    time.go(minutes=5)
    window = opened(here, minutes=10, now=time.now)
    assert (window.opened_at, window.until) == (after(), after(minutes=15))
    assert is_open(window)
    time.go(minutes=15)
    assert not is_open(window_of(here.session))
    said = "现在没有开放签到，不用结束。"
    assert refusal(attendance_window.close_window, here.session, here.users.trainer) == said
    assert opened(here, now=time.now).opened_at == time.now


def test_it_opens_from_half_an_hour_before_until_an_hour_after(here, time):
    time.go(minutes=-31)
    said = "本场次2026-11-24 09:00开始，提前半小时起可以签到。"
    assert refusal(opened, here, now=time.now) == said
    assert refusal(tick, here, visitor()) == said
    time.go(minutes=-30)
    assert opened(here, now=time.now)
    time.go(hours=2, minutes=30)
    assert opened(here, now=time.now)
    time.go(hours=2, minutes=31)
    assert refusal(opened, here, now=time.now) == (
        "本场次已于2026-11-24 10:30结束。请在名单上补登到场的人，或者录入纸质签到表。"
    )
    assert tick(here, visitor())


@pytest.mark.parametrize("minutes", [0, 121])
def test_a_window_has_sensible_minutes(here, minutes):
    assert refusal(opened, here, minutes=minutes) == "请在1到120分钟之间选择。"


def test_ticked_are_people_enrolments_and_visitors_each_once(here):
    villager = enrol(here.session, name="林木森", village=here.upper)
    rows = [tick(here, Who(person=here.first)), tick(here, Who(enrolment=villager)), tick(here, visitor())]
    assert [(row.name, row.of, row.way) for row in rows] == [
        ("祁志强", "党政办公室", AttendanceWay.TRAINER),
        ("林木森", "上塘村", AttendanceWay.TRAINER),
        ("王大妈", "上塘村", AttendanceWay.TRAINER),
    ]
    for who in (Who(person=here.first), Who(enrolment=villager), visitor(" 王大妈 ")):
        assert refusal(tick, here, who).endswith("已于2026-11-24 09:00登记，不用再签。")
    assert tick(here, visitor(of="下塘村"))
    assert attended(here.session) == 4


def test_an_enrolled_person_and_the_same_person_by_code_are_one(here):
    mine = enrol(here.session, here.first)
    assert tick(here, Who(enrolment=mine)).person == here.first
    assert "不用再签" in refusal(tick, here, Who(person=here.first))


def test_who_withdrew_or_is_of_another_session_is_not_ticked_from_the_list(here):
    gone = enrol(here.session, name="林木森", village=here.upper)
    gone.to_withdrawn()
    gone.save()
    said = "林木森已不在本场次名单上。请在名单下方填写姓名。"
    assert refusal(tick, here, Who(enrolment=gone)) == said
    assert refusal(tick, here, Who(enrolment=enrol(staging.session(here), name="林木森"))) == said


@pytest.mark.parametrize(("name", "of"), [("", ""), ("　", "上塘村"), ("长" * 41, ""), ("王", "村" * 81)])
def test_a_visitor_has_a_name(here, name, of):
    assert refusal(tick, here, visitor(name, of)) == "请填写姓名（最多40字）和村或单位（最多80字）。"


def test_a_visitors_name_holds_no_personal_number(here):
    assert "请删去" in refusal(tick, here, visitor("王大妈13800138000")) or refusal(
        tick, here, visitor("王13800138000")
    )
    assert Attendance.objects.count() == 0


def test_who_is_struck_out_stays_with_the_reason_and_can_be_ticked_again(here):
    row = tick(here, Who(person=here.first))
    assert refusal(attendance.strike, row, " ", here.users.trainer) == "请说明原因：这一行连同原因留在名单上。"
    assert refusal(attendance.strike, row, "长" * 201, here.users.trainer) == "请控制在200个字以内。"
    struck = attendance.strike(row, " 中途离开 ", here.users.trainer)
    assert (struck.state, struck.reason, attended(here.session)) == (AttendanceState.STRUCK, "中途离开", 0)
    assert "这一行已被划去。" in refusal(attendance.strike, row, "再划", here.users.trainer)
    assert tick(here, Who(person=here.first)).pk != row.pk
    assert attended(here.session) == 1


def test_who_holds_a_certificate_is_not_struck_out(here):
    row = tick(here, Who(person=here.first))
    held(here.session)
    staging.series()
    certificate = certificates.issue(row, here.users.runner)
    said = f"祁志强持有证书{certificate.number}。请先作废证书，再划去这一行。"
    assert refusal(attendance.strike, row, "误登", here.users.runner) == said
    certificates.void(certificate, "误登", here.users.runner)
    assert attendance.strike(row, "误登", here.users.runner).state == AttendanceState.STRUCK


def test_a_closed_session_is_put_right_by_the_office_alone(here):
    row = tick(here, Who(person=here.first))
    held(here.session)
    said = "本场次已结束。需要更正名单的，请找效能办。"
    assert refusal(tick, here, visitor()) == said
    assert refusal(attendance.strike, row, "误登", here.users.trainer) == said
    assert tick(here, visitor(), here.users.runner)
    assert attendance.strike(row, "误登", here.users.runner)
    assert refusal(attendance_window.open_window, here.session, 15, here.users.runner) == (
        "本场次已结束，不再显示签到码。请在名单上补登漏掉的人。"
    )


def test_nobody_is_recorded_for_a_cancelled_session(here):
    here.session.to_cancelled()
    here.session.save()
    said = "本场次已取消，不能登记到场。"
    assert refusal(tick, here, visitor()) == said
    assert refusal(opened, here) == said
    assert refusal(attendance.count_heads, here.session, 1, here.users.trainer) == said


def test_heads_and_rows_have_to_agree_or_the_difference_is_explained(here):
    count = lambda number, why="": attendance.count_heads(here.session, number, here.users.trainer, why)  # noqa: E731
    assert missing_to_close(here.session) == ["还没有登记任何人：请组织签到，或者录入纸质签到表。"]
    rows = [tick(here, visitor(f"王{number}")) for number in range(3)]
    assert missing_to_close(here.session) == ["请清点会场人数并填入。"]
    count(2)
    assert missing_to_close(here.session) == ["登记了3人，只清点到2人：请划去未到场的人，或者说明人数不一致的原因。"]
    attendance.strike(rows[0], "不在会场", here.users.trainer)
    assert missing_to_close(here.session) == []
    count(4)
    assert missing_to_close(here.session) == ["清点到4人，只登记了2人：请补登未登记的人，或者说明人数不一致的原因。"]
    count(4, "两名服务员在场")
    assert missing_to_close(here.session) == []
    assert (standing(here.session).difference, standing(here.session).short) == (-2, 2)
    # The explanation was about two, not about one.
    tick(here, visitor("王9"))
    assert len(missing_to_close(here.session)) == 1
    assert HeadCount.objects.count() == 3


def test_a_head_count_is_a_sensible_number_without_personal_numbers_beside_it(here):
    assert refusal(attendance.count_heads, here.session, 2001, here.users.trainer) != ""
    assert refusal(attendance.count_heads, here.session, 1, here.users.trainer, "电话13800138000") != ""
    assert HeadCount.objects.count() == 0


def test_the_list_names_the_enrolled_by_name_then_who_came_without(here):
    late = enrol(here.session, here.third)
    enrol(here.session, here.second)
    enrol(here.session, name="林木森", village=here.upper)
    gone = enrol(here.session, here.first)
    gone.to_withdrawn()
    gone.save()
    tick(here, Who(enrolment=late))
    tick(here, visitor())
    rows = list_of(here.session)
    assert [(row.name, row.of, row.attendance is not None) for row in rows] == [
        ("方旭", "党政办公室", False), ("蓝水根", "党政办公室", True),
        ("林木森", "上塘村", False), ("王大妈", "上塘村", True),
    ]  # fmt: skip
    assert rows[0].attendance is None
    assert datetime.timedelta(0) == here.session.starts_at - staging.NINE
