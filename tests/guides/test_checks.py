"""What keeps a guide from going live (requirement E): one test for each rule."""

import datetime

import pytest

from guides.domain.checks import MOST_STEPS, problems
from tests.guides.conftest import material, question, step


@pytest.fixture
def said(draft):
    """said(**changes): the fields and messages that a complete guide with these changes is refused for."""

    def refusals(**changes):
        return [(problem.field, str(problem.message)) for problem in problems(draft(**changes))]

    return refusals


@pytest.fixture
def fields(said):
    return lambda **changes: [field for field, _message in said(**changes)]


def test_a_complete_guide_is_fit(said):
    assert said() == []


@pytest.mark.parametrize(
    "field",
    [
        "summary", "item_kind", "case_kind", "level", "audience", "conditions", "scope", "contact_phone",
        "complaint_phone", "result_name", "remedies",
    ],
)  # fmt: skip
def test_an_element_that_is_missing_is_named(fields, field):
    assert fields(**{field: ""}) == [field]


def test_conditions_that_were_emptied_again_are_missing(fields):
    assert fields(conditions='<p data-block-key="a1b2c"> </p>') == ["conditions"]


def test_all_that_is_missing_is_named_at_once(fields):
    assert fields(summary="", remedies="", basis=[], visits=None, fee="10元") == [
        "fee_basis", "summary", "remedies", "basis", "visits",
    ]  # fmt: skip


def test_where_it_is_done_is_asked_for_windows_only(draft, fields):
    guide = draft()
    guide.places = []
    assert [problem.field for problem in problems(guide)] == ["places"]
    guide.at_window, guide.by_agent = False, True
    assert list(problems(guide)) == []


def test_no_way_to_apply_is_refused(fields):
    assert fields(at_window=False) == ["at_window"]


def test_a_fee_needs_its_basis(fields):
    assert fields(fee="每证10元") == ["fee_basis"]
    assert fields(title="乙", fee="每证10元", fee_basis="省价费〔2019〕3号") == []


def test_the_two_phones_differ_however_they_are_written(fields):
    assert fields(contact_phone="0575-8812 0105", complaint_phone="0575 88120105") == ["complaint_phone"]


def test_the_promise_is_not_longer_than_the_law(said):
    assert said(promised_limit=31, steps=[step("受理", 1)]) == [
        ("promised_limit", "承诺时限（31个工作日）超过了法定时限（30个工作日）。")
    ]


def test_working_and_natural_days_are_compared_by_the_offices_setting(fields):
    # 30 working days are 42 days at 1.4 days for each.
    assert fields(promised_limit=42, promised_unit="natural") == []
    assert fields(title="乙", promised_limit=43, promised_unit="natural") == ["promised_limit"]


def test_no_statutory_limit_is_said_explicitly(fields):
    assert fields(statutory_limit=None) == ["statutory_limit"]
    assert fields(title="乙", statutory_limit=None, no_statutory_limit=True) == []
    assert fields(title="丙", no_statutory_limit=True) == ["no_statutory_limit"]


def test_what_is_done_at_once_has_no_promise_in_days(fields):
    assert fields(case_kind="instant", steps=[step("受理并办结")]) == ["promised_limit"]
    assert fields(title="乙", case_kind="instant", promised_limit=None, steps=[step("受理并办结")]) == []


def test_steps_of_days_do_not_fit_what_is_done_at_once(said):
    assert said(case_kind="instant", promised_limit=None, steps=[step("受理", 1)]) == [
        ("steps", "最长的办理路径（第1步）需要1.4天，超过了承诺的当场办结。")
    ]


def test_visits_need_a_reason(fields):
    assert fields(visits=2, visits_reason="") == ["visits_reason"]
    assert fields(title="乙", visits=0, visits_reason="") == []


def test_the_result_needs_a_sample_or_a_reason(fields):
    assert fields(no_sample_reason="") == ["no_sample_reason"]


def test_materials_are_listed_or_said_to_be_none(fields):
    assert fields(materials=[]) == ["materials"]
    assert fields(title="乙", materials=[], no_materials=True) == []
    assert fields(title="丙", no_materials=True) == ["no_materials"]


def test_the_longest_path_fits_the_promise(said):
    steps = [
        step("受理", 1, ways=[("材料齐全", "2"), ("材料不齐", "3")]),
        step("审核", 10),
        step("调查", 12),
        step("确认", 8),
    ]
    # 1 → 2 → 3 → 4 is the longest: 31 working days, 43.4 days.
    assert said(steps=steps) == [("steps", "最长的办理路径（第1 → 2 → 3 → 4步）需要43.4天，超过了承诺的20个工作日。")]


def test_a_way_back_is_not_gone_twice(fields):
    steps = [
        step("受理", 10, ways=[("材料齐全", "3"), ("材料不齐", "2")]),
        step("补正", 5, ways=[("补齐后", "1")]),
        step("确认", 10),
    ]
    assert fields(steps=steps) == []


def test_a_loop_without_an_end_is_refused_with_its_place(said):
    steps = [step("受理", ways=[("", "2")]), step("补正", ways=[("", "1")])]
    assert said(steps=steps)[0][0] == "steps"
    assert "补正" in said(title="乙", steps=steps)[0][1]


def test_a_step_nobody_reaches_is_refused_with_its_name(said):
    steps = [step("受理", ways=[("", "3")]), step("调查"), step("确认")]
    assert [(field, "调查" in message) for field, message in said(steps=steps)] == [("steps", True)]


def test_a_way_to_a_step_that_does_not_exist_is_refused(said):
    assert said(steps=[step("受理", ways=[("", "7")]), step("确认")]) == [
        ("steps", "第1步转到“7”，但没有这一步。请填写环节的序号。")
    ]


def test_eighty_steps_are_refused(said):
    assert said(steps=[step(f"第{number}关") for number in range(80)]) == [
        ("steps", f"80个环节太多，没有人看得完；最多{MOST_STEPS}个。请合并一些环节。")
    ]


def test_a_code_that_no_question_has_is_refused(said):
    given = {"questions": [question("谁来申请？", "本人", "代办人")], "materials": [material(only_for="1A 1C 2A")]}
    assert said(**given) == [("materials", "第1项写着只适用于“1C 2A”，但上面的问题没有这个答案。")]


def test_answers_that_leave_no_step_are_refused(said):
    given = {"questions": [question("谁来申请？", "本人", "代办人")], "steps": [step("受理", only_for="1A")]}
    assert said(**given) == [("steps", "选择答案1B时一个环节也没有。")]


def test_the_longest_path_of_every_variant_is_looked_at(fields):
    given = {
        "questions": [question("谁来申请？", "本人", "代办人")],
        "steps": [step("受理"), step("核实代办", 25, only_for="1B"), step("确认", 5)],
    }
    assert fields(**given) == ["steps"]


def test_a_guide_does_not_end_before_it_begins(said):
    first, last = datetime.date(2026, 3, 1), datetime.date(2026, 2, 28)
    assert said(valid_from=first, valid_until=last) == [
        ("valid_until", "有效期至早于生效日期：请填写晚一些的日期，或者留空。")
    ]
    assert said(title="乙", valid_from=first, valid_until=first) == []


def test_a_guide_does_not_replace_itself_nor_do_guides_replace_one_another_in_a_circle(draft):
    one = draft(title="甲")
    one.replaced_by = one
    assert [(problem.field, str(problem.message)) for problem in problems(one)] == [
        ("replaced_by", "事项互相代替，成了一圈（甲 → 甲）：请另选一个，或者留空。")
    ]
    two = draft(title="乙", replaced_by=one)
    three = draft(title="丙", replaced_by=two)
    assert list(problems(three)) == []
    one.replaced_by = three
    assert [str(problem.message) for problem in problems(one)] == [
        "事项互相代替，成了一圈（甲 → 丙 → 乙 → 甲）：请另选一个，或者留空。"
    ]


def test_a_row_that_is_not_filled_in_is_named_with_what_is_missing(said):
    assert said(materials=[material(), material("")]) == [("materials", "第2行：请补全或者改正“申请材料”。")]
