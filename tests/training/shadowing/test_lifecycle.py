"""Shadowing is planned, reported on once it is over, closed by another or sent back, or cancelled."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organisation.enums import AbsenceKind, UnitKind
from organisation.models import Absence
from suite.evidence import Link
from suite.evidence.domain import evidence_of
from suite.state import transitions
from tests.refusals import refusal
from tests.training.shadowing.stage import DATE, REPORT
from tests.training.town import leave
from tests.training.years.stage import moment
from training.domain.lifecycle import shadowing as lifecycle
from training.domain.shadowing.people import EVIDENCE_KIND
from training.enums import ShadowingState
from training.models import Shadowing


def refused_at(act, *arguments, **named):
    """Field -> what is said there."""
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        act(*arguments, **named)
    return refused.value.message_dict


def test_what_is_planned_is_reported_on_with_evidence_and_closed_by_the_leader_in_charge(town):
    row = town.planned()
    row = lifecycle.report(row, f" {REPORT} ", town.cadre.user, links=[Link("https://example.com/p", "受理台账")])
    assert (row.state, row.report, row.reported_by) == (ShadowingState.REPORTED, REPORT, town.cadre.user)
    assert [str(one) for one in evidence_of((EVIDENCE_KIND, row.pk))] == ["受理台账"]
    row = lifecycle.close(row, town.leader.user)
    assert (row.state, row.decided_by) == (ShadowingState.CLOSED, town.leader.user)
    rows = ModelLogEntry.objects.filter(object_id=str(row.pk), action__startswith="training.").order_by("pk")
    assert list(rows.values_list("action", flat=True)) == [
        "training.plan_shadowing",
        "training.report_shadowing",
        "training.close_shadowing",
    ]


def test_whether_it_is_under_way_follows_from_the_days(town, monkeypatch):
    row = town.planned(since="2026-11-05", until="2026-11-06")
    said = []
    for day in ("2026-11-04", "2026-11-05", "2026-11-06", "2026-11-07"):
        now = moment(day)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        said.append(str(Shadowing.objects.get(pk=row.pk).standing))
    assert said == ["已安排", "进行中", "进行中", "待交报告"]
    assert Shadowing.objects.get(pk=row.pk).state == ShadowingState.PLANNED


def test_the_office_plans_for_others_and_nobody_else_does(town):
    assert town.planned(by=town.clerk.user).planned_by == town.clerk.user
    said = "只能安排自己的跟班学习；他人的由效能办安排。"
    for somebody in (town.leader, town.farmer):
        assert refusal(town.planned, since="2026-10-26", until="2026-10-27", by=somebody.user) == said


def test_nothing_is_planned_for_somebody_who_left(town):
    leave(town.cadre)
    assert refusal(town.planned, by=town.clerk.user) == "方旭不在职，请选择在职人员。"


@pytest.mark.parametrize(
    ("since", "until", "field", "said"),
    [
        ("2026-10-23", "2026-10-22", "until", "结束日期早于起始日期，请改正。"),
        ("2025-11-02", "2025-11-05", "since", "这一天离今天超过一年，请核对年份。"),
        ("2027-11-06", "2027-11-08", "since", "这一天离今天超过一年，请核对年份。"),
        ("2026-10-19", "2027-10-21", "until", "跨度超过一年，请分段录入。"),
    ],
)
def test_days_that_cannot_be_are_refused(town, since, until, field, said):
    assert refused_at(town.planned, since=since, until=until) == {field: [said]}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"unit": None}, "unit", "请选择跟班单位，或者填写外单位名称。"),
        ({"outside": "县审批局"}, "outside", "已经选了本镇单位，两处只填一处。"),
        ({"unit": None, "outside": "县" * 61}, "outside", "最多 60 个字，请缩短。"),
        ({"host": " "}, "host", "请写明跟谁学习。"),
        ({"purpose": ""}, "purpose", "请写明学习内容。"),
    ],
)
def test_a_plan_says_where_with_whom_and_what_for(town, changes, field, said):
    assert refused_at(town.planned, **changes) == {field: [said]}


@pytest.mark.parametrize("field", ["outside", "host", "purpose"])
def test_no_personal_number_stands_in_a_plan(town, field):
    changes = {"unit": None, "outside": "县审批局", field: "老王 13800138000"}
    assert list(refused_at(town.planned, **changes)) == [field]


def test_a_unit_exists_on_those_days(town):
    closed = town.unit("原计生办", UnitKind.OFFICE, town.seat)
    closed.until = DATE("2026-10-01")
    closed.save()
    assert refusal(town.planned, unit=closed) == "这个单位在这几天并不存在，请另选。"


def test_nobody_is_in_two_places_on_one_day(town):
    row = town.planned()
    said = "2026年10月19日至2026年10月23日已有另一次跟班学习（农业服务队），请另选日期。"
    for since, until in (("2026-10-23", "2026-10-26"), ("2026-10-12", "2026-10-19"), ("2026-10-20", "2026-10-21")):
        assert refused_at(town.planned, since=since, until=until) == {"since": [said]}
    town.planned(since="2026-10-24", until="2026-10-26")
    town.planned(town.farmer, unit=town.office)
    lifecycle.cancel(row, "出差。", town.cadre.user)
    assert town.planned().state == ShadowingState.PLANNED


def test_a_report_is_written_when_it_is_over(town):
    row = town.planned(since="2026-11-03", until="2026-11-04")
    said = "跟班到2026年11月4日才结束，请在结束后写报告；如已提前结束，请取消后按实际日期重新录入。"
    assert refusal(lifecycle.report, row, REPORT, town.cadre.user) == said
    over = town.planned(since="2026-11-02", until="2026-11-02")
    assert lifecycle.report(over, REPORT, town.cadre.user).state == ShadowingState.REPORTED


def test_a_report_is_not_empty_nor_endless_and_holds_no_personal_number(town):
    row = town.planned()
    assert refused_at(lifecycle.report, row, " \n", town.cadre.user) == {"report": ["请写明看到、做过和学到的内容。"]}
    assert list(refused_at(lifecycle.report, row, "学" * 5001, town.cadre.user)) == ["report"]
    for number in ("身份证 11010519491231002X", "手机 13800138000"):
        (said,) = refused_at(lifecycle.report, row, f"{REPORT}{number}", town.cadre.user)["report"]
        assert "身份证号" in said


def test_a_report_is_written_by_whose_it_is(town):
    row = town.planned()
    said = "这份跟班报告由方旭本人撰写，请交给本人。"
    for somebody in (town.farmer, town.leader, town.clerk):
        assert refusal(lifecycle.report, row, REPORT, somebody.user) == said


def test_the_office_enters_the_report_of_somebody_without_a_desk_and_another_closes_it(town):
    elder = town.person("钱有福", unit=town.office, account=False)
    row = town.planned(elder, by=town.clerk.user)
    row = lifecycle.report(row, REPORT, town.clerk.user)
    assert refusal(lifecycle.close, row, town.clerk.user) == "这份报告由您代录，请交他人办结。"
    assert lifecycle.close(row, town.leader.user).state == ShadowingState.CLOSED


def test_what_was_reported_is_not_reported_again(town):
    row = town.reported()
    said = "报告只交一次，退回后可以重写。（目前：报告待审阅。）"
    assert refusal(lifecycle.report, row, REPORT, town.cadre.user) == said


def test_nobody_closes_their_own(town):
    row = town.reported(town.leader)
    said = "不能办结自己的跟班学习，请由分管领导办结。"
    assert refusal(lifecycle.close, row, town.leader.user) == said
    assert refusal(lifecycle.send_back, row, "太短", town.leader.user) == said
    assert lifecycle.close(row, town.head.user).state == ShadowingState.CLOSED


def test_the_leader_in_charge_closes_it_and_who_stands_in(town):
    row = town.reported()
    said = "这次跟班学习由沈赟办结或者退回，请交由其处理。"
    for somebody in (town.other, town.clerk, town.supervisor, town.farmer):
        assert refusal(lifecycle.close, row, somebody.user) == said
    today = timezone.localdate()
    Absence.objects.create(person=town.leader, kind=AbsenceKind.TRIP, since=today, until=today, deputy=town.other)
    assert lifecycle.close(row, town.other.user).decided_by == town.other.user


def test_where_no_leader_can_the_efficiency_office_closes_it(town):
    row = town.reported()
    leave(town.cadre)
    said = "这次跟班学习由效能办办结或者退回，请交由其处理。"
    assert refusal(lifecycle.close, row, town.leader.user) == said
    assert lifecycle.close(row, town.clerk.user).state == ShadowingState.CLOSED


def test_what_is_sent_back_says_why_and_is_written_anew(town):
    row = town.reported()
    assert refused_at(lifecycle.send_back, row, "", town.leader.user) == {"reason": ["请写明缺什么，本人会看到。"]}
    row = lifecycle.send_back(row, "请补充办了哪些件。", town.leader.user)
    assert (row.state, row.reason) == (ShadowingState.RETURNED, "请补充办了哪些件。")
    row = lifecycle.report(row, f"{REPORT}社保转移9件。", town.cadre.user)
    assert (row.state, row.reason) == (ShadowingState.REPORTED, "")


def test_only_a_report_that_waits_is_closed_or_sent_back(town):
    said = "这里没有待审阅的报告，请重新打开列表。（目前：{}。）"
    assert refusal(lifecycle.close, town.planned(), town.leader.user) == said.format("已安排")
    done = town.closed(since="2026-09-01", until="2026-09-02")
    assert refusal(lifecycle.send_back, done, "太短", town.leader.user) == said.format("已办结")


def test_it_is_cancelled_with_a_reason_by_the_person_the_leader_or_the_office(town):
    row = town.planned()
    said = "只有方旭本人、分管领导或者效能办可以取消这次跟班学习。"
    for somebody in (town.farmer, town.other, town.supervisor):
        assert refusal(lifecycle.cancel, row, "防汛", somebody.user) == said
    assert refused_at(lifecycle.cancel, row, "", town.cadre.user) == {
        "reason": ["请写明取消的原因，原因会留在台账里。"]
    }
    for somebody in (town.cadre, town.leader, town.clerk):
        done = lifecycle.cancel(town.planned(since="2026-10-26", until="2026-10-27"), "防汛。", somebody.user)
        assert (done.state, done.reason, done.decided_by) == (ShadowingState.CANCELLED, "防汛。", somebody.user)


def test_what_was_reported_on_is_not_cancelled_until_it_was_sent_back(town):
    row = town.reported()
    said = "已交报告的跟班学习不能取消，请由分管领导退回。（目前：报告待审阅。）"
    assert refusal(lifecycle.cancel, row, "没去", town.cadre.user) == said
    lifecycle.send_back(row, "那几天没有去。", town.leader.user)
    assert lifecycle.cancel(row, "没去成。", town.cadre.user).state == ShadowingState.CANCELLED


@pytest.mark.parametrize(
    "wrong", [{"until": DATE("2026-10-18")}, {"unit": None}, {"outside": "县审批局"}], ids=["days", "nowhere", "twice"]
)
def test_the_database_itself_refuses_days_and_places_that_cannot_be(town, wrong):
    row = town.planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Shadowing.objects.filter(pk=row.pk).update(**wrong)


def test_the_chart_of_states_is_as_it_is_told():
    arrows = {(step.source, step.target) for step in transitions(Shadowing)}
    assert arrows == {
        ("planned", "reported"),
        ("returned", "reported"),
        ("reported", "closed"),
        ("reported", "returned"),
        ("planned", "cancelled"),
        ("returned", "cancelled"),
    }
