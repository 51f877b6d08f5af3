import re

import pytest

from printing.domain.setting.linebreaks import ALLOW, FORBID, guide


@pytest.mark.parametrize(
    ("text", "guided"),
    [
        ("坚持“四个意识”的要求", f"坚持{ALLOW}“四个意识”{ALLOW}的要求"),
        ("（“四好农村路”）", "（“四好农村路”）"),
        ("“甲”“乙”", f"“甲”{ALLOW}“乙”"),
        ("don’t do that", "don’t do that"),
        ("于2026年公布", f"于2026{FORBID}年公布"),
        ("拨打0575-86012345。", f"拨打0575{FORBID}-{FORBID}86012345。"),
        ("请打8812 0301。", "请打8812\u00a00301。"),
        ("2026-11-21", "2026-11-21"),
        ("没有引号的普通文字。", "没有引号的普通文字。"),
        ("计１２．５元，３项", f"计{FORBID.join('１２．５')}元，３项"),
        ("２０２６年", FORBID.join("２０２６年")),
    ],
)
def test_break_marks_stand_only_where_a_line_may_or_must_not_break(text, guided):
    assert guide(text) == guided


def test_a_document_number_is_held_together():
    guided = guide("按照石政发〔2026〕17号执行")
    assert guided.replace(FORBID, "") == "按照石政发〔2026〕17号执行"
    assert FORBID.join("石政发〔2026") in guided
    assert guided.endswith("号执行")


def whole(text, names=()):
    """The parts of the text that were put on one line."""
    return [part.replace(FORBID, "") for part in re.findall(f"(?:.{FORBID})+.", guide(text, names))]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("联系人：王强。", ["王强"]),
        ("代表：张秀英、李桂兰、欧阳修远（组长）", ["张秀英", "李桂兰", "欧阳修远"]),
        ("王　强", ["王　强"]),
        ("已解决。欧阳修远、王强；李桂兰。", ["欧阳修远", "王强", "李桂兰"]),
        ("阿依古丽·买买提参加", ["阿依古丽·买买提参加"]),
        ("王强同志到任", []),
        ("制定工作方案，认真落实", []),
        ("时间：明天上午", []),
    ],
)
def test_names_in_lists_stay_whole(text, held):
    assert whole(text) == held


def test_a_name_that_is_known_stays_whole_anywhere():
    assert whole("由王强同志和王强国同志负责", ["王强", "王强国"]) == ["王强", "王强国"]


def test_a_number_of_a_year_that_is_held_twice_is_held_once():
    assert guide("2026年", ["2026年"]) == FORBID.join("2026年")
