"""The draw of representatives: who takes part, and how its result is taken over (requirement H)."""

import pytest

from hearings.domain.draws import candidates_of
from hearings.domain.lifecycle import hearings, representatives
from hearings.models import HearingsSettings, Representative
from suite.draw import domain as draws
from suite.draw.listing import Candidate, Rules
from tests.hearings.stage import DAY, Stage
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    made = Stage()
    yield made
    made.close()


def crowded(stage, volunteers=4, **fields):
    """More volunteers than seats in 上塘村, one for one in 下塘村; sign-up is over."""
    hearing = stage.notified(**{"seats": (2, 1), **fields})
    for _number in range(volunteers):
        stage.signed_up(hearing)
    stage.signed_up(hearing, village=stage.lower)
    stage.now = hearing.sign_up_until
    return hearing


def seed(stage):
    return draws.Strings(stage.now + DAY)


def in_order(draw):
    return [Representative.objects.get(pk=key) for key, _outcome in draw.result]


def test_only_villages_with_too_many_are_drawn_for_and_names_are_masked(stage):
    hearing = crowded(stage)
    people, rules = candidates_of(hearing)
    upper = hearing.representatives.filter(village=stage.upper).order_by("pk")
    assert people == [Candidate(str(one.pk), "张**", "上塘村", 0) for one in upper]
    assert rules == Rules(2, {"上塘村": 2}, 0)


def test_seats_and_waiting_list_come_as_they_were_drawn(stage):
    hearing = crowded(stage)
    draw = stage.drawn(hearing)
    hearings.fix_representatives(hearing, stage.office)
    assert [(one.state, one.place_in_line) for one in in_order(draw)] == [
        ("seated", None), ("seated", None), ("waiting", 1), ("waiting", 2),
    ]  # fmt: skip
    assert hearing.representatives.get(village=stage.lower).state == "seated"


def test_who_was_drawn_and_withdrew_makes_room_for_the_next(stage):
    hearing = crowded(stage)
    draw = stage.drawn(hearing)
    representatives.withdraw(in_order(draw)[0])
    hearings.fix_representatives(hearing, stage.office)
    assert [one.state for one in in_order(draw)] == ["withdrawn", "seated", "seated", "waiting"]


def test_the_last_draw_counts_and_both_stay(stage):
    hearing = crowded(stage)
    first = stage.drawn(hearing)
    second = stage.drawn(hearing, reason="见证人中途离席")
    hearings.fix_representatives(hearing, stage.office)
    assert [one.state for one in in_order(second)] == ["seated", "seated", "waiting", "waiting"]
    assert list(draws.draws_of("hearing", hearing.pk)) == [first, second]


def test_a_hearing_put_off_after_the_draw_keeps_who_was_drawn(stage):
    hearing = crowded(stage)
    draw = stage.drawn(hearing)
    hearings.postpone(hearing, "台风", stage.office)
    assert [one.state for one in in_order(draw)] == ["seated", "seated", "waiting", "waiting"]


def test_a_cancelled_hearing_voids_the_draw_that_is_under_way(stage):
    hearing = crowded(stage)
    draw = representatives.prepare_draw(hearing, stage.office, seed(stage))
    hearings.cancel(hearing, "并入下次", stage.office)
    draw.refresh_from_db()
    assert (draw.state, draw.void_reason) == ("void", "并入下次")


def test_who_was_drawn_lately_comes_after_everybody_else_where_the_office_says_so(stage):
    HearingsSettings.objects.create(rest_draws=2)
    earlier = crowded(stage)
    drawn = in_order(stage.drawn(earlier))[:2]
    hearing = stage.notified(seats=(2, 1))
    again = stage.signed_up(hearing, name="某某", phone=drawn[0].phone)
    same_name = stage.signed_up(hearing, name=drawn[1].name)
    fresh = [stage.signed_up(hearing), stage.signed_up(hearing)]
    people, rules = candidates_of(hearing)
    assert {one.key: one.last for one in people} == {
        str(again.pk): 1, str(same_name.pk): 1, **{str(one.pk): 0 for one in fresh},
    }  # fmt: skip
    assert rules.rest == 2
    stage.now = hearing.sign_up_until
    assert set(in_order(stage.drawn(hearing))[:2]) == set(fresh)


def test_nobody_sits_out_unless_the_office_says_so(stage):
    earlier = crowded(stage)
    drawn = in_order(stage.drawn(earlier))[0]
    hearing = stage.notified(seats=(1, 1))
    stage.signed_up(hearing, phone=drawn.phone)
    stage.signed_up(hearing)
    assert [one.last for one in candidates_of(hearing)[0]] == [0, 0]


def fix_during_the_draw(stage):
    hearing = crowded(stage)
    representatives.prepare_draw(hearing, stage.office, seed(stage))
    return hearings.fix_representatives(hearing, stage.office)


def fix_after_a_void_draw(stage):
    hearing = crowded(stage)
    draw = draws.freeze(representatives.prepare_draw(hearing, stage.office, seed(stage)), stage.office)
    draws.void(draw, "种子提前泄露", stage.office)
    return hearings.fix_representatives(hearing, stage.office)


def draw_when_seats_are_given(stage):
    hearing = crowded(stage)
    stage.drawn(hearing)
    due = stage.now + DAY
    lottery = draws.PublicResult("福彩3D第2026311期", "开奖号码依次写下", 6, due)
    second = draws.freeze(representatives.prepare_draw(hearing, stage.office, lottery, "见证人离席"), stage.office)
    stage.now = due
    second = draws.enter_result(second, "271828", "官网", "李旻", stage.witness)
    hearing.refresh_from_db()
    hearing.to_fixed()
    hearing.save()
    return draws.carry_out(second, ["李旻"], stage.office)


def fix_while_it_is_drawn_again(stage):
    hearing = crowded(stage)
    stage.drawn(hearing)
    representatives.prepare_draw(hearing, stage.office, seed(stage), "见证人中途离席")
    return hearings.fix_representatives(hearing, stage.office)


def fix_with_fewer_seats_than_at_the_draw(stage):
    """下塘村 had seats enough when the others were drawn for."""
    hearing = stage.notified(seats=(1, 2))
    for village in (stage.upper, stage.upper, stage.lower, stage.lower):
        stage.signed_up(hearing, village=village)
    stage.now = hearing.sign_up_until
    stage.drawn(hearing)
    hearings.change(hearing, {"quotas": {stage.upper: 1, stage.lower: 1}}, "", stage.office)
    return hearings.fix_representatives(hearing, stage.office)


REFUSED = {
    "drawing while people can sign up": (
        lambda stage: representatives.prepare_draw(stage.notified(), stage.office, seed(stage)),
        "报名到 2026-12-10 14:00 为止，请在报名结束后办理。",
    ),
    "drawing where seats suffice": (
        lambda stage: representatives.prepare_draw(crowded(stage, 2), stage.office, seed(stage)),
        "没有哪个村的报名人数多于名额，不用抽签，请直接确定听证代表。",
    ),
    "drawing for a hearing that is not announced": (
        lambda stage: representatives.prepare_draw(stage.planned(), stage.office, seed(stage)),
        "听证会公告期间才能抽签。（目前：已定方案。）",
    ),
    "drawing as a liaison": (
        lambda stage: representatives.prepare_draw(crowded(stage), stage.liaison, seed(stage)),
        "您的账号没有这项权限，请联系效能办。",
    ),
    "fixing while a draw is under way": (
        fix_during_the_draw,
        "抽签“听证代表抽签：第1次效能听证会”正在进行：请完成抽签，或说明原因作废。",
    ),
    "fixing while it is drawn again": (
        fix_while_it_is_drawn_again,
        "抽签“听证代表抽签：第1次效能听证会”正在进行：请完成抽签，或说明原因作废。",
    ),
    "fixing after the draw was voided": (
        fix_after_a_void_draw,
        "报名人数多于名额：上塘村（4/2）。请先公开抽签，未抽中的依次候补。",
    ),
    "fixing where a village with too many was not in the draw": (
        fix_with_fewer_seats_than_at_the_draw,
        "报名人数多于名额：下塘村（2/1）。请先公开抽签，未抽中的依次候补。",
    ),
    "drawing when the seats are given": (
        draw_when_seats_are_given,
        "听证代表已经确定，或者听证会已经取消，请以此为由将本次抽签作废。（目前：代表已确定。）",
    ),
}


@pytest.mark.parametrize("tried", REFUSED)
def test_about_draws_is_refused_in_words(stage, tried):
    act, text = REFUSED[tried]
    assert refusal(act, stage) == text
