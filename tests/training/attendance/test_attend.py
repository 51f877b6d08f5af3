"""Somebody signs in by the code on the screen: once, now, on a device of their own."""

import pytest
from django.core.exceptions import ValidationError

from organisation.models import Appointment, Person
from suite.throttle.models import Passage
from tests.refusals import refusal
from tests.training.attendance import staging
from tests.training.attendance.staging import after, code, enrol, opened
from training.domain.attendance import codes
from training.domain.lifecycle import attendance, attendance_window
from training.enums import AttendanceWay, SessionState
from training.models import Attendance, RefusedDevice, Session


def attend(here, given, user=None, device="telephone", **named):
    return attendance.attend(here.session, given, user or here.users.first, device, **named)


def refused(here, given, user=None, device="telephone", **named):
    """The words of a refusal, outside any transaction of the test's own: what it notes stays."""
    try:
        attend(here, given, user, device, **named)
    except ValidationError as said:
        return " ".join(said.messages)
    return ""


def test_the_code_on_the_screen_records_its_person_once(here, time):
    opened(here)
    time.go(seconds=25)
    row = attend(here, code(here.session))
    assert (row.person, row.name, row.of, row.way, row.recorded_at, row.recorded_by) == (
        here.first, "祁志强", "党政办公室", AttendanceWay.CODE, after(seconds=25), here.users.first,
    )  # fmt: skip
    assert refused(here, code(here.session, time.now)) == "祁志强已于2026-11-24 09:00登记，不用再签。"
    assert Attendance.objects.count() == 1


def test_the_token_of_the_qr_counts_like_the_digits(here):
    opened(here)
    assert attend(here, codes.code_at(here.session, codes.step_at(here.session.starts_at)).token)


def test_a_photographed_code_is_worth_nothing_forty_seconds_after_it_came_up(here, time):
    opened(here)
    photographed = code(here.session)
    time.go(seconds=41)
    assert refused(here, photographed) == "这个签到码已过期：每个签到码最多有效40秒。请用屏幕上现在的签到码。"
    assert Attendance.objects.count() == 0


def test_a_code_of_the_future_counts_when_its_time_has_come(here, time):
    opened(here)
    later = code(here.session, after(seconds=60))
    assert refused(here, later) == "这个签到码还没有生效：时钟被调过。请等屏幕上的下一个签到码。"
    time.go(seconds=60)
    assert attend(here, later)


def test_the_code_of_the_room_next_door_is_told_from_a_wrong_one(here):
    other = staging.session(here)
    opened(here), opened(here, other)
    assert refused(here, code(other)) == "这是另一场次的签到码。请看您所在会场的屏幕。"
    assert refused(here, "nonsense") == "这不是屏幕上的签到码。请重新输入屏幕上的六位数字。"


def test_codes_count_while_the_window_is_open(here, time):
    closed = "本场次现在不接受签到码。请让主讲人开放签到，或者由主讲人点名登记。"
    assert refused(here, code(here.session)) == closed
    opened(here, minutes=1)
    time.go(seconds=59)
    assert attend(here, code(here.session, time.now))
    time.go(seconds=60)
    assert refused(here, code(here.session, time.now), here.users.second, "other") == closed
    opened(here, minutes=15, now=time.now)
    attendance_window.close_window(here.session, here.users.trainer)
    assert refused(here, code(here.session, time.now), here.users.second, "other") == closed


def test_of_two_accounts_on_one_device_the_second_is_refused_and_the_trainer_sees_it(here):
    opened(here)
    attend(here, code(here.session))
    said = refused(here, code(here.session), here.users.second)
    assert said == "这台设备已登记过祁志强：每人须用自己的设备。请找主讲人，由主讲人在名单上点名登记。"
    assert refused(here, code(here.session), here.users.second) == said
    noted = RefusedDevice.objects.get()
    assert (noted.person, noted.used_by.person, noted.at) == (here.second, here.first, here.session.starts_at)
    assert attend(here, code(here.session), here.users.second, "own telephone")


def test_the_device_of_somebody_who_was_struck_out_stays_used(here):
    opened(here)
    attendance.strike(attend(here, code(here.session)), "不在会场", here.users.trainer)
    assert "这台设备已登记过祁志强" in refused(here, code(here.session), here.users.second)
    assert refused(here, code(here.session), device="another") == "您已从本场次名单上划去，请找主讲人说明。"
    assert attendance.tick(here.session, attendance.Who(person=here.first), here.users.trainer)


def test_ten_wrong_codes_are_enough_for_an_account_and_nobody_else(here, time):
    opened(here)
    for number in range(attendance.MOST_WRONG):
        assert "这不是屏幕上的签到码" in refused(here, f"wrong {number}")
        Passage.objects.update(at=time.now)
    assert refused(here, code(here.session)) == ("您的账号输错次数太多。请找主讲人，由主讲人在名单上点名登记。")
    assert Passage.objects.count() == attendance.MOST_WRONG
    assert attend(here, code(here.session), here.users.second, "other")
    assert attendance.tick(here.session, attendance.Who(person=here.first), here.users.trainer)


def test_who_stands_for_nobody_or_was_not_in_service_is_refused(here):
    opened(here)
    nobody = staging.account("nobody", "cadre")
    assert refused(here, code(here.session), nobody) == "您的账号没有对应通讯录中的人员，请主讲人手写登记。"
    Appointment.objects.filter(person=here.first).update(until="2026-11-20")
    assert refused(here, code(here.session)) == (
        "祁志强已于2026-11-20离任，2026-11-24不在岗。请把这一行从名单上去掉，或者请人更正任职日期。"
    )
    Appointment.objects.filter(person=here.first).update(since="2026-12-01", until=None)
    assert refused(here, code(here.session)) == ("祁志强于2026-12-01到任，晚于2026-11-24。请核对是不是同名的另一个人。")


def test_a_supervisor_from_outside_counts_while_in_service(here):
    opened(here)
    user = staging.account("supervisor", "supervisor")
    outside = staging.person("钱有福", user)
    assert attend(here, code(here.session), user)
    gone = Person.objects.create(name="孙老", active=False)
    assert refusal(attendance.tick, here.session, attendance.Who(person=gone), None) == (
        "孙老已不在岗。请把这一行从名单上去掉。"
    )
    assert Attendance.objects.get().person == outside


def test_who_is_not_enrolled_takes_a_free_seat_and_is_refused_where_none_is(here):
    Session.objects.filter(pk=here.session.pk).update(seats=2)
    enrol(here.session, here.second)
    opened(here)
    assert attend(here, code(here.session))
    assert refused(here, code(here.session), here.users.third, "third") == (
        "您没有报名，2个名额已满。如有空位，主讲人可以为您点名登记。"
    )
    assert attend(here, code(here.session), here.users.second, "second")
    assert attendance.tick(here.session, attendance.Who(person=here.third), here.users.trainer)


def test_who_is_enrolled_and_there_takes_one_seat_and_not_two(here):
    Session.objects.filter(pk=here.session.pk).update(seats=3)
    enrol(here.session, here.second)
    villager = enrol(here.session, name="林木森", village=here.upper)
    opened(here)
    assert attend(here, code(here.session), here.users.second, "second")
    attendance.tick(here.session, attendance.Who(enrolment=villager), here.users.trainer)
    assert attend(here, code(here.session))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SessionState.CANCELLED, "本场次已取消，不能登记到场。"),
        (SessionState.HELD, "本场次已结束。如果您到了场却没有登记，请告诉主讲人。"),
    ],
)
def test_a_session_that_is_cancelled_or_closed_takes_no_codes(here, state, said):
    opened(here)
    row = Session.objects.get(pk=here.session.pk)
    row.to_held() if state == SessionState.HELD else row.to_cancelled()
    row.save()
    assert refused(here, code(here.session)) == said


def test_a_scan_that_the_server_remembers_counts_for_three_minutes_after_it(here, time):
    opened(here, minutes=1)
    scanned, token = after(seconds=10), codes.code_at(here.session, codes.step_at(here.session.starts_at)).token
    time.go(minutes=3, seconds=11)
    assert "不接受签到码" in refused(here, token, scanned_at=scanned)
    time.go(minutes=3, seconds=10)
    assert attend(here, token, scanned_at=scanned)
    assert "不接受签到码" in refused(here, token, here.users.second, "other", scanned_at=after(minutes=4))


def test_a_scan_is_never_later_than_now(here, time):
    opened(here)
    later = after(seconds=60)
    token = codes.code_at(here.session, codes.step_at(later)).token
    assert "这个签到码还没有生效" in refused(here, token, scanned_at=later)
