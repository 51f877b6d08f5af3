"""Which materials and steps apply to whom."""

from decimal import Decimal

import pytest

from guides.procedure import chart, longest_path
from guides.variants import applies, chosen, every_variant, kept, query
from tests.guides.conftest import material, question, step

ASKED = [question("谁来申请？", "本人", "代办人"), question("是第一次吗？", "是", "不是")]


@pytest.fixture
def guide(draft):
    return draft(
        questions=ASKED,
        materials=[material("身份证"), material("委托书", only_for="1B"), material("旧证", only_for="2b")],
        steps=[step("受理", 1), step("核实委托", 2, only_for="1B"), step("办结", 1)],
    )


def names(guide, **given):
    return [value["name"] for value in kept(guide.materials, chosen(guide, given))]


def test_without_an_answer_everything_is_shown(guide):
    assert names(guide) == ["身份证", "委托书", "旧证"]


def test_an_answer_takes_away_what_is_for_the_others(guide):
    assert names(guide, **{"1": "A"}) == ["身份证", "旧证"]
    assert names(guide, **{"1": "a", "2": "A"}) == ["身份证"]
    assert names(guide, **{"1": "B", "2": "B"}) == ["身份证", "委托书", "旧证"]


def test_answers_that_do_not_exist_are_ignored(guide):
    assert chosen(guide, {"1": "Z", "3": "A", "p": "2"}) == ()


def test_the_answers_have_an_address_of_their_own(guide):
    assert query(chosen(guide, {"2": "B", "1": "A"})) == "1=A&2=B"


def test_there_is_a_variant_for_each_combination(guide):
    assert [query(answers) for answers in every_variant(guide)] == ["1=A&2=A", "1=A&2=B", "1=B&2=A", "1=B&2=B"]


def test_of_several_codes_of_one_question_one_is_enough(guide):
    answers = chosen(guide, {"1": "B", "2": "A"})
    assert applies("1A 1B", answers)
    assert applies("1A、1B，2A", answers)
    assert not applies("1B 2B", answers)


def test_the_chart_leaves_out_steps_that_do_not_apply(guide):
    assert [step.name for step in chart(guide, chosen(guide, {"1": "A"})).steps] == ["受理", "办结"]
    drawn = chart(guide, chosen(guide, {"1": "B"}))
    assert [(one.key, [way.to for way in one.ways]) for one in drawn.steps] == [("1", ["2"]), ("2", ["3"]), ("3", [])]


def test_a_way_to_a_step_that_does_not_apply_leads_to_the_next_one(draft):
    steps = [step("受理", ways=[("齐全", "2"), ("不齐", "0")]), step("核实", only_for="1B"), step("办结")]
    drawn = chart(guide := draft(questions=ASKED, steps=steps), chosen(guide, {"1": "A"}))
    assert [(way.label, way.to) for way in drawn.steps[0].ways] == [("齐全", "3"), ("不齐", "0")]


def test_a_way_that_ends_the_procedure_is_shown_beside_the_others(draft):
    steps = [step("回访", ways=[("满意", "0"), ("不满意", "2")]), step("重新办理", 2)]
    drawn = chart(guide := draft(steps=steps))
    assert [(one.name, [(way.label, way.to) for way in one.ways]) for one in drawn.steps] == [
        ("回访", [("满意", "0"), ("不满意", "2")]),
        ("重新办理", []),
        ("办理结束", []),
    ]
    drawn.validate()
    assert longest_path(guide, Decimal(1)) == (Decimal(2), [1, 2])


def test_a_step_whose_only_way_ends_the_procedure_is_its_last(draft):
    drawn = chart(draft(steps=[step("受理"), step("办结", ways=[("", "0")])]))
    assert [(one.name, one.ways) for one in drawn.steps][-1] == ("办结", ())
