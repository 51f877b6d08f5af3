"""Changes of what has been approved: asked for, approved, both texts kept."""

import datetime

from wagtail.models import ModelLogEntry

from commitments.domain.lifecycle import amendments, commitments, months
from commitments.domain.queries import amendments_waiting, public
from commitments.enums import AmendmentState
from organisation.enums import AbsenceKind
from organisation.models import Absence
from tests.commitments.staging import DAY, after_filing, approved, filed, reported, reporting
from tests.refusals import refusal

NO_RIGHT = "您的账号没有这项权限，请联系效能办。"


def first(who, month):
    return approved(who, month).promises.first()


def proposed(made, month, **changes):
    changes = changes or {"goal": "10盏路灯亮起来。"}
    return amendments.propose(first(made.cadre, month), changes, "供电所只换了一半。", made.users.cadre)


def test_a_change_keeps_both_texts_and_changes_nothing_yet(made, month):
    one = proposed(made, month, goal="10盏路灯\n亮起来。", due="2026-11-25")
    before = {
        "work": "修好1组的路灯", "measures": "一、查看1组线路。\n二、请供电所更换。",
        "goal": "20盏路灯全部亮起来，第1组。", "due": "2026-11-11",
    }  # fmt: skip
    assert (one.state, one.before) == (AmendmentState.PROPOSED, before)
    assert one.after == {**before, "goal": "10盏路灯；亮起来。", "due": "2026-11-25"}
    assert one.promise.commitment.promises.first().goal == before["goal"]


def test_approved_the_new_text_holds(made, month):
    one = amendments.accept(proposed(made, month, goal="10盏。", due="2026-11-25"), made.users.leader)
    row = one.promise.commitment.promises.first()
    assert (one.state, one.decided_by) == (AmendmentState.ACCEPTED, made.users.leader)
    assert (row.work, row.goal, row.due) == ("修好1组的路灯", "10盏。", datetime.date(2026, 11, 25))
    entry = ModelLogEntry.objects.get(action="commitments.accept_amendment")
    assert entry.message == ("第1项：工作目标 20盏路灯全部亮起来，第1组。 → 10盏。；完成时限 2026-11-11 → 2026-11-25")
    assert [change.before["goal"] for change in public(month).get().promises.all()[0].amendments.all()] == [
        "20盏路灯全部亮起来，第1组。"
    ]


def test_refused_the_old_text_stays(made, month):
    one = proposed(made, month)
    assert refusal(amendments.refuse, one, "", made.users.leader) == "请写明不同意的理由，本人会看到。"
    one = amendments.refuse(one, "按原目标办。", made.users.leader)
    assert (one.state, one.remark) == (AmendmentState.REFUSED, "按原目标办。")
    assert one.promise.commitment.promises.first().goal == "20盏路灯全部亮起来，第1组。"
    assert list(public(month).get().promises.all()[0].amendments.all()) == []


def test_it_is_decided_once(made, month):
    one = amendments.refuse(proposed(made, month), "按原目标办。", made.users.leader)
    told = "这份变更已经审批过。（目前：未同意。）"
    assert refusal(amendments.accept, one, made.users.leader) == told
    assert refusal(amendments.refuse, one, "再说一次。", made.users.leader) == told


def test_one_change_of_a_promise_waits_at_a_time(made, month):
    one = proposed(made, month)
    told = "这一项已有一份变更在等待审批，请等审批后再提。"
    assert refusal(amendments.propose, one.promise, {"goal": "5盏。"}, "又变了。", made.users.cadre) == told
    amendments.accept(one, made.users.leader)
    assert (
        amendments.propose(one.promise, {"goal": "5盏。"}, "又变了。", made.users.cadre).before["goal"]
        == "10盏路灯亮起来。"
    )


def test_a_change_needs_a_reason_and_a_difference(made, month):
    row, user = first(made.cadre, month), made.users.cadre
    assert refusal(amendments.propose, row, {"goal": "5盏。"}, " ", user) == "请写明变更理由，理由将公开。"
    told = "内容没有变化，请修改重点内容、工作措施、工作目标或完成时限。"
    assert refusal(amendments.propose, row, {}, "没有理由", user) == told
    assert refusal(amendments.propose, row, {"goal": row.goal + " ", "due": "2026/11/11"}, "没变", user) == told


def test_a_change_is_looked_at_as_what_is_filed(made, month):
    row, user = first(made.cadre, month), made.users.cadre
    told = refusal(
        amendments.propose, row, {"work": "", "goal": "找13800001234", "due": "2026-12-01"}, "情况变了。", user
    )
    assert told.startswith("请填写重点内容。 这段文字里有身份证号")
    assert told.endswith("2026年12月1日不在2026年11月内，请选2026-11-01至2026-11-30之间的一天。")
    assert refusal(amendments.propose, row, {"due": None}, "情况变了。", user) == "请填写完成时限。"


def test_after_its_day_nobody_moves_what_a_promise_is_measured_by(made, month, time):
    row = first(made.cadre, month)
    time.now = time.now.replace(day=row.due.day, hour=23, minute=59)
    assert amendments.may_still_change(row)
    time.go(minutes=1)
    told = refusal(amendments.propose, row, {"due": "2026-11-30"}, "没来得及。", made.users.cadre)
    assert told == "这项承诺的时限已过：请如实报告完成情况，不再变更。"


def test_what_was_asked_for_in_time_may_be_approved_later(made, month, time):
    one = proposed(made, month)
    time.go(days=20)
    assert amendments.accept(one, made.users.leader).state == AmendmentState.ACCEPTED


def test_only_what_is_approved_is_amended(made, month):
    row = filed(made.cadre, month).promises.first()
    told = "只有已批准且尚未报结果的承诺可以变更。"
    assert refusal(amendments.propose, row, {"goal": "5盏。"}, "情况变了。", made.users.cadre).startswith(told)


def test_a_change_of_what_is_released_meanwhile_is_not_approved(made, month):
    one = proposed(made, month)
    commitments.release(one.promise.commitment, "支援外县", made.users.clerk)
    assert refusal(amendments.accept, one, made.users.leader) == "这份变更已经审批过。（目前：未同意。）"
    one.refresh_from_db()
    assert (one.remark, one.decided_by) == ("变更审批前，这份月承诺已免填。", None)


def test_a_change_that_waits_when_the_result_is_reported_lapses_and_waits_for_nobody(made, month, time):
    """Undecided for good otherwise: only what is approved is amended."""
    one = proposed(made, month)
    time.now = after_filing(month)
    reporting(made, month)
    reported(made.cadre, month)
    one.refresh_from_db()
    assert (one.state, one.remark, one.decided_by, one.decided_at) == (
        AmendmentState.REFUSED, "变更审批前，本人已报结果。", None, time.now,
    )  # fmt: skip
    assert amendments_waiting() == []
    assert one.promise.commitment.promises.first().goal == "20盏路灯全部亮起来，第1组。"


def test_a_month_is_not_closed_while_a_change_waits(made, month, time):
    one = proposed(made, month)
    amendments.propose(one.promise.commitment.promises.last(), {"goal": "5盏。"}, "变了。", made.users.cadre)
    time.now = after_filing(month)
    reporting(made, month)
    time.now = month.results_until + DAY
    told = "还有承诺变更等待审批：田野。请先由分管领导审批。"
    assert refusal(months.close_month, month, made.users.clerk) == told
    for each in (one, one.promise.commitment.promises.last().amendments.get()):
        amendments.refuse(each, "按原目标办。", made.users.leader)
    assert months.close_month(month, made.users.clerk).state == "closed"


def test_everybody_changes_their_own(made, month):
    row = first(made.cadre, month)
    told = "这是田野的月承诺，请各人填写自己的。"
    assert refusal(amendments.propose, row, {"goal": "5盏。"}, "情况变了。", made.users.other) == told
    assert refusal(amendments.propose, row, {"goal": "5盏。"}, "情况变了。", made.users.supervisor) == NO_RIGHT


def test_who_approves_the_commitment_decides_its_changes(made, month):
    one = proposed(made, month)
    told = "田野的月承诺由江海审批，请交其办理。"
    assert refusal(amendments.accept, one, made.users.deputy) == told
    assert refusal(amendments.refuse, one, "不行。", made.users.deputy) == told
    for who in (made.users.cadre, made.users.clerk):
        assert refusal(amendments.accept, one, who) == NO_RIGHT
    Absence.objects.create(
        person=made.leader, kind=AbsenceKind.TRIP, since=datetime.date(2026, 11, 2), deputy=made.deputy
    )
    assert [(change, found.person) for change, found in amendments_waiting()] == [(one, made.deputy)]
    assert amendments.accept(one, made.users.deputy).state == AmendmentState.ACCEPTED
