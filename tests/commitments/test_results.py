"""What a person reports about every promise, with what shows it, and how it comes back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from commitments.domain.lifecycle import results
from commitments.domain.outcomes import outcome_of
from commitments.domain.promise_evidence import evidence_by_promise, may_read_evidence
from commitments.enums import Outcome, Source
from commitments.models import Commitment, Verification
from suite.evidence.models import Evidence
from tests.commitments.results_stage import DAY, PHOTO, account, fresh, moment, said
from tests.refusals import refusal

MOBILE = "联系电话13812345678"


def report(one, user=None, **changes):
    return results.report(one, {**said(one), **changes.pop("rows", {})}, user or one.person.user, **changes)


def test_the_person_reports_every_promise_and_the_log_says_so(stage):
    one = stage.approved()
    _first, second = one.promises.all()
    done = report(one, rows={second.pk: (Outcome.PARTLY, " 两盏\t没亮\r\n下月补 ")})
    assert (done.state, done.reported_at, done.draft) == ("reported", stage.now, [])
    assert [(row.claimed, row.result) for row in done.promises.all()] == [
        ("fulfilled", "灯都亮了"),
        ("partly", "两盏 没亮\n下月补"),
    ]
    entry = ModelLogEntry.objects.get(action="commitments.report", object_id=str(one.pk))
    assert (entry.user, entry.message) == (
        stage.cadre.user,
        "已批准公示 → 已报结果，待监督员核实：1 已完成；2 部分完成",
    )


def test_a_row_that_is_not_complete_is_refused_and_nothing_is_kept(stage):
    one = stage.approved()
    first, second = one.promises.all()
    with pytest.raises(ValidationError) as refused:
        report(one, rows={first.pk: ("", "亮了"), second.pk: (Outcome.NOT, " \u200b ")})
    assert refused.value.message_dict == {
        f"claimed-{first.pk}": ["1. 路灯1：已完成、部分完成还是未完成？请选一项。"],
        f"result-{second.pk}": ["2. 路灯2：请写明做了什么。"],
    }
    assert [(row.claimed, row.result) for row in one.promises.all()] == [("", ""), ("", "")]
    assert refusal(report, one, rows={first.pk: (Outcome.NOT, "很" * 2001)}) == "1. 路灯1：最多2000字，请精简。"
    assert "手机号" in refusal(report, one, rows={first.pk: (Outcome.NOT, MOBILE)})
    assert refusal(report, one, rows={first.pk: (Outcome.NOT, "很" * 2000)}) == ""


def test_rows_of_another_commitment_are_refused(stage):
    one = stage.approved()
    assert refusal(report, one, rows={0: (Outcome.NOT, "没做")}) == "这些事项与这份承诺已不一致，请重新打开表格。"
    assert refusal(results.report, one, {}, stage.cadre.user) == "这些事项与这份承诺已不一致，请重新打开表格。"


def test_results_wait_for_the_end_of_the_month(stage):
    one = stage.approved(month=stage.new_month(datetime.date(2026, 12, 1)))
    assert refusal(report, one) == "2026年12月结束后才报告完成情况。"


def test_a_result_is_reported_once_and_only_for_what_was_approved(stage):
    words = "只有已批准的承诺才报告完成情况，且只报告一次。（目前：{}。）"
    one = stage.filed()
    assert refusal(report, one) == words.format("已提交，待审批")
    one.to_approved()
    one.save()
    report(one)
    assert refusal(report, one) == words.format("已报结果，待监督员核实")


def test_nobody_reports_for_somebody_who_can_do_it(stage):
    one = stage.approved()
    for user in (stage.office, stage.leader.user, stage.supervisor):
        assert refusal(report, one, user) == "各人报告各人的完成情况，请找周晓东。"


@pytest.mark.parametrize("why", ["left", "account closed", "no account", "no role", "paper"])
def test_the_office_or_a_clerk_reports_for_somebody_who_cannot(stage, why):
    one, clerk = stage.approved(), account("clerk", "liaison")
    if why == "left":
        stage.cadre.active = False
        stage.cadre.save()
    elif why == "account closed":
        stage.cadre.user.is_active = False
        stage.cadre.user.save()
    elif why == "no account":
        stage.cadre.user = None
        stage.cadre.save()
    elif why == "no role":
        stage.cadre.user.groups.clear()
    else:
        one.source = Source.PAPER
        one.save()
    one = Commitment.objects.get(pk=one.pk)
    assert refusal(report, one, stage.leader.user) == "各人报告各人的完成情况，请找周晓东。"
    assert report(one, stage.office).state == "reported"
    results.send_back(one, "请补照片", stage.office)
    assert report(one, clerk).state == "reported"


def test_somebody_whose_post_ended_still_reports(stage):
    one = stage.approved()
    stage.cadre.appointments.update(until=stage.month.last)
    assert report(one).state == "reported"


def test_a_result_is_in_time_until_the_very_second_and_late_after_it(stage):
    one, other = stage.approved(), stage.approved(stage.clerk, stage.party)
    assert not one.result_is_late
    stage.now = stage.month.results_until
    assert not report(one).result_is_late
    stage.now += datetime.timedelta(seconds=1)
    assert report(other).result_is_late


def test_what_was_sent_back_was_reported_in_time_nevertheless(stage):
    one = stage.reported()
    results.send_back(one, "请补照片", stage.office)
    stage.now = stage.month.results_until + DAY
    again = report(one)
    assert (again.reported_at, again.result_is_late) == (moment(12, 1, 9, 0), False)


def test_a_result_is_sent_back_with_a_remark_and_verified_anew(stage):
    one = stage.reported()
    results.verify(one.promises.first(), "visit", True, "看过", stage.supervisor)
    back = results.send_back(one, " 请补照片 ", stage.supervisor)
    assert (back.state, back.remark) == ("approved", "请补照片")
    assert [row.claimed for row in back.promises.all()] == ["fulfilled", "fulfilled"]
    assert report(one).remark == ""
    assert Verification.objects.count() == 0


def test_a_result_is_sent_back_only_by_who_verifies_or_decides_it(stage):
    one = stage.reported()
    assert refusal(results.send_back, one, "补", stage.leader.user) == "完成情况由效能监督员核实，请找效能办。"
    assert refusal(results.send_back, one, "补", stage.cadre.user) == "完成情况由效能监督员核实，请找效能办。"
    assert refusal(results.send_back, one, " ", stage.office) == "请写明缺什么，本人会看到。"
    assert refusal(results.send_back, one, "补" * 501, stage.office) == "请控制在500个字以内。"
    assert "手机号" in refusal(results.send_back, one, MOBILE, stage.office)
    results.send_back(one, "补", stage.office)
    assert refusal(results.send_back, one, "补", stage.office) == (
        "只有已报告、尚未核实完的完成情况才能退回。（目前：已批准公示。）"
    )


def test_a_draft_is_kept_however_incomplete_and_never_overwritten_unseen(stage):
    one = stage.approved()
    first, _second = one.promises.all()
    one = results.save_result_draft(
        one, {first.pk: ("", "写到一半"), 0: ("not", "别人的")}, 0, "page", stage.cadre.user, 1
    )
    assert one.draft == [{"promise": str(first.pk), "claimed": "", "result": "写到一半", "links": ""}]
    assert (one.version, one.writer, one.saved_at) == (1, "page", stage.now)
    other_page = (one, {first.pk: ("not", "另一台")}, 0, "other", stage.cadre.user, 1)
    assert "别处" in refusal(results.save_result_draft, *other_page)
    assert "别处" in refusal(report, one, version=0)
    assert refusal(results.save_result_draft, *other_page[:4], stage.office) == "各人报告各人的完成情况，请找周晓东。"
    assert Commitment.objects.get().draft[0]["result"] == "写到一半"
    assert report(one, version=1).draft == []


def test_evidence_is_added_and_removed_until_the_result_is_reported(stage):
    one = stage.approved()
    first, second = one.promises.all()
    (link,) = results.attach_evidence(first, [], [PHOTO], stage.cadre.user)
    assert evidence_by_promise([first, second]) == {first.pk: [link], second.pk: []}
    assert refusal(results.attach_evidence, first, [], [PHOTO], stage.office) == "各人报告各人的完成情况，请找周晓东。"
    assert (
        refusal(results.remove_evidence, second, link, "错了", stage.cadre.user)
        == "这份佐证属于另一事项，请重新打开表格。"
    )
    results.remove_evidence(first, link, "传错了", stage.cadre.user)
    assert evidence_by_promise([first])[first.pk] == []
    (kept,) = results.attach_evidence(first, [], [PHOTO], stage.cadre.user)
    report(one)
    late = "只有已批准的承诺才报告完成情况，且只报告一次。（目前：已报结果，待监督员核实。）"
    assert refusal(results.attach_evidence, first, [], [PHOTO], stage.cadre.user) == late
    assert refusal(results.remove_evidence, first, kept, "错了", stage.cadre.user) == late
    assert Evidence.objects.present().count() == 1


def test_evidence_is_read_by_who_reports_verifies_and_decides_and_by_no_colleague(stage):
    one = stage.approved()
    key = str(one.promises.first().pk)
    colleague = stage.person("孙伟", "cadre", unit=stage.team).user
    readers = [stage.cadre.user, stage.supervisor, stage.office, stage.leader.user, stage.head.user]
    assert [may_read_evidence(fresh(user), key) for user in readers] == [True] * 5
    others = [colleague, account("editor", "editor")]
    assert [may_read_evidence(fresh(user), key) for user in others] == [False, False]
    assert [may_read_evidence(stage.office, wrong) for wrong in ("0", "", "x", "-1")] == [False] * 4


@pytest.mark.parametrize(
    ("outcomes", "came_to"),
    [
        (("fulfilled",), "fulfilled"),
        (("fulfilled", "partly"), "partly"),
        (("partly", "partly"), "partly"),
        (("fulfilled", "partly", "not"), "not"),
        (("not", "not"), "not"),
    ],
)
def test_one_promise_not_kept_makes_the_commitment_not_kept(outcomes, came_to):
    assert outcome_of(outcomes) == came_to


@pytest.mark.parametrize("undecided", [(), ("fulfilled", "")])
def test_nothing_undecided_has_an_outcome(undecided):
    with pytest.raises(ValueError, match=r"."):
        outcome_of(undecided)
