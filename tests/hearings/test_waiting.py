"""What waits for whom, until when, and how an overdue measure comes up."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import localtime
from wagtail.models import ModelLogEntry

from hearings.domain.lifecycle import measures, minutes, session
from hearings.domain.lifecycle.hearings import close_session
from hearings.enums import MeasureKind, OfficerRole, SeatState, TopicState
from hearings.models import Correction, HearingsSettings, Measure, Officer, Representative, Topic
from organisation.models import Appointment, Responsibility
from suite.desk.domain.queries import desk_of
from suite.periodic.domain.lifecycle import tick
from tests.hearings.sittings import account, person

# A Friday; Monday is the first working day after it.
FRIDAY = datetime.date(2026, 12, 4)


@pytest.fixture
def held(room):
    """The session is over: one problem, to be studied."""
    session.end_without_conclusion(room.problem, datetime.date(2026, 12, 31), room.clerk)
    room.hearing = close_session(room.hearing, room.user)
    return room


@pytest.fixture
def promised(held):
    def issue(**changes):
        values = {"kind": MeasureKind.COMMITMENT, "text": "装路灯20盏", "unit": held.team, "due": FRIDAY, **changes}
        return measures.issue_measure(Measure(problem=held.problem, **values), held.user)

    return issue


def lines(user):
    """(title, reason, due) of the desk's lines from hearings."""
    desk = desk_of(get_user_model().objects.get(pk=user.pk))
    assert desk.missing == []
    return [
        (item.title, item.reason, localtime(item.due).strftime("%m-%d %H:%M") if item.due else None)
        for group in desk.groups
        for item in group.items
        if item.plugin == "hearings"
    ]


def escalated():
    return [
        (entry.data["level"], entry.data["to"])
        for entry in ModelLogEntry.objects.filter(action="hearings.escalate").order_by("pk")
    ]


def test_a_measure_waits_for_its_handler_until_the_office_closes_on_its_day(promised, held):
    promised(handler=held.handler)
    assert lines(held.handler_user) == [("落实措施：装路灯20盏", "您是承办人。", "12-04 17:30")]
    assert lines(held.head_user) == lines(held.chair_user) == []


def test_a_measure_without_handler_waits_for_the_head_of_the_unit(promised, held):
    promised()
    assert lines(held.head_user) == [
        ("落实措施：装路灯20盏", "没有指定承办人，林业水利服务队由您负责。", "12-04 17:30")
    ]
    assert lines(held.handler_user) == []


def test_the_measure_of_a_handler_who_left_goes_to_the_head(promised, held):
    promised(handler=held.handler)
    held.handler.active = False
    held.handler.save()
    assert [line[0] for line in lines(held.head_user)] == ["落实措施：装路灯20盏"]


def test_an_overdue_measure_comes_up_by_working_days_and_each_level_is_recorded_once(promised, held, time):
    promised(handler=held.handler)
    seen = []
    # Friday the 4th is its day; head after one working day, leader in charge after three.
    for day in range(4, 12):
        time.now = datetime.datetime(2026, 12, day, 10, tzinfo=time.now.tzinfo)
        tick(time.now)
        tick(time.now)
        seen.append(
            (day, len(lines(held.head_user)), len(lines(held.chair_user)), [level for level, to in escalated()])
        )
    assert seen == [
        (4, 0, 0, []),
        (5, 0, 0, []),
        (6, 0, 0, []),
        (7, 1, 0, ["head"]),
        (8, 1, 0, ["head"]),
        (9, 1, 1, ["head", "leader"]),
        (10, 1, 1, ["head", "leader"]),
        (11, 1, 1, ["head", "leader"]),
    ]
    assert escalated() == [("head", "祁志强"), ("leader", "顾明远")]
    assert lines(held.head_user) == [("超期措施：装路灯20盏", "已经超期，您是林业水利服务队负责人。", "12-04 17:30")]
    assert lines(held.chair_user) == [("超期措施：装路灯20盏", "已经超期，您分管林业水利服务队。", "12-04 17:30")]


def test_a_tick_that_comes_days_late_records_both_levels_once(promised, held, time):
    promised(handler=held.handler)
    time.go(days=60)
    assert [key.rpartition(":")[2] for key in tick(time.now).done if key.startswith("hearings.")] == ["head", "leader"]
    assert [key for key in tick(time.now).done if key.startswith("hearings.")] == []
    assert escalated() == [("head", "祁志强"), ("leader", "顾明远")]


def test_a_moved_day_begins_anew(promised, held, time):
    measure = promised(handler=held.handler)
    time.go(days=20)
    tick(time.now)
    assert len(escalated()) == 2
    measures.move_due(measure, datetime.date(2026, 12, 25), "变压器还没有到货", held.user)
    assert lines(held.head_user) == lines(held.chair_user) == []
    time.now = datetime.datetime(2026, 12, 28, 10, tzinfo=time.now.tzinfo)
    tick(time.now)
    assert escalated() == [("head", "祁志强"), ("leader", "顾明远"), ("head", "祁志强")]


def test_what_is_done_comes_up_no_more(promised, held, time):
    measure = promised(handler=held.handler)
    measures.explain(measure, "改由县里统一安装", held.user)
    time.go(days=60)
    tick(time.now)
    assert escalated() == []
    assert lines(held.head_user) == lines(held.handler_user) == []


def test_where_nobody_is_in_charge_the_efficiency_office_learns_of_it(promised, held, time):
    Responsibility.objects.all().delete()
    Appointment.objects.filter(post__unit=held.team).delete()
    promised()
    time.go(days=20)
    tick(time.now)
    assert escalated() == [("head", "—"), ("leader", "—")]
    assert ("超期措施：装路灯20盏", "已经超期，林业水利服务队没有分管领导。", "12-04 17:30") in lines(held.user)


def test_the_settings_say_after_how_many_working_days(promised, held, time):
    HearingsSettings.objects.create(head_after_days=2, leader_after_days=2)
    promised(handler=held.handler)
    time.now = datetime.datetime(2026, 12, 7, 10, tzinfo=time.now.tzinfo)
    assert lines(held.head_user) == []
    time.go(days=1)
    assert (len(lines(held.head_user)), len(lines(held.chair_user))) == (1, 1)


def test_the_efficiency_office_is_led_from_step_to_step(held, time):
    user, hearing = held.user, held.hearing

    def titles():
        return [title for title, _reason, _due in lines(user)]

    assert titles() == ["起草“2026年第二次效能听证会”的纪要"]
    page = minutes.draft_minutes(hearing, user)
    assert titles() == ["把“2026年第二次效能听证会”的纪要送核对"]
    minutes.send_for_correction(hearing, user)
    assert titles() == []
    assert lines(held.head_user) == [
        ("核对“2026年第二次效能听证会”的纪要，有不对的提出更正", "您是这次听证会的听证官。", "11-27 17:30")
    ]
    asked = Correction(hearing=hearing, representative=held.people[0], text="我说的是三十盏。")
    correction = minutes.correct(asked)
    assert lines(user) == [("处理“2026年第二次效能听证会”的1条修改意见", "您负责组织听证。", "11-27 17:30")]
    minutes.settle(correction, True, "", user)
    time.go(days=4)
    assert titles() == ["把“2026年第二次效能听证会”的纪要送审公布"]
    assert page.live is False


def test_topics_wait_for_the_efficiency_office_as_one_line(room):
    for number in range(3):
        Topic.objects.create(
            state=TopicState.REPORTED, village=room.upper, title=f"水费{number}", text="太贵。", concerned=5
        )
    titles = {title for title, _reason, _due in lines(room.user)}
    assert titles == {"处理3个议题：合并、直接答复或者列入听证", "记录“2026年第二次效能听证会”的会议"}


def test_a_clerk_finds_the_session_on_its_day_and_not_before(room, time):
    scribe = account("scribe", "cadre")
    Officer.objects.create(hearing=room.hearing, person=person("褚晓彤", scribe), role=OfficerRole.CLERK)
    assert lines(scribe) == [("记录“2026年第二次效能听证会”的会议", "您是记录人。", "11-24 09:00")]
    time.go(days=-1)
    assert lines(scribe) == []


def test_an_invitation_that_nobody_answered_lapses_with_the_session(room, time):
    one = Representative.objects.create(
        state=SeatState.INVITED, hearing=room.hearing, way="invited", name="校长", represents="小学", phone="88001234"
    )
    time.go(hours=-2)
    tick(time.now)
    one.refresh_from_db()
    assert one.state == SeatState.INVITED
    time.go(days=3)
    tick(time.now)
    tick(time.now)
    assert Representative.objects.get(pk=one.pk).state == SeatState.DECLINED
    assert ModelLogEntry.objects.filter(action="hearings.lapse").count() == 1


def test_nothing_waits_for_somebody_who_has_nothing_to_do_with_it(promised, held):
    promised(handler=held.handler)
    assert lines(account("stranger", "cadre")) == []
    assert lines(account("without-role")) == []
