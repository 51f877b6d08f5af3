"""What changed, in a few words."""

import time

from printing.domain.changes import Change, changes


def test_equal_texts_have_no_changes():
    assert changes(["甲", "乙"], ["甲", "乙"]) == []


def test_a_number_is_shown_whole_with_what_stands_around_it():
    assert changes(["定于11月20日9时停水。"], ["定于11月25日9时停水。"]) == [
        Change("20", "25", "定于11月", "日9时停水。", within=True)
    ]


def test_what_stands_around_is_cut_short():
    [change] = changes(["前" * 30 + "甲" + "后" * 30], ["前" * 30 + "乙" + "后" * 30])
    assert (change.before, change.old, change.new, change.after) == ("…" + "前" * 14, "甲", "乙", "后" * 14 + "…")


def test_words_put_in_and_words_left_out_are_told_apart():
    assert changes(["凭身份证办理，当天办结。"], ["凭身份证、户口簿办理，当天办结。"]) == [
        Change("", "、户口簿", "凭身份证", "办理，当天办结。", within=True)
    ]
    assert changes(["凭身份证、户口簿办理，当天办结。"], ["凭身份证办理，当天办结。"]) == [
        Change("、户口簿", "", "凭身份证", "办理，当天办结。", within=True)
    ]


def test_a_repeated_character_is_not_counted_from_both_ends():
    assert changes(["共计100元整"], ["共计1000元整"]) == [Change("100", "1000", "共计", "元整", within=True)]


def test_paragraphs_are_added_and_taken_away_in_the_order_of_the_text():
    assert changes(["一", "停水期间请节约用水。", "三"], ["一", "三", "咨询电话见大厅公示栏。"]) == [
        Change("停水期间请节约用水。", ""),
        Change("", "咨询电话见大厅公示栏。"),
    ]


def test_a_paragraph_put_before_a_changed_one_is_not_taken_for_it():
    assert changes(["办理时限为五个工作日。"], ["收费标准见附件。", "办理时限为三个工作日。"]) == [
        Change("", "收费标准见附件。"),
        Change("五", "三", "办理时限为", "个工作日。", within=True),
    ]


def test_a_paragraph_that_has_nothing_in_common_is_another_one():
    assert changes(["停水通知"], ["招聘启事"]) == [Change("停水通知", ""), Change("", "招聘启事")]


def test_long_paragraphs_are_cut():
    [change] = changes([], ["长" * 300])
    assert change.new == "长" * 79 + "…"


def test_a_book_that_was_written_anew_takes_no_time():
    began = time.process_time()
    found = changes([f"第{n}条甲{n * 7}" * 20 for n in range(600)], [f"条目{n}乙{n * 3}" * 20 for n in range(600)])
    assert len(found) == 1200
    assert time.process_time() - began < 2
