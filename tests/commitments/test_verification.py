"""A supervisor looks at every promise: never their own, never their own unit's, never without a word or a proof."""

import datetime

import pytest
from wagtail.models import ModelLogEntry

from commitments.domain.lifecycle import results
from commitments.domain.supervision import own_units, own_units_in, require_may_verify
from commitments.enums import VerificationWay
from commitments.models import Verification
from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Responsibility
from suite.evidence.domain import remove
from tests.commitments.results_stage import DAY, PHOTO, account, fresh
from tests.refusals import refusal

OWN = "农业服务队是您所在或本月曾在的单位，请交其他监督员核实。"


def look(promise, user, way=VerificationWay.VISIT, agrees=True, remark=""):
    return results.verify(promise, way, agrees, remark, user)


def inside(stage, unit, since=datetime.date(2020, 1, 1), until=None):
    """A supervisor who holds a post in that unit."""
    person = stage.person("吴佳", "supervisor")
    stage.post(person, unit, since, until)
    return person.user


def shown(stage, **named):
    """A reported commitment whose first promise has a link that shows it."""
    one = stage.approved(**named)
    first = one.promises.first()
    results.attach_evidence(first, [], [PHOTO], stage.cadre.user)
    return results.report(one, {row.pk: ("fulfilled", "做了") for row in one.promises.all()}, stage.cadre.user)


def test_with_evidence_no_word_is_needed_and_without_it_one_is(stage):
    first, second = shown(stage).promises.all()
    found = look(first, stage.supervisor)
    assert (found.way, found.agrees, found.remark, found.by, found.at) == (
        "visit",
        True,
        "",
        stage.supervisor,
        stage.now,
    )
    assert refusal(look, second, stage.supervisor) == "这一项没有佐证，请写明核实情况。"
    assert refusal(look, second, stage.supervisor, remark="\u200b ") == "这一项没有佐证，请写明核实情况。"
    assert look(second, stage.supervisor, remark="到村里看过").remark == "到村里看过"


def test_who_does_not_agree_says_what_was_found(stage):
    first, _second = shown(stage).promises.all()
    assert refusal(look, first, stage.supervisor, agrees=False) == "与所报情况不一致的，请写明核实情况。"
    assert look(first, stage.supervisor, agrees=False, remark="只亮三盏").agrees is False


def test_what_is_written_is_fit_to_be_read(stage):
    first, _second = shown(stage).promises.all()
    assert refusal(look, first, stage.supervisor, way="dream") == "是怎样核实的？请选实地走访、电话或查阅资料。"
    assert refusal(look, first, stage.supervisor, remark="看" * 501) == "请控制在500个字以内。"
    assert look(first, stage.supervisor, remark="看" * 500).remark == "看" * 500
    assert "手机号" in refusal(look, first, stage.supervisor, remark="打13812345678核实")


def test_a_verification_is_redone_until_all_of_the_commitment_are_verified(stage):
    one = shown(stage)
    first, second = one.promises.all()
    look(first, stage.supervisor)
    other = account("supervisor2", "supervisor")
    look(first, other, VerificationWay.PHONE, False, "没人接")
    look(second, other, remark="看过")
    assert [(found.way, found.by) for found in Verification.objects.all()] == [("phone", other), ("visit", other)]
    assert results.finish_verification(one, other).state == "verified"
    assert refusal(look, first, other) == ("完成情况在报告之后、全部核实之前才能核实。（目前：已核实，待镇里认定。）")
    assert refusal(results.finish_verification, one, other) == (
        "完成情况在报告后核实一次。（目前：已核实，待镇里认定。）"
    )


def test_what_was_found_is_in_the_log(stage):
    one = shown(stage)
    first, second = one.promises.all()
    look(first, stage.supervisor, VerificationWay.PHONE, False, "只亮三盏")
    look(second, stage.supervisor, remark="看过")
    results.finish_verification(one, stage.supervisor)
    entries = ModelLogEntry.objects.filter(object_id=str(one.pk), action__contains=".verify").order_by("pk")
    assert [(entry.message, entry.comment, entry.user) for entry in entries] == [
        ("1. 路灯1：电话，与所报情况不一致", "只亮三盏", stage.supervisor),
        ("2. 路灯2：实地走访，与所报情况一致", "看过", stage.supervisor),
        ("已报结果，待监督员核实 → 已核实，待镇里认定：2 项，其中 1 项与所报情况不一致", "", stage.supervisor),
    ]


def test_verification_ends_only_when_every_row_is_verified(stage):
    one = shown(stage)
    first, _second = one.promises.all()
    look(first, stage.supervisor)
    assert refusal(results.finish_verification, one, stage.supervisor) == "尚未核实：2. 路灯2。请先核实这些事项。"


def test_verification_does_not_end_where_the_evidence_went_away_meanwhile(stage):
    one = shown(stage)
    first, second = one.promises.all()
    look(first, stage.supervisor)
    look(second, stage.supervisor, remark="看过")
    from commitments.domain.promise_evidence import evidence_by_promise

    remove(evidence_by_promise([first])[first.pk][0], stage.office, "含个人信息")
    assert refusal(results.finish_verification, one, stage.supervisor) == (
        "既无佐证也无核实情况：1. 路灯1。请写明核实情况。"
    )


def test_only_what_is_reported_is_verified(stage):
    first = stage.approved().promises.first()
    assert refusal(look, first, stage.supervisor, remark="看过") == (
        "完成情况在报告之后、全部核实之前才能核实。（目前：已批准公示。）"
    )


def test_only_supervisors_verify(stage):
    one = stage.reported()
    first = one.promises.first()
    words = "完成情况由效能监督员核实，请找效能办。"
    for user in (stage.cadre.user, stage.leader.user, stage.office):
        assert refusal(look, first, user, remark="看过") == words
        assert refusal(results.finish_verification, one, user) == words


def test_nobody_verifies_their_own_promises(stage):
    person = stage.person("吴佳", "cadre", unit=stage.other)
    one = stage.reported(person, stage.team)
    person.user.groups.add(*stage.supervisor.groups.all())
    assert refusal(look, one.promises.first(), fresh(person.user), remark="看过") == (
        "本人不能核实本人的承诺事项，请交其他监督员核实。"
    )


def test_nobody_verifies_the_unit_they_work_in_above_or_below(stage):
    first = stage.reported().promises.first()
    below = stage.unit("农业站", UnitKind.STATION, stage.team)
    for unit in (stage.team, stage.centre, stage.township, below):
        user = inside(stage, unit)
        assert refusal(look, first, user, remark="看过") == OWN
        user.delete()
    assert look(first, inside(stage, stage.other), remark="看过").agrees


def test_a_post_in_another_branch_of_the_tree_is_no_hindrance(stage):
    sister = stage.unit("林业服务队", UnitKind.TEAM, stage.centre)
    assert look(stage.reported().promises.first(), inside(stage, sister), remark="看过").agrees


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        ("2026-01-01", "2026-10-31", True),  # the day before the month
        ("2026-01-01", "2026-11-01", False),  # its first day
        ("2026-11-10", "2026-11-12", False),
        ("2026-12-01", None, False),  # today
        ("2026-12-02", None, True),  # tomorrow
    ],
)
def test_a_post_held_since_the_month_began_counts(stage, since, until, allowed):
    day = datetime.date.fromisoformat
    user = inside(stage, stage.team, day(since), day(until) if until else None)
    assert refusal(look, stage.reported().promises.first(), user, remark="看过") == ("" if allowed else OWN)


def test_who_is_in_charge_of_a_unit_verifies_neither_it_nor_what_is_below(stage):
    person = stage.person("吴佳", "supervisor")
    charge = stage.charge(person, stage.centre)
    one = stage.reported()
    assert refusal(require_may_verify, person.user, one) == OWN
    assert own_units_in(person, stage.month) == {stage.centre.pk, stage.team.pk}
    Responsibility.objects.filter(pk=charge.pk).update(kind=ResponsibilityKind.LINKED)
    assert refusal(require_may_verify, person.user, one) == ""


def test_units_are_ones_own_upwards_and_downwards_but_not_sideways(stage):
    person = stage.person("吴佳", "supervisor")
    today = stage.now.date()
    assert own_units(person, today, today) == set()
    stage.post(person, stage.centre, until=today - DAY)
    assert own_units(person, today, today) == set()
    assert own_units(person, today - DAY, today) == {stage.centre.pk, stage.team.pk, stage.township.pk}
