"""Plain-language help: long sentences, unexplained abbreviations, official words; advice and never a refusal."""

import json

import pytest

from guides.domain.advice import advice
from guides.domain.checks import problems
from guides.domain.renumbered import renumbered
from guides.models import GuidesSettings, PlainWord
from tests.guides.conftest import complete, material, question, step

PLAIN = complete(summary="", conditions="", materials=[], steps=[], visits_reason="", remedies="", no_sample_reason="")
LONG = "一二三四五六七八九十" * 6


@pytest.fixture
def told(draft):
    """told(**changes): place, passage and message of each advice on a guide that says little but these changes."""

    def found(**changes):
        return [(one.place, one.passage, one.message) for one in advice(draft(**{**PLAIN, **changes}))]

    return found


def test_a_long_sentence_is_named_with_its_beginning(told):
    assert told(summary=f"短句。{LONG}。") == [
        ("一句话说明", f"{LONG[:24]}…", "这句话有60个字，超过50个字就不好读，请拆成两句。")
    ]


def test_signs_and_the_end_of_a_clause_make_no_sentence_longer(told):
    assert told(remedies=f"{LONG[:50]}，、：“”。{LONG[:50]}；{LONG[:50]}\n{LONG[:50]}") == []


def test_the_office_decides_how_long_a_sentence_may_be(told):
    GuidesSettings.objects.create(longest_sentence=60)
    assert told(summary=LONG) == []


def test_an_abbreviation_is_named_once_where_it_is_not_explained(told):
    assert told(summary="用ETC缴费", remedies="ETC不用带") == [
        ("一句话说明", "ETC", "不是人人都认识这个缩写，请在后面用括号注明意思。")
    ]


@pytest.mark.parametrize(
    "text", ["用ETC（不停车收费）缴费", "用不停车收费（ETC）缴费", "打开APP，下载PDF", "A4纸", "B2C"]
)
def test_what_is_explained_or_known_to_all_is_no_abbreviation(told, text):
    assert told(summary=text) == []


def test_an_official_word_is_named_with_the_plain_one_once_a_field(told):
    PlainWord.objects.create(official="予以", plain="给")
    assert told(summary="予以补助，予以安置", remedies="予以答复") == [
        ("一句话说明", "予以", "可以说成“给”"),
        ("救济途径", "予以", "可以说成“给”"),
    ]


def test_of_words_within_each_other_the_longest_is_named(told):
    PlainWord.objects.create(official="受理", plain="接收申请")
    PlainWord.objects.create(official="不予受理", plain="不接收申请")
    assert [passage for _place, passage, _message in told(summary="不予受理的，告知理由")] == ["不予受理"]


def test_titles_of_documents_and_explained_words_are_left_alone(told):
    PlainWord.objects.create(official="受理", plain="接收申请")
    assert told(remedies="按《信访受理办法》办理，受理（接收申请）后答复。") == []


def test_rows_are_named_by_their_number_and_follow_the_order_of_the_form(told):
    PlainWord.objects.create(official="予以", plain="给")
    found = told(
        steps=[step("申请"), step("决定", action="予以答复")],
        materials=[material(note="予以核对")],
        answers=[{"type": "answer", "value": {"question": "多久？", "answer": "予以提速"}}],
    )
    assert [place for place, _passage, _message in found] == ["申请材料第1项", "办理环节第2项", "常见问题第1项"]


def test_advice_keeps_no_guide_from_being_published(draft):
    PlainWord.objects.create(official="安置", plain="安排住处")
    guide = draft(summary=f"{LONG}，VIP安置。")
    assert len(advice(guide)) == 3
    assert list(problems(guide)) == []


def test_a_question_that_was_taken_out_is_missed_where_its_number_means_another_now(draft, publish):
    asked = [question("谁来申请？", "本人", "代办"), question("第一次吗？", "是", "不是")]
    papers = [material("委托书", only_for="1B"), material("原来的证", only_for="2B")]
    guide = publish(draft(questions=asked, materials=papers))
    assert list(renumbered(guide)) == []
    guide.questions = json.dumps(asked[1:])
    assert [(one.place, one.passage, one.message) for one in renumbered(guide)] == [
        ("申请材料第1项", "1B", "这个代号原来指问题“谁来申请？”，现在指“第一次吗？”。请看看是不是这个意思。")
    ]
    # What has no question any more is refused.
    assert [problem.field for problem in problems(guide)] == ["materials"]
    guide.materials = json.dumps([papers[0] | {"value": papers[0]["value"] | {"only_for": "1A"}}])
    assert list(renumbered(guide)) == []


def moved(guide, steps):
    guide.steps = json.dumps(steps)
    return [(one.place, one.passage, one.message) for one in renumbered(guide)]


def test_ways_that_keep_their_number_while_steps_moved_are_missed(draft, publish):
    steps = [
        step("申请"),
        step("审核", ways=[("齐全", 4), ("不齐全", 3)]),
        step("补正", ways=[("", 2)]),
        step("决定", ways=[("批准", 5), ("不批准", 0)]),
        step("送达"),
    ]
    guide = publish(draft(steps=steps))
    assert moved(guide, steps) == []
    without_first = steps[1:]
    assert moved(guide, without_first) == [
        ("办理环节第1项", "4", "这条去向原来到“决定”，现在到“送达”。请看看是不是这个意思。"),
        ("办理环节第1项", "3", "这条去向原来到“补正”，现在到“决定”。请看看是不是这个意思。"),
        ("办理环节第2项", "2", "这条去向原来到“审核”，现在到“补正”。请看看是不是这个意思。"),
    ]
    put_in = [steps[0], step("登记"), *steps[1:]]
    assert [(place, target) for place, target, _message in moved(guide, put_in)] == [
        ("办理环节第3项", "4"),
        ("办理环节第3项", "3"),
        ("办理环节第4项", "2"),
        ("办理环节第5项", "5"),
    ]


def test_a_step_that_was_only_renamed_and_a_way_that_was_mended_are_not_missed(draft, publish):
    steps = [step("申请"), step("审核", ways=[("齐全", 4), ("不齐全", 3)]), step("补正"), step("送达")]
    guide = publish(draft(steps=steps))
    assert moved(guide, [*steps[:2], step("补齐材料"), steps[3]]) == []
    assert moved(guide, [step("审核", ways=[("齐全", 3), ("不齐全", 2)]), *steps[2:]]) == [
        ("办理环节第1项", "3", "这条去向原来到“补正”，现在到“送达”。请看看是不是这个意思。")
    ]
