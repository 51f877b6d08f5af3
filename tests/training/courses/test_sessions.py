"""A session's life: planned, opened, changed, moved, cancelled, held."""

import datetime

import pytest

from organisation.models import Absence
from suite.state import states, transitions
from tests.refusals import refusal
from tests.training.courses.school import DAY, HOUR, NOW
from tests.training.courses.school import states as listed
from tests.training.town import leave
from training.domain.courses import place_in_line, waiting
from training.domain.lifecycle import courses, enrolments
from training.models import Enrolment, Session


def test_the_state_charts_are_these():
    assert [key for key, _label in states(Session)] == ["planned", "open", "held", "cancelled"]
    assert [(step.source, step.target) for step in transitions(Session)] == [
        ("planned", "cancelled"), ("planned", "held"), ("planned", "open"), ("open", "cancelled"), ("open", "held"),
    ]  # fmt: skip
    assert [(step.source, step.target) for step in transitions(Enrolment)] == [
        ("enrolled", "withdrawn"), ("waiting", "enrolled"), ("waiting", "withdrawn"),
    ]  # fmt: skip


def test_a_session_is_planned_opened_and_closed_as_held(school):
    session = school.opened()
    assert session.state == "open"
    school.now = session.starts_at
    assert courses.close_as_held(session, school.trainer.user, without="停电").state == "held"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"begins": NOW - HOUR}, "场次要安排在以后：请另选日期或时间。"),
        ({"ends_at": NOW + 10 * DAY}, "结束时间早于开始时间：请选更晚的结束时间。"),
        ({"ends_at": NOW + 11 * DAY}, "一场最长十二个小时：分几天上的课，请一天安排一场。"),
        ({"sign_up_until": NOW + 11 * DAY}, "报名要在开课前截止：请选更早的时间。"),
        ({"trainer": None}, "请选主讲人，或者在下面填写外请的主讲人。"),
        ({"place": "会议室，找王会计 13900139000"}, "这段文字里有身份证号、手机号或银行卡号。"),
    ],
)
def test_a_session_that_could_not_be_held_is_refused(school, changes, told):
    session = school.new(**changes)
    assert told in refusal(courses.plan, session, school.office_user)
    assert Session.objects.count() == 0


def test_a_trainer_who_left_or_is_away_or_teaches_elsewhere_is_refused(school):
    absence = Absence.objects.create(
        person=school.trainer, kind="leave", since=(NOW + 9 * DAY).date(), until=(NOW + 12 * DAY).date()
    )
    told = refusal(courses.plan, school.new(), school.office_user)
    assert told == "陈茶珍当天外出（2026-12-02–2026-12-05）：请另选主讲人或另选日期。"
    absence.delete()
    school.planned()
    told = refusal(courses.plan, school.new(begins=NOW + 10 * DAY + HOUR), school.office_user)
    assert told == "陈茶珍那时主讲“公文写作 2026-12-03 09:00”：请另选主讲人或另选时间。"
    leave(school.trainer)
    told = refusal(courses.plan, school.new(begins=NOW + 20 * DAY), school.office_user)
    assert told == "陈茶珍已不在岗：请另选主讲人。"


def test_a_guest_may_teach(school):
    assert school.planned(trainer=None, guest_trainer="县农业农村局 林老师").guest_trainer == "县农业农村局 林老师"


def test_a_session_in_a_merged_village_is_in_the_one_it_lives_on_in(school):
    school.lower.merged_into, school.lower.until = school.upper, (NOW - DAY).date()
    school.lower.save()
    assert school.planned(village=school.lower).village == school.upper


def test_only_who_runs_training_plans_moves_and_cancels(school):
    told = "您的账号没有这项权限，请联系效能办。"
    session = school.planned()
    user = school.cadre.user
    assert refusal(courses.plan, school.new(begins=NOW + 20 * DAY), user) == told
    assert refusal(courses.open_sign_up, session, user) == told
    assert refusal(courses.change, session, {"place": "礼堂"}, user) == told
    assert refusal(courses.move, session, NOW + 30 * DAY, NOW + 30 * DAY + HOUR, "停电", user) == told
    assert refusal(courses.cancel, session, "停电", user) == told
    assert refusal(courses.close_as_held, session, user) == told


def test_everybody_of_the_unit_is_enrolled_when_sign_up_opens(school):
    school.person("已调离", "cadre", unit=school.team, until=(NOW - DAY).date())
    # Somebody who comes before the day of the session, and somebody who left and whose post was not ended.
    school.person("新到岗", "cadre", unit=school.team, since=(NOW + 5 * DAY).date())
    leave(school.person("已离职", "cadre", unit=school.team))
    session = school.opened(school.course("study", "每月学习", everybody=True), seats=0)
    assert sorted(listed(session)) == [("周大山", "enrolled"), ("新到岗", "enrolled"), ("田野", "enrolled")]


def test_what_is_just_possible_for_a_session_and_what_just_not(school):
    now = "场次要安排在以后：请另选日期或时间。"
    assert refusal(courses.plan, school.new(begins=NOW), school.office_user) == now
    begins = NOW + 10 * DAY
    longest = school.planned(begins=begins, ends_at=begins + 12 * HOUR, sign_up_until=begins)
    assert (longest.ends_at - longest.starts_at, longest.sign_up_until) == (12 * HOUR, begins)


def test_a_trainer_may_teach_one_session_after_the_other_and_in_place_of_a_cancelled_one(school):
    begins = NOW + 10 * DAY
    middle = school.planned(begins=begins)
    for hours in (-2, 2):
        school.planned(begins=begins + hours * HOUR)
    courses.cancel(middle, "台风", school.office_user)
    assert school.planned(begins=begins).trainer == school.trainer


def test_who_came_at_the_same_moment_stands_behind_one_another_in_the_line(school):
    school.person("新来的", "cadre", unit=school.team)
    session = school.opened(school.course("study", "每月学习", everybody=True), seats=1)
    assert [place_in_line(one) for one in waiting(session)] == [1, 2]
    assert len({one.entered_at for one in waiting(session)}) == 1


def test_everybody_of_the_unit_finds_a_seat_or_may_wait(school):
    everybody = school.course("study", "每月学习", everybody=True)
    tight = school.planned(everybody, seats=1, waiting_list=False)
    assert refusal(courses.open_sign_up, tight, school.office_user) == (
        "应到2人，只有1个名额：请增加名额，或者勾选“设候补”。"
    )
    tight.refresh_from_db()
    assert (tight.state, listed(tight)) == ("planned", [])
    enough = school.opened(everybody, seats=2, waiting_list=False, begins=NOW + 11 * DAY)
    assert sorted(listed(enough)) == [("周大山", "enrolled"), ("田野", "enrolled")]
    waits = school.opened(everybody, seats=1, begins=NOW + 12 * DAY)
    assert sorted(state for _name, state in listed(waits)) == ["enrolled", "waiting"]


def test_a_moved_session_tells_who_is_enrolled_and_keeps_the_distance_to_the_end_of_sign_up(school):
    session = school.opened(sign_up_until=NOW + 8 * DAY)
    first = school.enrolled(session, 3)[0]
    enrolments.withdraw(first, first.person.user)
    moved = courses.move(session, NOW + 17 * DAY, NOW + 17 * DAY + HOUR, "会议室停电", school.office_user)
    assert (moved.moved_from, moved.moved_reason, moved.revision) == (NOW + 10 * DAY, "会议室停电", 1)
    assert moved.sign_up_until == NOW + 15 * DAY
    assert list(session.enrolments.order_by("pk").values_list("tell", flat=True)) == ["", "moved", "moved"]
    assert refusal(
        courses.move, moved, NOW + 17 * DAY, NOW + 17 * DAY + HOUR, "会议室停电", school.office_user
    ) == "现在就是这个时间：请另选时间。"  # fmt: skip
    assert refusal(courses.move, moved, NOW + 18 * DAY, NOW + 18 * DAY + HOUR, " ", school.office_user) == (
        "请写明调整时间的原因：已报名的人会看到。"
    )


def test_a_session_is_not_moved_to_a_day_on_which_its_trainer_is_away(school):
    session = school.opened()
    Absence.objects.create(person=school.trainer, kind="trip", since=(NOW + 17 * DAY).date(), until=None)
    told = refusal(courses.move, session, NOW + 17 * DAY, NOW + 17 * DAY + HOUR, "停电", school.office_user)
    assert told == "陈茶珍当天外出（2026-12-10–）：请另选主讲人或另选日期。"
    changed = courses.change(session, {"trainer": school.cadre}, school.office_user)
    assert (
        courses.move(changed, NOW + 17 * DAY, NOW + 17 * DAY + HOUR, "停电", school.office_user).trainer == school.cadre
    )


def test_a_cancelled_session_keeps_its_reason_tells_everybody_and_takes_nobody_in(school):
    session = school.opened()
    school.enrolled(session, 3)
    assert refusal(courses.cancel, session, "", school.office_user) == "请写明取消的原因：大家都会看到。"
    cancelled = courses.cancel(session, "台风", school.office_user)
    assert (cancelled.state, cancelled.reason, cancelled.revision) == ("cancelled", "台风", 1)
    assert list(session.enrolments.values_list("tell", flat=True)) == ["cancelled"] * 3
    assert refusal(enrolments.enrol, session, school.cadre, school.cadre.user) == (
        "这一场已取消：台风。请另选一场，或者向办公室询问下一场。"
    )
    assert "还没举办的场次才能取消。" in refusal(courses.cancel, session, "台风", school.office_user)
    assert "场次在举办前才能改时间。" in refusal(
        courses.move, session, NOW + 17 * DAY, NOW + 18 * DAY, "停电", school.office_user
    )
    assert "场次在举办前才能修改。" in refusal(courses.change, session, {"place": "礼堂"}, school.office_user)
    assert "报名只开放一次，要在开课之前。" in refusal(courses.open_sign_up, session, school.office_user)
    assert "一场只办结一次。" in refusal(courses.close_as_held, session, school.office_user)


def test_what_has_begun_is_neither_opened_nor_moved_and_what_has_not_is_not_closed(school):
    session = school.planned()
    assert refusal(courses.close_as_held, session, school.office_user) == (
        "这一场2026-12-03 09:00开始：请在那之后办结，或者取消。"
    )
    school.now = session.starts_at
    assert refusal(courses.open_sign_up, session, school.office_user) == "这一场已经开始：请办结，或者取消。"
    told = refusal(courses.move, session, NOW + 20 * DAY, NOW + 20 * DAY + HOUR, "停电", school.office_user)
    assert told == "这一场已经开始：请办结，或者取消后另行安排。"


def test_more_seats_let_those_who_wait_move_up_and_fewer_than_are_taken_are_refused(school):
    session = school.opened()
    school.enrolled(session, 4)
    assert [state for _name, state in listed(session)] == ["enrolled", "enrolled", "waiting", "waiting"]
    changed = courses.change(session, {"seats": 3}, school.office_user)
    assert [state for _name, state in listed(session)] == ["enrolled", "enrolled", "enrolled", "waiting"]
    assert refusal(courses.change, changed, {"seats": 2}, school.office_user) == (
        "已有3人录取：请先为其中几人退出，或者保留这些名额。"
    )
    # Three hold a seat: as many as that may stay.
    assert courses.change(session, {"seats": 3}, school.office_user).seats == 3
    courses.change(session, {"seats": 0}, school.office_user)
    assert [state for _name, state in listed(session)] == ["enrolled"] * 4


def test_a_change_that_changes_nothing_leaves_calendars_alone(school):
    session = school.opened()
    assert courses.change(session, {"place": session.place}, school.office_user).revision == 0
    assert courses.change(session, {"place": "礼堂"}, school.office_user).revision == 1
    with pytest.raises(KeyError):
        courses.change(session, {"starts_at": NOW}, school.office_user)
    assert datetime.timedelta(0) < session.ends_at - session.starts_at
