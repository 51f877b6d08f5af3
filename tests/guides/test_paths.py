"""The longest way against the promise, in the words the editor reads while writing."""

import pytest

from guides.domain.paths import longest_paths, step_groups
from tests.guides.conftest import question, step

STEPS = [step("受理", 1, ways=[("齐全", "3"), ("不齐", "2")]), step("补齐", 2), step("审核", 15)]


@pytest.fixture
def said(draft):
    """said(**changes): for whom, in words, whether it fits, and what is wrong, for each longest way."""
    return lambda **changes: [
        (path.who, path.text, path.fits, path.problems) for path in longest_paths(draft(**changes))
    ]


def test_the_longest_of_the_branches_counts(said):
    text = "最长路径：第1 → 2 → 3步，共18个工作日（折合25.2天）；承诺20个工作日（折合28天）：符合。"
    assert said(steps=STEPS) == [("", text, True, ())]


def test_a_promise_that_is_too_short_is_said_in_the_same_line(said):
    text = "最长路径：第1 → 2 → 3步，共18个工作日（折合25.2天）；承诺25天：超出承诺。"
    assert said(steps=STEPS, promised_limit=25, promised_unit="natural") == [("", text, False, ())]


def test_working_and_natural_days_are_added_up_apart(said):
    steps = [step("受理", 2), step("公示", 7, unit="natural"), step("补齐", 0)]
    assert said(steps=steps)[0][1].startswith("最长路径：第1 → 2 → 3步，共2个工作日 + 7天（折合9.8天）；")


def test_what_is_done_at_once_adds_nothing_up(said):
    found = said(steps=[step("受理"), step("办结")], case_kind="instant", promised_limit=None)
    assert found == [("", "最长路径：第1 → 2步，当场办结；承诺当场办结：符合。", True, ())]


def test_without_a_promise_there_is_nothing_to_compare(said):
    assert said(steps=STEPS, promised_limit=None) == [
        ("", "最长路径：第1 → 2 → 3步，共18个工作日（折合25.2天）。尚未填写承诺时限。", None, ())
    ]


def test_what_is_wrong_with_the_steps_stands_in_place_of_the_way(said):
    [(_who, text, fits, problems)] = said(steps=[step("受理", ways=[("甲", "2"), ("", "9")]), step("")])
    assert (text, fits) == ("", None)
    assert problems == (
        "“受理”通向“9”，但没有这一步。请另选一步。",
        "“受理”有几条出路，请逐条写明什么情况走这一条。",
        "步骤 2 没有名称，请写明这一步做什么。",
    )


def test_without_steps_there_is_nothing_to_say(said):
    assert said(steps=[]) == []


def test_variants_with_the_same_steps_share_a_line(said):
    found = said(
        questions=[question("谁来办？", "本人", "代办", "亲属"), question("几口人？", "一口", "多口")],
        steps=[step("受理", 1), step("核对身份", 2, only_for="1B 1C"), step("审核", 3)],
    )
    assert [(who, text.split("，")[0]) for who, text, _fits, _problems in found] == [
        ("本人", "最长路径：第1 → 3步"),
        ("代办；亲属", "最长路径：第1 → 2 → 3步"),
    ]


def test_a_variant_without_steps_says_so(said):
    found = said(questions=[question("谁来办？", "本人", "代办")], steps=[step("受理", only_for="1A")])
    assert [(who, problems) for who, _text, _fits, problems in found] == [
        ("本人", ()),
        ("代办", ("这种情形下一个环节也没有。",)),
    ]


def test_five_questions_that_decide_nothing_are_not_tried_one_by_one(draft):
    asked = [question(f"问题{number}", *"甲乙丙丁戊") for number in range(5)]
    assert step_groups(draft(questions=asked, steps=STEPS)) == [[()]]
