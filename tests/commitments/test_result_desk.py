"""What waits on whose desk about results and report meetings, until when, and why it came there."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from commitments.domain.lifecycle import meetings, months, results
from commitments.models import ReportMeeting
from commitments.result_waiting import to_decide, to_verify
from suite.desk.domain.queries import desk_of
from suite.draw import domain as draws
from tests.commitments.results_stage import DAY, account, fresh, said

OFFICE = "您主持月承诺工作。"
SUPERVISOR = "您是效能监督员，这不是您所在的单位。"
KEYS = ("result", "speak", "verify", "decide", "close", "plan", "draw", "hold")


def lines(user):
    """(title, reason, due, address) of this part's lines."""
    desk = desk_of(fresh(user))
    assert desk.missing == []
    return [
        (item.title, item.reason, localtime(item.due).strftime("%m-%d %H:%M") if item.due else None, item.url)
        for group in desk.groups
        for item in group.items
        if item.plugin == "commitments" and item.key.split(":")[0].removeprefix("commitments.") in KEYS
    ]


def test_a_person_reports_until_the_time_for_results_is_over(stage):
    one = stage.approved()
    report = ("报告2026年11月承诺完成情况", "这是您的承诺。", "12-03 17:30", "/desk/commitments/2026-11/result/")
    assert lines(stage.cadre.user) == [report]
    results.report(one, said(one), stage.cadre.user)
    assert lines(stage.cadre.user) == []
    results.send_back(one, "请补照片", stage.office)
    assert lines(stage.cadre.user) == [(report[0], "已退回：请补照片", *report[2:])]


def test_nothing_is_to_be_reported_before_the_month_is_over_or_without_approval(stage):
    stage.approved(month=stage.new_month(datetime.date(2026, 12, 1)))
    stage.filed()
    assert lines(stage.cadre.user) == []


def test_a_supervisor_has_one_line_for_each_unit_and_none_for_their_own(stage):
    inside = stage.person("吴佳", "supervisor")
    stage.post(inside, stage.centre)
    stage.reported()
    stage.reported(stage.person("孙伟", "cadre"), stage.team, rows=3)
    other = stage.reported(stage.person("金玲", "cadre"), stage.other, rows=1)
    team = ("核实农业服务队2026年11月 5 项承诺", SUPERVISOR, None, f"/desk/commitments/verify/2026-11/{stage.team.pk}/")
    centre = f"/desk/commitments/verify/2026-11/{stage.other.pk}/"
    left = ("核实社会事业服务中心2026年11月 1 项承诺", SUPERVISOR, None, centre)
    assert lines(stage.supervisor) == [team, left]
    assert lines(inside.user) == [left]
    results.verify(other.promises.get(), "visit", True, "看过", stage.supervisor)
    done = ("社会事业服务中心2026年11月各项均已核实，请办结核实", SUPERVISOR, None, centre)
    assert lines(inside.user) == [done]
    results.finish_verification(other, stage.supervisor)
    assert lines(inside.user) == []


def test_the_office_decides_and_the_leader_decides_what_is_the_offices_own(stage):
    stage.verified()
    stage.verified(stage.clerk, stage.party)
    stage.verified(stage.person("孙伟", "cadre"), stage.other)
    title = "认定2026年11月 {} 份月承诺的结果"
    assert lines(stage.office) == [(title.format(2), OFFICE, None, "/desk/commitments/decide/")]
    leader = (title.format(1), "效能办由您分管。", None, "/desk/commitments/decide/")
    assert lines(stage.leader.user) == [leader]
    assert lines(stage.head.user) == lines(stage.cadre.user) == []


def test_the_office_closes_a_month_in_which_nothing_waits(stage):
    one = stage.reported()
    stage.now = stage.month.results_until
    assert lines(stage.office) == []
    stage.now += datetime.timedelta(seconds=1)
    assert lines(stage.office) == []
    results.send_back(one, "请补照片", stage.office)
    assert [line[:3] for line in lines(stage.office)] == [("办结2026年11月：未报告的按未完成认定", OFFICE, None)]
    months.close_month(stage.month, stage.office)
    assert lines(stage.office) == []


def test_the_office_goes_from_one_step_of_a_meeting_to_the_next(stage):
    december = stage.new_month(datetime.date(2026, 12, 1))
    mine = stage.filed(month=december)
    stage.now = december.files_until
    months.close_month(stage.month, stage.office)
    assert lines(stage.office) == []
    stage.now += DAY
    assert [line[:3] for line in lines(stage.office)] == [("安排2026年12月月析月评会", OFFICE, None)]
    one = ReportMeeting(
        month=december, starts_at=december.files_until + 8 * DAY, place="三楼", chair=stage.head, seats=1
    )
    one = meetings.plan(one, stage.office)
    prepare = ("准备2026年12月月析月评会的抽签", OFFICE, "12-15 17:30")
    assert [line[:3] for line in lines(stage.office)] == [prepare]
    seed = draws.PublicResult("福彩3D第2026340期", "开奖号码依次写下", 6, stage.now + DAY)
    draw = draws.freeze(meetings.prepare_draw(one, stage.office, seed), stage.office)
    assert lines(stage.office) == lines(stage.cadre.user) == []
    stage.now = draw.due_at
    draws.carry_out(draws.enter_result(draw, "271828", "官网", "李旻", stage.supervisor), ["李旻"], stage.office)
    speak = (
        "到会汇报：2026年12月月析月评会，三楼", "您被抽中，第1位汇报。", "12-15 17:30",
        f"/commitments/2026-12/{stage.team.pk}/",
    )  # fmt: skip
    assert (lines(stage.office), lines(stage.cadre.user)) == ([], [speak])
    stage.now = one.starts_at.replace(hour=0)
    hold = (
        "记录2026年12月月析月评会汇报情况，并办结会议", OFFICE, "12-15 17:30", f"/desk/commitments/meeting/{one.pk}/"
    )  # fmt: skip
    assert lines(stage.office) == [hold]
    stage.now = one.starts_at
    meetings.record(mine.meeting_reports.get(), True, "在落实", "", stage.office)
    assert lines(stage.cadre.user) == []
    meetings.close(one, stage.office)
    assert lines(stage.office) == []


def test_others_see_nothing_of_it(stage):
    stage.verified()
    stage.reported(stage.clerk, stage.party)
    assert lines(account("editor", "editor")) == lines(stage.head.user) == []


@pytest.mark.parametrize("role", ["supervisor", "efficiency_office"])
def test_the_desk_asks_no_more_for_ten_times_the_commitments(stage, role):
    def queries():
        one = fresh(stage.supervisor if role == "supervisor" else stage.office)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = list(to_verify(None) if role == "supervisor" else to_decide(one, True))
        assert len(found) == 1
        return len(asked)

    brought = stage.reported if role == "supervisor" else stage.verified
    brought()
    few = queries()
    for number in range(10):
        brought(stage.person(f"甲{number}", "cadre"), stage.team)
    assert queries() == few
