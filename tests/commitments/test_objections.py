"""The one objection: within its days, before the answer, decided by somebody who had no part in the notice."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from commitments.domain.lifecycle import notices, objections
from commitments.domain.notice_access import decider_of
from commitments.domain.notice_record import objects_until
from commitments.enums import Grade, NoticeState
from commitments.models import NOTICE_CLOCK, Objection, ServedNotice
from organisation.enums import AbsenceKind
from organisation.models import Absence
from suite.clock.domain import clocks_of
from tests.commitments import notice_staging as staging
from tests.commitments.notice_staging import said

DATE = datetime.date.fromisoformat
TODAY = DATE("2026-12-02")
NO_RIGHT = "您的账号没有这项权限，请联系效能办。"


def refused(function, *arguments):
    """What a step is refused with, by field where it has one."""
    with pytest.raises(ValidationError) as refusal:
        function(*arguments)
    return refusal.value.message_dict if hasattr(refusal.value, "error_dict") else said(refusal)


def states(notice):
    return {clock.rule.rpartition(".")[2]: clock.state for clock in clocks_of(NOTICE_CLOCK, notice.pk)}


def test_an_objection_pauses_the_days(town, december):
    notice = staging.served(town, grade=Grade.RECTIFY)
    december.go(days=2)
    objection = objections.object_to(notice, " 材料已经交了。 ", town.cadre.user)
    notice = ServedNotice.objects.get(pk=notice.pk)
    assert (objection.text, objection.raised_at, objection.raised_by, objection.upheld) == (
        "材料已经交了。", december.now, town.cadre.user, None,
    )  # fmt: skip
    assert notice.state == NoticeState.OBJECTED
    assert states(notice) == {"answer": "paused", "rectify": "paused", "objection": "stopped"}


def test_a_dismissed_one_lets_the_days_go_on_later(town, december):
    notice = staging.objected(town, grade=Grade.RECTIFY)
    # Two working days pass, from Wednesday to Friday.
    december.go(days=2)
    objection = objections.decide_objection(notice.objection, False, "签收单上没有这份材料。", town.head.user)
    notice = ServedNotice.objects.get(pk=notice.pk)
    assert (objection.upheld, objection.reason, objection.decided_by, objection.decided_at) == (
        False, "签收单上没有这份材料。", town.head.user, december.now,
    )  # fmt: skip
    assert (notice.state, notice.answer_until, notice.rectify_until) == (
        "served", DATE("2026-12-11"), DATE("2026-12-28"),
    )  # fmt: skip
    assert states(notice) == {"answer": "running", "rectify": "running", "objection": "stopped"}
    assert notices.answer(notice, "照办。", town.cadre.user).state == NoticeState.ANSWERED


def test_an_upheld_one_withdraws_the_notice(town, december):
    notice = staging.objected(town)
    objections.decide_objection(notice.objection, True, "材料按时交了。", town.head.user)
    notice = ServedNotice.objects.get(pk=notice.pk)
    assert (notice.state, notice.ended_at, notice.number) == ("withdrawn", december.now, "石效通〔2026〕1号")
    assert set(states(notice).values()) == {"stopped"}
    told = refused(staging.proposed, town, notice.commitment)
    assert told == {"promises": ["“1. 第1项重点工作”已经发过责任通知书，或者对它的异议已经成立：请不要选这一项。"]}


def test_only_the_person_objects_with_words(town):
    notice = staging.served(town)
    for one in (town.colleague, town.office, town.leader):
        assert refused(objections.object_to, notice, "不对。", one.user) == (
            "这一步由受通知人本人在办公桌上办理；纸质材料由效能办代录。"
        )
    assert refused(objections.object_to, notice, " \n", town.cadre.user) == {
        "text": ["请写明责任通知书哪里不对、为什么。"]
    }
    assert refused(objections.object_to, notice, "长" * 2001, town.cadre.user) == {"text": ["请控制在2000个字以内。"]}
    assert Objection.objects.count() == 0


def test_once_only(town):
    notice = staging.objected(town)
    objections.decide_objection(notice.objection, False, "不成立。", town.head.user)
    told = refused(objections.object_to, notice, "再说一次。", town.cadre.user)
    assert told == "对这份责任通知书已经提出过异议，不再受理第二次。"


def test_before_service_and_after_the_answer_none_is_raised(town):
    notice = staging.approved(town)
    told = "异议在责任通知书送达以后、答复之前提出。"
    assert refused(objections.object_to, notice, "不对。", town.cadre.user) == f"{told}（目前：已批准，待送达。）"
    notice = notices.answer(notices.acknowledge(notice, town.cadre.user), "已补。", town.cadre.user)
    assert refused(objections.object_to, notice, "不对。", town.cadre.user) == f"{told}（目前：已答复，待核查。）"


def test_who_has_answered_once_objects_no_more_when_asked_for_a_better_answer(town):
    notice = notices.ask_again(staging.answered(town), "没有说原因。", town.office.user)
    told = refused(objections.object_to, notice, "不对。", town.cadre.user)
    assert told == "您已答复过这份责任通知书：哪里不对，请在补正的答复里写明。"
    assert objects_until(notice) is None


@pytest.mark.parametrize(("days", "late"), [(7, False), (8, True)])
def test_the_days_to_object_end_with_their_last_day(town, december, days, late):
    notice = staging.served(town)
    december.go(days=days)
    if late:
        told = refused(objections.object_to, notice, "不对。", town.cadre.user)
        assert told == "提出异议的期限已过：请作答复，在答复里写明哪里不对。"
    else:
        assert objections.object_to(notice, "不对。", town.cadre.user).pk


def test_while_it_waits_nothing_else_is_done(town, december):
    notice = staging.objected(town, grade=Grade.TALK)
    assert refused(notices.answer, notice, "x", town.cadre.user) == (
        "责任通知书送达以后才能答复，异议裁定之前不答复。（目前：异议处理中。）"
    )
    december.go(days=20)
    assert refused(notices.escalate, notice, "x", town.office.user) == (
        "只有已经送达、没有异议待裁定的责任通知书才能升级处理。（目前：异议处理中。）"
    )
    told = refused(notices.record_talk, notice, december.now, town.leader, "谈了。", town.leader.user)
    assert told == "谈话在责任通知书送达以后进行：请在送达以后、没有异议待裁定时记录。（目前：异议处理中。）"


def test_the_head_decides_and_nobody_else(town):
    notice = staging.objected(town)
    assert decider_of(notice) == town.head
    assert refused(objections.decide_objection, notice.objection, True, "属实。", town.other_leader.user) == (
        "这份异议由顾明远裁定。"
    )
    assert refused(objections.decide_objection, notice.objection, True, "属实。", town.leader.user) == (
        "拟发人和批准人不能裁定对这份责任通知书的异议。"
    )
    for one in (town.office, town.colleague, town.cadre):
        assert refused(objections.decide_objection, notice.objection, True, "属实。", one.user) == NO_RIGHT


def test_a_decision_has_a_reason_and_is_made_once(town):
    notice = staging.objected(town)
    told = refused(objections.decide_objection, notice.objection, True, " ", town.head.user)
    assert told == {"reason": ["请写明理由，本人和效能办会看到。"]}
    objections.decide_objection(notice.objection, False, "不成立。", town.head.user)
    told = refused(objections.decide_objection, notice.objection, True, "改判。", town.head.user)
    assert told == "这份异议已经裁定。（目前：已送达，待答复。）"


def test_where_the_head_approved_it_the_next_leader_decides(town):
    notice = staging.proposed(town, staging.failed(town.leader, town.seat))
    notice = notices.acknowledge(notices.approve(notice, town.head.user), town.leader.user)
    objection = objections.object_to(notice, "不对。", town.leader.user)
    assert decider_of(notice) == town.other_leader
    told = refused(objections.decide_objection, objection, True, "属实。", town.leader.user)
    assert told == "这份责任通知书是发给您本人的：请由别人办理。"
    assert objections.decide_objection(objection, True, "属实。", town.other_leader.user).upheld


def test_of_the_heads_own_a_leader_decides_who_had_no_part(town):
    notice = staging.proposed(town, staging.failed(town.head, town.seat))
    notice = notices.acknowledge(notices.approve(notice, town.other_leader.user), town.head.user)
    objection = objections.object_to(notice, "不对。", town.head.user)
    assert objections.decide_objection(objection, False, "不成立。", town.leader.user).decided_by == town.leader.user


def test_a_deputy_of_the_head_decides_unless_they_had_a_part(town):
    notice = staging.objected(town)
    absence = Absence.objects.create(
        person=town.head, kind=AbsenceKind.TRIP, since=TODAY, until=TODAY, deputy=town.other_leader
    )
    assert decider_of(notice) == town.other_leader
    absence.deputy = town.leader
    absence.save()
    # The leader approved it; the one whom the office names for the head's papers is next.
    assert decider_of(notice) == town.other_leader


def test_where_nobody_is_left_it_says_whom_to_enter(town):
    notice = staging.objected(town)
    for one in (town.head, town.other_leader):
        Absence.objects.create(person=one, kind=AbsenceKind.TRIP, since=TODAY, until=TODAY)
    assert decider_of(notice) is None
    told = refused(objections.decide_objection, notice.objection, True, "属实。", town.head.user)
    assert told == "目前没有人能裁定这份异议：请效能办登记另一位分管领导。"
