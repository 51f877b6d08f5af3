"""Reply slips, measured on the PDF."""

import itertools

import pytest
from django.core.exceptions import ValidationError

from printing.domain.rendering import render_pdf
from printing.domain.slips import SlipField, reply_slip_sheet
from tests.printing.paper import MM, pages, rules

FIELDS = [["姓名", "所在村"], "联系电话", SlipField("是否参加", ("参加", "不参加"))]


def slip(**changes):
    given = {"fields": FIELDS, "return_to": "镇便民服务中心", "deadline": "2026年12月10日", "phone": "0575-86012345"}
    return reply_slip_sheet(**{**given, **changes})


def page_of(**changes):
    made = pages(render_pdf(slip(**changes)))
    assert len(made) == 1
    return made[0]


def words(page):
    return "".join(one["text"] for one in page.chars)


@pytest.mark.pdf
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_page_holds_the_slips_asked_for_with_lines_to_cut_between(count):
    page = page_of(per_page=count)
    assert words(page).count("回执姓名：") == count
    assert words(page).count("请于2026年12月10日前交回：镇便民服务中心") == count
    assert words(page).count("0575-86012345") == count
    assert words(page).count("沿虚线裁开") == count - 1


@pytest.mark.pdf
def test_as_many_as_fit_stand_on_a_page_when_nobody_says_how_many():
    assert words(page_of()).count("回执姓名：") == 3
    assert words(page_of(fields=["甲", "乙", "丙", "丁", "戊", "己", "庚"])).count("回执甲：") == 2


@pytest.mark.pdf
def test_the_slips_are_equal_parts_of_the_page():
    page = page_of(per_page=3)
    tops = [one["top"] * MM for one in page.chars if one["text"] == "回" and one["size"] > 19]
    assert [below - above for above, below in itertools.pairwise(tops)] == pytest.approx([89, 89], abs=0.1)


@pytest.mark.pdf
def test_lines_to_write_on_are_at_least_10_mm_high():
    page = page_of(fields=["姓名", SlipField("意见", lines=4), "签名"], per_page=1)
    heights = rules(page)
    assert len(heights) == 6
    assert min(below - above for above, below in itertools.pairwise(heights)) >= 10
    title = max(one["bottom"] for one in page.chars if one["size"] > 19)
    assert heights[0] - title * MM >= 10


@pytest.mark.pdf
def test_nothing_lies_over_the_next_slip_or_outside_the_page():
    long = SlipField("对以下哪些事项有意见", ("道路硬化", "污水管网", "路灯亮化", "垃圾清运", "自来水改造", "其他事项"))
    page = page_of(fields=["姓名", long], per_page=3, about="关于召开效能听证会的通知", title="效能听证会代表报名回执")
    feet = [one["bottom"] * MM for one in page.chars if one["text"] == "请"]
    cuts = [one["top"] * MM for one in page.chars if one["text"] == "裁"]
    assert [foot < cut for foot, cut in zip(feet, cuts, strict=False)] == [True, True]
    assert max(one["x1"] for one in page.chars) * MM <= 190.5
    assert max(one["bottom"] for one in page.chars) * MM <= 294


@pytest.mark.pdf
def test_choices_are_boxes_to_tick():
    assert "是否参加：□参加□不参加" in words(page_of()).replace(" ", "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fields": []}, "no_fields"),
        ({"return_to": " "}, "no_return"),
        ({"fields": ["甲"] * 8, "per_page": 3}, "too_much"),
        ({"fields": ["甲"] * 40}, "too_much"),
    ],
)
def test_a_slip_that_could_not_be_used_is_refused(changes, code):
    with pytest.raises(ValidationError) as refusal:
        slip(**changes)
    assert refusal.value.code == code
