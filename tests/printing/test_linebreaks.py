import pytest

from printing.domain.linebreaks import ALLOW, FORBID, guide


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
    ],
)
def test_break_marks_stand_only_where_a_line_may_or_must_not_break(text, guided):
    assert guide(text) == guided


def test_a_document_number_is_held_together():
    guided = guide("按照石政发〔2026〕17号执行")
    assert guided.replace(FORBID, "") == "按照石政发〔2026〕17号执行"
    assert FORBID.join("石政发〔2026") in guided
    assert guided.endswith("号执行")
