"""A notice from its proposal to its end: who may, in which order, with which words it is refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from commitments.domain.lifecycle import notices
from commitments.domain.notice_record import answered_late, is_overdue, open_rows, without_notice
from commitments.enums import Grade, NoticeState, Outcome
from commitments.models import NOTICE_CLOCK, CommitmentsSettings, ServedNotice
from organisation.enums import AbsenceKind
from organisation.models import Absence
from suite.clock.domain import clocks_of
from suite.clock.models import CalendarDay
from suite.evidence.domain import evidence_of
from suite.numbering.models import DocumentNumber
from tests.commitments import notice_staging as staging
from tests.commitments.notice_staging import said

DATE = datetime.date.fromisoformat
TODAY = DATE("2026-12-02")
NO_RIGHT = "您的账号没有这项权限，请联系效能办。"


@pytest.fixture
def commitment(town):
    return staging.failed(town.cadre, town.economy)


def refused(function, *arguments, **named):
    """What a step is refused with, by field where it has one."""
    with pytest.raises(ValidationError) as refusal:
        function(*arguments, **named)
    return refusal.value.message_dict if hasattr(refusal.value, "error_dict") else said(refusal)


# Proposing


def test_a_notice_is_proposed_about_failed_rows(town, commitment):
    notice = staging.proposed(town, commitment)
    assert (notice.state, notice.grade, notice.repeats, notice.number) == ("proposed", Grade.EXPLAIN, 0, "")
    assert [row.number for row in notice.promises.all()] == [1, 2]
    assert notice.proposed_by == town.office.user
    assert not clocks_of(NOTICE_CLOCK, notice.pk).exists()


@pytest.mark.parametrize("outcome", [Outcome.FULFILLED, Outcome.PARTLY, ""])
def test_no_notice_without_a_failed_row(town, commitment, outcome):
    row = commitment.promises.get(number=1)
    row.outcome = outcome
    row.save()
    told = refused(notices.propose, staging.fresh(commitment), [row], town.office.user)
    assert told == {"promises": ["“1. 第1项重点工作”没有认定为未完成：责任通知书必须针对未完成的承诺事项。"]}
    assert refused(notices.propose, staging.fresh(commitment), [], town.office.user) == {
        "promises": ["请选择未完成的承诺事项。"]
    }
    assert ServedNotice.objects.count() == 0


def test_a_notice_is_about_one_month(town, commitment):
    other = staging.failed(town.cadre, town.economy, DATE("2026-10-01"))
    told = refused(notices.propose, staging.fresh(commitment), other.promises.all()[:1], town.office.user)
    assert told == {"promises": ["一份责任通知书只针对一个月份：请选择这份月承诺里的承诺事项。"]}


def test_a_notice_waits_for_the_decision_of_the_township(town):
    commitment = staging.failed(town.cadre, town.economy)
    type(commitment).objects.filter(pk=commitment.pk).update(**{"state": "verified"})
    told = refused(staging.proposed, town, commitment)
    assert told == "责任通知书以镇里的认定结果为依据：请先认定这份月承诺。（目前：已核实，待镇里认定。）"


def test_only_the_efficiency_office_proposes_and_not_to_itself(town, commitment):
    for one in (town.leader, town.cadre, town.head, town.supervisor):
        assert refused(staging.proposed, town, commitment, by=one) == NO_RIGHT
    own = staging.failed(town.office, town.office_unit)
    told = refused(staging.proposed, town, own)
    assert told == "这份责任通知书是发给您本人的：请由别人办理。"
    assert staging.proposed(town, own, by=town.second_office).state == NoticeState.PROPOSED


def test_no_lighter_grade_than_the_rule_but_a_graver_one(town, commitment):
    staging.served(town, staging.failed(town.cadre, town.economy, DATE("2026-10-01")))
    told = refused(staging.proposed, town, commitment)
    assert told == {"grade": ["12个月内第2次：诫勉谈话。请选择这一等次或更重的等次。"]}
    notice = staging.proposed(town, commitment, grade=Grade.RECTIFY)
    assert (notice.grade, notice.repeats) == (Grade.RECTIFY, 1)


def test_grave_facts_ask_for_the_gravest_grade(town, commitment):
    told = refused(staging.proposed, town, commitment, grave=True)
    assert told == {"grade": ["情节严重：限期整改。请选择这一等次或更重的等次。"]}
    assert staging.proposed(town, commitment, grave=True, grade=Grade.RECTIFY).grave


@pytest.mark.parametrize("talk_at", [None, staging.NOW - datetime.timedelta(days=1)])
def test_a_talk_has_a_time(town, commitment, talk_at):
    told = refused(staging.proposed, town, commitment, grade=Grade.TALK, talk_at=talk_at)
    assert told == {"talk_at": ["什么时候谈话？请选择今天或以后的时间。"]}


@pytest.mark.parametrize("who", ["nobody", "cadre", "colleague", "left"])
def test_a_talk_is_held_by_a_leader_in_service(town, commitment, who):
    if who == "left":
        town.leader.active = False
        town.leader.save()
    by = {"nobody": None, "left": town.leader}.get(who) or getattr(town, who, None)
    told = refused(staging.proposed, town, commitment, grade=Grade.TALK, talk_by=by)
    assert told == {"talk_by": ["由谁谈话？请选择一位领导，不能是受通知人本人。"]}


@pytest.mark.parametrize("day", [None, TODAY, DATE("2026-11-30"), DATE("2126-01-01")])
def test_rectifying_has_a_day(town, commitment, day):
    told = refused(staging.proposed, town, commitment, grade=Grade.RECTIFY, rectify_until=day)
    assert told == {"rectify_until": ["整改到哪一天？请选择今天以后的日期。"]}


def test_what_the_grade_does_not_ask_for_is_left_out(town, commitment):
    notice = staging.proposed(
        town, commitment, talk_at=staging.TALK_AT, talk_by=town.leader, rectify_until=DATE("2026-12-24")
    )
    assert (notice.talk_at, notice.talk_by, notice.rectify_until) == (None, None, None)


def test_facts_are_needed_and_are_cleaned(town, commitment):
    assert refused(staging.proposed, town, commitment, facts=" \n ") == {"facts": ["请写明事实和要求。"]}
    assert staging.proposed(town, commitment, facts="\u202e没有\t开始。\r\n请说明。").facts == "没有 开始。\n请说明。"


def test_facts_that_are_too_long_are_refused(town, commitment):
    told = refused(staging.proposed, town, commitment, facts="长" * 2001)
    assert told == {"facts": ["请控制在2000个字以内。"]}
    assert ServedNotice.objects.count() == 0


def test_one_notice_at_a_time_about_a_month(town, commitment):
    first, second = commitment.promises.filter(outcome=Outcome.NOT)
    staging.proposed(town, commitment, [first])
    told = refused(staging.proposed, town, commitment, [second])
    assert told == {"__all__": ["这个月已有一份通知书在办，请先把那一份办结。"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        staging.fresh(commitment).save()


def test_no_row_is_noticed_twice(town, commitment):
    first, second = commitment.promises.filter(outcome=Outcome.NOT)
    notice = staging.proposed(town, commitment, [first])
    notice = notices.acknowledge(notices.approve(notice, town.leader.user), town.cadre.user)
    notices.close(notices.answer(notice, "已补。", town.cadre.user), "属实。", town.office.user)
    told = refused(staging.proposed, town, commitment, [first, second])
    assert told == {"promises": ["“1. 第1项重点工作”已经发过责任通知书，或者对它的异议已经成立：请不要选这一项。"]}
    assert open_rows(commitment) == [second]


def test_after_a_refusal_or_a_withdrawal_it_is_proposed_anew(town, commitment):
    notices.refuse(staging.proposed(town, commitment), "请先核实。", town.leader.user)
    notices.withdraw(staging.proposed(town, commitment), "事实写错了。", town.office.user)
    assert staging.proposed(town, commitment).state == NoticeState.PROPOSED


def test_what_waits_for_a_notice(town, commitment):
    staging.failed(town.colleague, town.economy, outcomes=[Outcome.FULFILLED, Outcome.PARTLY])
    assert list(without_notice()) == [commitment]
    staging.proposed(town, commitment)
    assert list(without_notice()) == []


# Approving


def test_approving_gives_the_number_and_its_time(town, commitment, december):
    notice = staging.approved(town, commitment)
    assert (notice.state, notice.number, notice.approved_by, notice.approved_at) == (
        "approved", "石效通〔2026〕1号", town.leader.user, december.now,
    )  # fmt: skip
    number = DocumentNumber.objects.get()
    # The register of numbers names nobody.
    assert (number.title, number.reference_kind, number.reference_key) == (
        "责任通知书", "commitments.servednotice", str(notice.pk),
    )  # fmt: skip


def test_a_refused_approval_leaves_no_gap_in_the_numbers(town, commitment):
    notice = staging.proposed(town, commitment)
    with transaction.atomic():
        assert notices.approve(notice, town.leader.user).number == "石效通〔2026〕1号"
        transaction.set_rollback(True)
    assert DocumentNumber.objects.count() == 0
    assert notices.approve(notice, town.leader.user).number == "石效通〔2026〕1号"
    other = staging.proposed(town, staging.failed(town.colleague, town.economy))
    assert notices.approve(other, town.leader.user).number == "石效通〔2026〕2号"


def test_of_two_proposed_side_by_side_the_second_is_no_first_one(town, commitment):
    earlier = staging.proposed(town, staging.failed(town.cadre, town.economy, DATE("2026-10-01")))
    second = staging.proposed(town, commitment)
    notices.acknowledge(notices.approve(earlier, town.leader.user), town.cadre.user)
    told = "12个月内第2次：诫勉谈话。请不要批准这一份，由效能办按这一等次或更重的等次重新提出。"
    assert refused(notices.approve, second, town.leader.user) == told
    notices.refuse(second, "等次不够。", town.leader.user)
    assert staging.approved(town, commitment, grade=Grade.TALK).state == NoticeState.APPROVED


def test_without_a_series_of_numbers_nothing_is_approved(town, commitment):
    notice = staging.proposed(town, commitment)
    CommitmentsSettings.objects.update(notice_series=None)
    told = refused(notices.approve, notice, town.leader.user)
    assert told == "责任通知书还没有字号序列：请效能办在月承诺设置里选择一个。"


def test_only_the_leader_in_charge_approves_or_refuses(town, commitment):
    notice = staging.proposed(town, commitment)
    for one in (town.other_leader, town.head):
        told = "这份责任通知书由分管领导李卫东审批。"
        assert refused(notices.approve, notice, one.user) == told
        assert refused(notices.refuse, notice, "不同意。", one.user) == told
    for one in (town.office, town.colleague, town.cadre):
        assert refused(notices.approve, notice, one.user) == NO_RIGHT


def test_nobody_approves_a_notice_to_themselves(town):
    commitment = staging.failed(town.leader, town.seat)
    notice = staging.proposed(town, commitment)
    assert refused(notices.approve, notice, town.leader.user) == "这份责任通知书是发给您本人的：请由别人办理。"
    assert notices.approve(notice, town.head.user).approved_by == town.head.user


def test_the_notice_to_the_head_is_approved_by_whom_the_office_names(town):
    notice = staging.proposed(town, staging.failed(town.head, town.seat))
    assert notices.approve(notice, town.other_leader.user).approved_by == town.other_leader.user


def test_who_proposed_it_does_not_approve_it(town, commitment):
    town.leader.user.groups.add(*town.office.user.groups.all())
    notice = staging.proposed(town, commitment, by=town.leader)
    told = refused(notices.approve, notice, town.leader.user)
    assert told == "拟发人不能批准自己拟发的责任通知书：请由分管领导审批。"
    assert notices.approve(notice, town.head.user).approved_by == town.head.user


def test_a_deputy_approves_while_the_leader_is_away(town, commitment):
    Absence.objects.create(
        person=town.leader, kind=AbsenceKind.LEAVE, since=TODAY, until=TODAY, deputy=town.other_leader
    )
    notice = staging.proposed(town, commitment)
    assert refused(notices.approve, notice, town.leader.user) == "这份责任通知书由分管领导赵春梅审批。"
    assert notices.approve(notice, town.other_leader.user).approved_by == town.other_leader.user


def test_where_nobody_is_in_charge_it_says_whom_to_enter(town, commitment):
    notice = staging.proposed(town, commitment)
    for one in (town.leader, town.head, town.other_leader):
        Absence.objects.create(person=one, kind=AbsenceKind.LEAVE, since=TODAY, until=TODAY)
    told = refused(notices.approve, notice, town.leader.user)
    assert told == "目前没有分管领导能审批这份责任通知书：请效能办登记分管领导。"


def test_a_refusal_has_a_reason_and_ends_it(town, commitment, december):
    notice = staging.proposed(town, commitment)
    assert refused(notices.refuse, notice, " ", town.leader.user) == {"reason": ["请写明理由，效能办会看到。"]}
    notice = notices.refuse(notice, " 当月在抗旱一线。 ", town.leader.user)
    assert (notice.state, notice.refusal, notice.ended_at, notice.number) == (
        "refused", "当月在抗旱一线。", december.now, "",
    )  # fmt: skip
    assert refused(notices.approve, notice, town.leader.user) == "只有待批准的责任通知书才能批准。（目前：未予批准。）"
    assert refused(notices.refuse, notice, "x", town.leader.user) == (
        "只有待批准的责任通知书才能不予批准。（目前：未予批准。）"
    )


@pytest.mark.parametrize("step", ["approve", "acknowledge", "serve_on_paper"])
def test_a_row_that_is_no_longer_failed_stops_the_notice(town, commitment, step):
    notice = staging.proposed(town, commitment) if step == "approve" else staging.approved(town, commitment)
    commitment.promises.filter(number=2).update(outcome=Outcome.PARTLY)
    arguments = {
        "approve": (town.leader.user,),
        "acknowledge": (town.cadre.user,),
        "serve_on_paper": (TODAY, town.office.user),
    }
    told = refused(getattr(notices, step), notice, *arguments[step])
    assert told == "“2. 第2项重点工作”已不再认定为未完成：请撤回这份责任通知书。"


@pytest.mark.parametrize(("grade", "days"), [(Grade.TALK, 9), (Grade.RECTIFY, 22)])
def test_a_day_that_is_over_is_neither_approved_nor_served(town, commitment, december, grade, days):
    notice = staging.proposed(town, commitment, grade=grade)
    december.go(days=days)
    told = "这份责任通知书规定的日期已过：请撤回，另定日期重新拟发。"
    assert refused(notices.approve, notice, town.leader.user) == told
    december.go(days=-days)
    notice = notices.approve(notice, town.leader.user)
    december.go(days=days)
    assert refused(notices.acknowledge, notice, town.cadre.user) == told
    assert notices.serve_on_paper(notice, DATE("2026-12-03"), town.office.user).state == NoticeState.SERVED


# Withdrawing


def test_it_is_withdrawn_until_it_is_served(town, commitment):
    notice = staging.approved(town, commitment)
    assert refused(notices.withdraw, notice, "", town.office.user) == {"reason": ["请写明理由，效能办会看到。"]}
    assert refused(notices.withdraw, notice, "错了。", town.leader.user) == NO_RIGHT
    notice = notices.withdraw(notice, "送错了人。", town.office.user)
    assert (notice.state, notice.refusal, notice.number) == ("withdrawn", "送错了人。", "石效通〔2026〕1号")
    served = staging.served(town, commitment)
    assert refused(notices.withdraw, served, "错了。", town.office.user) == (
        "只有未送达的责任通知书才能撤回；已经送达的，异议成立时撤销。（目前：已送达，待答复。）"
    )


# Serving


def test_acknowledging_serves_it_and_starts_its_days(town, commitment, december):
    notice = staging.served(town, commitment)
    assert (notice.state, notice.service, notice.served_at, notice.acknowledged_at, notice.served_by) == (
        "served", "desk", december.now, december.now, town.cadre.user,
    )  # fmt: skip
    assert notice.answer_until == DATE("2026-12-09")
    assert [(clock.rule, clock.amount, clock.unit, clock.due) for clock in clocks_of(NOTICE_CLOCK, notice.pk)] == [
        ("commitments.objection", 5, "working", DATE("2026-12-09")),
        ("commitments.answer", 5, "working", DATE("2026-12-09")),
    ]


def test_only_the_person_acknowledges(town, commitment):
    notice = staging.approved(town, commitment)
    for one in (town.office, town.leader, town.colleague, town.head):
        assert refused(notices.acknowledge, notice, one.user) == (
            "这一步由受通知人本人在办公桌上办理；纸质材料由效能办代录。"
        )
    proposed = staging.proposed(town, staging.failed(town.colleague, town.economy))
    assert refused(notices.acknowledge, proposed, town.colleague.user) == (
        "责任通知书批准以后才能送达，并且只送达一次。（目前：待批准。）"
    )


def test_on_paper_the_days_begin_on_the_day_of_the_receipt(town, commitment, december):
    notice = staging.approved(town, commitment, grade=Grade.RECTIFY)
    december.go(days=5)
    told = {"day": ["送达日期应在批准之日到今天之间：请填写送达回证上的日期。"]}
    for day in ("2026-12-01", "2026-12-08"):
        assert refused(notices.serve_on_paper, notice, DATE(day), town.office.user) == told
    assert refused(notices.serve_on_paper, notice, TODAY, town.leader.user) == NO_RIGHT
    notice = notices.serve_on_paper(notice, DATE("2026-12-04"), town.office.user)
    assert (notice.service, notice.acknowledged_at, notice.served_by) == ("paper", None, town.office.user)
    assert (notice.answer_until, notice.rectify_until) == (DATE("2026-12-11"), DATE("2026-12-24"))


def test_the_office_does_not_serve_a_notice_on_itself(town):
    notice = staging.proposed(town, staging.failed(town.office, town.office_unit), by=town.second_office)
    notice = notices.approve(notice, town.head.user)
    told = "这份责任通知书是发给您本人的：请由别人办理。"
    assert refused(notices.serve_on_paper, notice, TODAY, town.office.user) == told
    assert refused(notices.withdraw, notice, "错了。", town.office.user) == told
    assert notices.acknowledge(notice, town.office.user).state == NoticeState.SERVED


def test_a_holiday_that_is_declared_later_moves_the_days(town, commitment):
    notice = staging.served(town, commitment, grade=Grade.RECTIFY)
    CalendarDay.objects.create(date=DATE("2026-12-09"), working=False, reason="停电")
    CalendarDay.objects.create(date=DATE("2026-12-24"), working=False, reason="停电")
    notice = ServedNotice.objects.get(pk=notice.pk)
    assert (notice.answer_until, notice.rectify_until) == (DATE("2026-12-10"), DATE("2026-12-25"))


# The talk


def test_the_talk_is_recorded_by_who_holds_it_or_the_office(town, commitment, december):
    notice = staging.served(town, commitment, grade=Grade.TALK)
    held = december.go(days=8)
    for one in (town.other_leader, town.colleague):
        told = refused(notices.record_talk, notice, held, town.leader, "谈了。", one.user)
        assert told == NO_RIGHT
    notice = notices.record_talk(notice, held, town.leader, " 谈了进度，本人认识到问题。 ", town.leader.user)
    assert (notice.talk_at, notice.talk_by, notice.talk_record) == (held, town.leader, "谈了进度，本人认识到问题。")
    # Until it ends, a mistake is mended.
    assert notices.record_talk(notice, held, town.head, "由书记谈话。", town.office.user).talk_by == town.head


def test_the_record_of_a_talk_is_refused(town, commitment, december):
    notice = staging.served(town, commitment, grade=Grade.TALK)
    held = december.go(days=8)
    leader = town.leader.user
    assert refused(notices.record_talk, notice, held, town.leader, " ", leader) == {"text": ["请写明谈话内容。"]}
    told = {"held_at": ["谈话时间应在责任通知书送达以后，不能晚于现在。"]}
    for wrong in (held + datetime.timedelta(hours=1), held - datetime.timedelta(days=9)):
        assert refused(notices.record_talk, notice, wrong, town.leader, "谈了。", leader) == told
    assert refused(notices.record_talk, notice, held, town.cadre, "谈了。", leader) == {
        "by": ["由谁谈话？请选择一位领导，不能是受通知人本人。"]
    }
    plain = staging.served(town, staging.failed(town.cadre, town.economy, DATE("2025-10-01")), grade=Grade.RECTIFY)
    assert refused(notices.record_talk, plain, held, town.leader, "谈了。", town.office.user) == (
        "这份责任通知书不要求谈话，不需要记录。"
    )


def test_no_talk_before_service(town, commitment, december):
    notice = staging.approved(town, commitment, grade=Grade.TALK)
    told = refused(notices.record_talk, notice, december.now, town.leader, "谈了。", town.leader.user)
    assert told == "谈话在责任通知书送达以后进行：请在送达以后、没有异议待裁定时记录。（目前：已批准，待送达。）"


# Answering


def test_the_answer_stops_the_clock_and_keeps_its_files(town, commitment, december):
    notice = staging.served(town, commitment)
    december.go(days=2)
    paper = ContentFile(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", "说明.pdf")
    notice = notices.answer(notice, " 人手不足。\n下月补上。 ", town.cadre.user, [paper])
    assert (notice.state, notice.answer, notice.answered_at, notice.answered_by) == (
        "answered", "人手不足。\n下月补上。", december.now, town.cadre.user,
    )  # fmt: skip
    assert [str(row) for row in evidence_of((NOTICE_CLOCK, notice.pk))] == ["说明.pdf"]
    answer = clocks_of(NOTICE_CLOCK, notice.pk).get(rule="commitments.answer")
    assert (answer.state, answer.stopped_on) == ("stopped", DATE("2026-12-04"))
    assert not answered_late(notice)


def test_an_answer_needs_words_and_its_person(town, commitment):
    notice = staging.served(town, commitment)
    assert refused(notices.answer, notice, " ", town.cadre.user) == {"text": ["请填写答复内容。"]}
    assert refused(notices.answer, notice, "替他答。", town.colleague.user) == (
        "这一步由受通知人本人在办公桌上办理；纸质材料由效能办代录。"
    )
    assert refused(notices.answer, notice, "长" * 4001, town.cadre.user) == {"text": ["请控制在4000个字以内。"]}


def test_nothing_is_answered_before_service_or_twice(town, commitment):
    notice = staging.approved(town, commitment)
    told = "责任通知书送达以后才能答复，异议裁定之前不答复。"
    assert refused(notices.answer, notice, "x", town.cadre.user) == f"{told}（目前：已批准，待送达。）"
    notice = notices.answer(notices.acknowledge(notice, town.cadre.user), "已补。", town.cadre.user)
    assert refused(notices.answer, notice, "x", town.cadre.user) == f"{told}（目前：已答复，待核查。）"


def test_a_late_answer_is_taken_and_marked(town, commitment, december):
    notice = staging.served(town, commitment)
    december.go(days=7)
    assert not is_overdue(notice)
    december.go(days=1)
    assert is_overdue(notice)
    notice = notices.answer(notice, "迟到的说明。", town.cadre.user)
    assert answered_late(notice)
    assert not is_overdue(notice)


def test_a_refused_file_leaves_the_notice_unanswered(town, commitment):
    notice = staging.served(town, commitment)
    told = refused(notices.answer, notice, "附图。", town.cadre.user, [ContentFile(b"MZ\x90", "photo.jpg")])
    assert list(told) == ["evidence_files"]
    assert ServedNotice.objects.get(pk=notice.pk).state == NoticeState.SERVED


def test_an_answer_on_paper_is_keyed_in(town, commitment, december):
    notice = staging.served(town, commitment)
    december.go(days=10)
    told = {"day": ["答复日期不能早于要求答复之日，也不能晚于今天：请改正日期。"]}
    for day in ("2026-12-01", "2026-12-13"):
        assert refused(notices.key_in_answer, notice, "纸上写的。", DATE(day), town.office.user) == told
    assert refused(notices.key_in_answer, notice, "x", TODAY, town.leader.user) == NO_RIGHT
    notice = notices.key_in_answer(notice, "纸上写的。", DATE("2026-12-08"), town.office.user)
    assert (notice.state, notice.answered_by, notice.answered_at.date()) == (
        "answered", town.office.user, DATE("2026-12-08"),
    )  # fmt: skip
    assert not answered_late(notice)


# Checking


def test_asking_again_keeps_the_answer_and_begins_the_days_anew(town, commitment, december):
    notice = staging.answered(town, commitment)
    december.go(days=5)
    assert refused(notices.ask_again, notice, " ", town.office.user) == {"remark": ["请写明哪里不够，以便补正。"]}
    notice = notices.ask_again(notice, "没有说原因。", town.office.user)
    earlier = notice.earlier_answers.get()
    assert (notice.state, notice.answer_until, notice.answered_at) == ("served", DATE("2026-12-14"), None)
    assert (earlier.text, earlier.remark, earlier.answered_by, earlier.asked_by) == (
        "因人手不足，下月5日前补上。", "没有说原因。", town.cadre.user, town.office.user,
    )  # fmt: skip
    told = refused(notices.key_in_answer, notice, "x", DATE("2026-12-06"), town.office.user)
    assert list(told) == ["day"]
    notice = notices.answer(notice, "原因是……", town.cadre.user)
    assert (notice.answer, notice.earlier_answers.count()) == ("原因是……", 1)


def test_closing_needs_the_check(town, commitment, december):
    notice = staging.answered(town, commitment)
    assert refused(notices.close, notice, "", town.office.user) == {"remark": ["请写明核查情况。"]}
    assert refused(notices.close, notice, "x", town.leader.user) == NO_RIGHT
    notice = notices.close(notice, "现场看过，已补上。", town.second_office.user)
    assert (notice.state, notice.check_remark, notice.checked_by, notice.ended_at) == (
        "closed", "现场看过，已补上。", town.second_office.user, december.now,
    )  # fmt: skip
    assert {clock.state for clock in clocks_of(NOTICE_CLOCK, notice.pk)} == {"stopped"}
    for step in (notices.close, notices.ask_again):
        assert refused(step, notice, "x", town.office.user) == "还没有答复可以核查。（目前：已结案。）"


def test_a_talk_is_on_record_before_the_notice_closes(town, commitment):
    notice = staging.answered(town, commitment, grade=Grade.TALK)
    assert refused(notices.close, notice, "已谈。", town.office.user) == "谈话还没有记录：请先记录谈话，再结案。"


def test_the_office_does_not_check_its_own_answer(town):
    notice = staging.proposed(town, staging.failed(town.office, town.office_unit), by=town.second_office)
    notice = notices.acknowledge(notices.approve(notice, town.head.user), town.office.user)
    notice = notices.answer(notice, "已补。", town.office.user)
    told = "这份责任通知书是发给您本人的：请由别人办理。"
    for step in (notices.close, notices.ask_again, notices.escalate):
        assert refused(step, notice, "x", town.office.user) == told


# Passing on


def test_nothing_is_passed_on_while_an_objection_may_still_come(town, commitment, december):
    CommitmentsSettings.objects.update(objection_days=8)
    notice = staging.served(town, commitment)
    december.go(days=8)
    asked = {"talk_at": staging.TALK_AT, "talk_by": town.leader}
    told = refused(notices.escalate, notice, "未答复。", town.office.user, **asked)
    assert told == "2026年12月14日以前还可以提出异议：请等到期以后再办。"


def test_an_unanswered_notice_is_passed_on_to_the_next_grade(town, commitment, december):
    notice = staging.served(town, commitment)
    asked = {"talk_at": staging.TALK_AT, "talk_by": town.leader}
    told = refused(notices.escalate, notice, "未答复。", town.office.user, **asked)
    assert told == "答复期限到2026年12月9日为止，还没有到期：请等到期以后再办。"
    december.go(days=7)
    # The last day is still one on which it may come.
    assert refused(notices.escalate, notice, "未答复。", town.office.user, **asked) == told
    december.go(days=1)
    assert refused(notices.escalate, notice, " ", town.office.user, **asked) == {"remark": ["请写明升级处理的理由。"]}
    ServedNotice.objects.filter(pk=notice.pk).update(repeats=1)
    follower = notices.escalate(notice, "到期未答复。", town.office.user, **asked)
    notice = ServedNotice.objects.get(pk=notice.pk)
    assert (notice.state, notice.check_remark, notice.successor) == ("escalated", "到期未答复。", follower)
    assert (follower.state, follower.grade, follower.follows, follower.talk_by) == (
        "proposed", Grade.TALK, notice, town.leader,
    )  # fmt: skip
    assert follower.repeats == 1
    assert follower.facts == "到期未答复。\n第1项工作到月底没有开始。请说明情况。"
    assert list(follower.promises.all()) == list(notice.promises.all())
    assert {clock.state for clock in clocks_of(NOTICE_CLOCK, notice.pk)} == {"stopped"}


def test_a_poor_answer_is_passed_on_at_once(town, commitment):
    notice = staging.answered(town, commitment, grade=Grade.TALK)
    follower = notices.escalate(notice, "没有整改。", town.office.user, rectify_until=DATE("2026-12-24"))
    assert (follower.grade, follower.rectify_until) == (Grade.RECTIFY, DATE("2026-12-24"))


def test_what_the_next_grade_needs_is_asked_for_and_nothing_moves(town, commitment):
    notice = staging.answered(town, commitment)
    assert refused(notices.escalate, notice, "不够。", town.office.user) == {
        "talk_at": ["什么时候谈话？请选择今天或以后的时间。"]
    }
    assert ServedNotice.objects.get(pk=notice.pk).state == NoticeState.ANSWERED


def test_nothing_is_graver_than_rectifying(town, commitment):
    notice = staging.answered(town, commitment, grade=Grade.RECTIFY)
    assert refused(notices.escalate, notice, "未改。", town.office.user) == (
        "没有更重的等次：请要求重新答复，或者结案后提请领导小组研究。"
    )
    closed = notices.close(notice, "已改。", town.office.user)
    assert refused(notices.escalate, closed, "x", town.office.user) == (
        "只有已经送达、没有异议待裁定的责任通知书才能升级处理。（目前：已结案。）"
    )
