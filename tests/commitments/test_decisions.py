"""What the township decides: every row once, with a reason where it differs, nobody their own; and corrected later."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from commitments.domain.deciding import may_decide
from commitments.domain.lifecycle import months, results
from commitments.enums import Outcome
from commitments.models import Commitment, Objection, ServedNotice
from tests.commitments.results_stage import DAY, account, fresh
from tests.refusals import refusal

OFFICE_DECIDES = "承诺事项的结果由效能办认定，请找效能办。"
NOT_ONES_OWN = "本人不能认定本人的承诺，请交他人认定。"


def decided(one, *outcomes, user):
    return results.decide(one, dict(zip([row.pk for row in one.promises.all()], outcomes, strict=True)), user)


def test_the_office_decides_every_row(stage):
    one = decided(stage.verified(), ("fulfilled", ""), ("partly", "只亮三盏"), user=stage.office)
    assert (one.state, one.outcome, one.ended_at) == ("ended", "partly", stage.now)
    assert [(row.outcome, row.outcome_remark, row.decided_by, row.decided_at) for row in one.promises.all()] == [
        ("fulfilled", "", stage.office, stage.now),
        ("partly", "只亮三盏", stage.office, stage.now),
    ]
    entry = ModelLogEntry.objects.get(action="commitments.decide")
    assert (entry.user, entry.message) == (
        stage.office,
        "已核实，待镇里认定 → 已认定：部分完成（1 已完成；2 部分完成）",
    )


def test_a_reason_is_given_where_it_is_not_what_was_reported_or_verified(stage):
    one = stage.verified()
    first, second = one.promises.all()
    reason = "{}：与本人所报不同，或监督员核实不一致，请写明理由。"
    with pytest.raises(ValidationError) as refused:
        decided(one, ("not", " "), ("", ""), user=stage.office)
    assert refused.value.message_dict == {
        f"remark-{first.pk}": [reason.format("1. 路灯1")],
        f"outcome-{second.pk}": ["请选定结果：2. 路灯2。"],
    }
    other = stage.verified(stage.person("孙伟", "cadre"), stage.other, agrees=False)
    assert refusal(decided, other, ("fulfilled", ""), ("fulfilled", "村民证实"), user=stage.office) == reason.format(
        "1. 路灯1"
    )
    assert decided(other, ("fulfilled", "村民证实"), ("not", "没亮"), user=stage.office).outcome == "not"


def test_remarks_are_fit_to_be_read(stage):
    one = stage.verified()
    assert refusal(decided, one, ("not", "差" * 501), ("not", "差"), user=stage.office) == "请控制在500个字以内。"
    assert "手机号" in refusal(decided, one, ("not", "问13812345678"), ("not", "差"), user=stage.office)
    assert refusal(results.decide, one, {}, stage.office) == "这些事项与这份承诺已不一致，请重新打开表格。"


def test_nothing_is_decided_before_a_supervisor_has_verified_it(stage):
    one = stage.reported()
    assert refusal(decided, one, ("fulfilled", ""), ("fulfilled", ""), user=stage.office) == (
        "请先由监督员核实，再认定结果。（目前：已报结果，待监督员核实。）"
    )


def test_only_the_office_decides(stage):
    one = stage.verified()
    for user in (stage.supervisor, stage.leader.user):
        assert refusal(decided, one, ("fulfilled", ""), ("fulfilled", ""), user=user) == OFFICE_DECIDES
    assert refusal(decided, one, ("fulfilled", ""), ("fulfilled", ""), user=stage.cadre.user) == NOT_ONES_OWN


def test_nobody_decides_on_what_they_verified_themselves(stage):
    """Two look at every result, also where one account has both rights."""
    stage.supervisor.groups.add(*stage.office.groups.all())
    both = fresh(stage.supervisor)
    one = stage.verified()
    assert refusal(decided, one, ("fulfilled", ""), ("fulfilled", ""), user=both) == (
        "这份结果由您本人核实，请交效能办其他同事认定。"
    )
    assert decided(one, ("fulfilled", ""), ("fulfilled", ""), user=stage.office).state == "ended"


def test_commitments_of_the_office_are_decided_by_who_is_in_charge_of_it(stage):
    one = stage.verified(stage.clerk, stage.party)
    colleague = stage.person("金玲", "efficiency_office", unit=stage.party).user
    fulfilled = ("fulfilled", ""), ("fulfilled", "")
    assert refusal(decided, one, *fulfilled, user=stage.office) == NOT_ONES_OWN
    words = "方敏在效能办工作，由分管领导韩立认定。"
    assert refusal(decided, one, *fulfilled, user=colleague) == words
    assert refusal(decided, one, *fulfilled, user=stage.head.user) == words
    assert decided(one, *fulfilled, user=fresh(stage.leader.user)).outcome == "fulfilled"


def test_who_is_in_charge_and_runs_it_too_does_not_decide_their_own(stage):
    """The leader works in the efficiency office as well: the head decides."""
    stage.leader.user.groups.add(*stage.office.groups.all())
    one = stage.verified(stage.leader, stage.party)
    one = Commitment.objects.get(pk=one.pk)
    assert refusal(decided, one, ("fulfilled", ""), ("fulfilled", ""), user=fresh(stage.leader.user)) == NOT_ONES_OWN
    assert not may_decide(stage.office, one)
    assert may_decide(stage.head.user, one)


def test_where_nobody_is_in_charge_of_the_office_somebody_is_appointed_first(stage):
    one = stage.verified(stage.clerk, stage.party)
    for person in (stage.leader, stage.head):
        person.user.is_active = False
        person.user.save()
    assert refusal(decided, one, ("fulfilled", ""), ("fulfilled", ""), user=account("second", "efficiency_office")) == (
        "方敏在效能办工作，而党政办公室没有分管领导，请先明确分管。"
    )


def test_an_outcome_is_corrected_with_a_reason_and_the_commitment_with_it(stage):
    one = stage.ended(outcomes=(Outcome.FULFILLED, Outcome.NOT))
    assert one.outcome == "not"
    second = one.promises.last()
    stage.now += DAY
    revised = results.revise_outcome(second, Outcome.PARTLY, "异议成立", stage.office)
    assert (revised.outcome, revised.outcome_remark, revised.decided_at) == ("partly", "异议成立", stage.now)
    one.refresh_from_db()
    assert (one.state, one.outcome) == ("ended", "partly")
    entry = ModelLogEntry.objects.get(action="commitments.revise_outcome")
    assert (entry.message, entry.comment) == ("2. 路灯2：未完成 → 部分完成", "异议成立")


def test_of_those_who_decide_objections_only_who_upheld_one_about_it_corrects_the_outcome(stage):
    one = stage.ended(outcomes=(Outcome.NOT, Outcome.NOT))
    first, second = one.promises.all()
    notice = ServedNotice.objects.create(commitment=one, grade="explain", facts="两项没有完成。", state="withdrawn")
    notice.promises.add(second)
    revise, head = results.revise_outcome, stage.head.user
    objection = Objection.objects.create(notice=notice, text="灯亮着。", decided_by=head, upheld=False)
    assert refusal(revise, second, Outcome.FULFILLED, "异议成立", head) == OFFICE_DECIDES
    objection.upheld = True
    objection.save()
    assert refusal(revise, second, Outcome.FULFILLED, "异议成立", stage.leader.user) == OFFICE_DECIDES
    assert refusal(revise, first, Outcome.FULFILLED, "异议成立", head) == OFFICE_DECIDES
    assert revise(second, Outcome.FULFILLED, "异议成立", head).outcome == "fulfilled"
    one.refresh_from_db()
    assert one.outcome == "not"


def test_a_correction_that_says_nothing_or_comes_from_nobody_is_refused(stage):
    one = stage.ended()
    first = one.promises.first()
    revise = results.revise_outcome
    assert refusal(revise, first, "fulfilled", "复核", stage.office) == "请选与原认定不同的结果。"
    assert refusal(revise, first, "maybe", "复核", stage.office) == "请选与原认定不同的结果。"
    assert refusal(revise, first, "not", " ", stage.office) == "请写明理由，理由随承诺事项留存。"
    assert refusal(revise, first, "not", "复核", stage.supervisor) == OFFICE_DECIDES
    own = stage.ended_own()
    assert refusal(revise, own.promises.first(), "not", "复核", stage.office) == NOT_ONES_OWN
    waiting = stage.verified(stage.person("孙伟", "cadre"), stage.other)
    assert refusal(revise, waiting.promises.first(), "not", "复核", stage.office) == (
        "只能更正已认定的结果。（目前：已核实，待镇里认定。）"
    )


@pytest.mark.parametrize("stays", ["filed", "reported", "verified"])
def test_a_month_is_not_closed_with_open_ones(stage, stays):
    stage.now = stage.month.results_until + DAY
    getattr(stage, stays)()
    assert refusal(months.close_month, stage.month, stage.office) == "还有1份月承诺等待审批、核实或认定，请先办完。"
    stage.month.refresh_from_db()
    assert stage.month.state == "reporting"


def test_a_closed_month_has_an_outcome_for_everybody(stage):
    stage.now = stage.month.results_until + DAY
    done = stage.ended()
    silent = stage.approved(stage.person("孙伟", "cadre"), stage.other)
    missing = stage.owed(stage.person("金玲", "cadre"), stage.other)
    months.close_month(stage.month, stage.office)
    outcomes = {one.person.name: (one.state, one.outcome) for one in Commitment.objects.filter(month=stage.month)}
    assert outcomes == {"周晓东": ("ended", "fulfilled"), "孙伟": ("ended", "not"), "金玲": ("ended", "not")}
    assert [(row.missing, row.outcome) for row in missing.promises.all()] == [(True, "not")]
    assert [(row.missing, row.outcome) for row in silent.promises.all()] == [(False, "not"), (False, "not")]
    assert all(row.outcome_remark for row in silent.promises.all())
    assert done.promises.filter(outcome="fulfilled").count() == 2
