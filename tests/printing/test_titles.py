import pytest

from printing.domain.titles import break_title, width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于召开第三季度效能听证会的公告", ["关于召开第三季度效能听证会的公告"]),
        (
            "石桥镇人民政府关于做好2026年冬季农村道路交通安全工作的通知",
            ["石桥镇人民政府关于做好2026年", "冬季农村道路交通安全工作的通知"],
        ),
        (
            "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释",
            ["最高人民法院关于适用", "《中华人民共和国刑事诉讼法》的解释"],
        ),
        (
            "中共石桥镇委员会 石桥镇人民政府关于进一步加强机关效能建设的若干意见",
            ["中共石桥镇委员会 石桥镇人民政府", "关于进一步加强机关效能建设的若干意见"],
        ),
        (
            "浙江省实施《中华人民共和国农村土地承包法》办法",
            ["浙江省实施", "《中华人民共和国农村土地承包法》办法"],
        ),
    ],
)
def test_titles_break_where_a_phrase_ends(title, lines):
    assert break_title(title, 20) == lines


def test_a_break_cuts_no_word_that_lies_across_two_others():
    assert break_title("关于镇区自来水管网检修停水的公告", 10) == ["关于镇区自来水管网", "检修停水的公告"]


def test_a_year_in_chinese_figures_stays_whole():
    for room in range(6, 20):
        lines = break_title("石桥镇二〇二六年第四季度效能听证会议题清单以及责任单位一览表", room)
        assert [line for line in lines if "二〇二六年" in line] != []


def test_a_long_title_loses_nothing_and_fits_its_lines():
    title = "石桥镇人民政府关于印发农村道路养护管理办法的通知" * 9
    lines = break_title(title, 20)
    assert "".join(lines) == title
    assert max(map(width, lines)) <= 20


def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one():
    lines = break_title("关于印发《农村公路养护考核办法（试行）》、《河道保洁办法（试行）》等三个文件的通知", 12)
    assert not [line for line in lines if line[0] in "》）、" or line[-1] in "《（"]


def test_an_empty_title_is_one_empty_line():
    assert break_title("  ", 20) == [""]


def test_latin_counts_half():
    assert width("A4纸2张") == 3.5
