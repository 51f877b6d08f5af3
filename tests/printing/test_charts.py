"""Charts: what is refused, how steps are numbered and placed, where the lines run."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.charts import Chart, Step, Way, straight
from printing.domain.charts.drawing import draw
from printing.domain.charts.paper import draw_on_paper
from tests.printing.charts import ALLOWANCE, HOUSE, LONG, MANY, RELIEF, sorting, step


def codes(chart):
    with pytest.raises(ValidationError) as refusal:
        chart.validate()
    return [(error.code, error.messages[0]) for error in refusal.value.error_list]


def on_page(chart):
    html = Template("{% load charts %}{% chart chart %}").render(Context({"chart": chart}))
    return BeautifulSoup(html, "html.parser")


def words(box):
    return " ".join(box.get_text(" ", strip=True).split())


@pytest.mark.parametrize(
    ("chart", "refusal"),
    [
        (Chart("空", ()), [("no_steps", "流程图还没有步骤，请先写第一步。")]),
        (
            Chart("重", (step("a", "申请", "b"), step("b", "受理"), step("b", "审核"))),
            [("key_twice", "步骤“受理”、“审核”的编号都是“b”，请改掉一个。")],
        ),
        (Chart("无名", (Step("a", " "),)), [("no_name", "步骤 a 没有名称，请写明这一步做什么。")]),
        (
            Chart("断", (step("a", "申请", "z"), step("b", "办结"))),
            [
                ("unknown_step", "“申请”通向“z”，但没有这一步。请另选一步。"),
                ("unreachable", "没有哪一步通向“办结”。请让前面的步骤通向它，或者删去它。"),
                ("no_end", "从“申请”出发永远办不完。请加一条通向结束步骤的出路。"),
            ],
        ),
        (
            Chart("圈", (step("a", "申请", "b"), step("b", "补正", "a"))),
            [("no_end", "从“申请”、“补正”出发永远办不完。请加一条通向结束步骤的出路。")],
        ),
        (
            Chart("自", (step("a", "审核", ("a", "再审"), ("b", "通过")), step("b", "办结"))),
            [("to_itself", "“审核”通向自己。请通向别的步骤，或者把反复办理写进说明。")],
        ),
        (
            Chart("哑", (step("a", "审核", ("b", "通过"), "c"), step("b", "发证"), step("c", "退回"))),
            [("no_label", "“审核”有几条出路，请逐条写明什么情况走这一条。")],
        ),
        (
            sorting("多", 6),
            [("too_many_ways", "“分流”有 6 条出路，流程图每步最多画 5 条。请拆成两步。")],
        ),
    ],
    ids=lambda given: given.title if isinstance(given, Chart) else "",
)
def test_a_chart_that_cannot_be_followed_is_refused_naming_its_steps(chart, refusal):
    assert codes(chart) == refusal
    with pytest.raises(ValidationError):
        draw(chart, 36)


def test_the_longest_way_is_numbered_through_and_branches_after_the_step_they_leave():
    boxes = on_page(RELIEF).select(".chart-step")
    assert [(box.select_one(".chart-number").text, "is-side" in box["class"]) for box in boxes] == [
        *(("1", False), ("2", False), ("2-1", True), ("3", False)),
        *(("4", False), ("4-1", True), ("5", False), ("6", False)),
    ]


def test_each_box_says_who_how_long_and_where_it_goes_on():
    assert [words(box) for box in on_page(RELIEF).select(".chart-step")] == [
        "1 提出申请 办理：申请人 向户籍所在村或者镇便民服务中心提出",
        "2 检查材料是否齐全 办理：民政窗口 时限：当场 材料齐全 → 第3步 材料不齐 → 第2-1步",
        "2-1 一次性告知，补正材料 办理：民政窗口 时限：当场 补正后 ↑ 回第1步",
        "3 受理并且入户调查 办理：驻村干部、村委会 时限：5个工作日",
        "4 审核 办理：镇社会事业服务中心 时限：3个工作日 符合条件 → 第5步 不符合条件 → 第4-1步",
        "4-1 书面说明理由 办理：镇社会事业服务中心 时限：2个工作日 办理结束",
        "5 村务公开栏公示 办理：村委会 时限：3天",
        "6 发放救助金 办理：县民政局、乡镇财政所 时限：3个工作日 办理结束",
    ]


def test_a_straight_chart_says_no_more_than_its_steps():
    assert [words(box) for box in on_page(ALLOWANCE).select(".chart-step")] == [
        "1 提出申请 办理：本人或者家属 时限：随到随办 带身份证、户口簿",
        "2 窗口受理 办理：民政窗口 时限：当场",
        "3 镇里审核 办理：镇社会事业服务中心 时限：3个工作日",
        "4 按月发放到卡 办理：县民政局 时限：次月15日前 办理结束",
    ]


def test_a_single_way_that_joins_further_down_or_has_words_is_written_out():
    chart = Chart(
        "汇合",
        (
            step("a", "初审", ("b", "一般"), ("c", "紧急")),
            step("b", "会审", "d"),
            step("c", "先行办理", "e"),
            step("d", "审批", ("e", "签字后")),
            step("e", "办结"),
        ),
    )
    assert [words(box) for box in on_page(chart).select(".chart-step")] == [
        "1 初审 一般 → 第2步 紧急 → 第1-1步",
        "1-1 先行办理 → 第4步",
        "2 会审",
        "3 审批 签字后 → 第4步",
        "4 办结 办理结束",
    ]


def test_page_and_paper_hold_the_same_boxes():
    def boxes(options):
        html = Template("{% load charts %}{% chart chart " + options + " %}").render(Context({"chart": HOUSE}))
        return [words(box) for box in BeautifulSoup(html, "html.parser").select(".chart-step")]

    assert len(boxes("")) == 25
    assert boxes("") == boxes("paper=True") == boxes("paper=True width=257 height=135")


def test_text_is_text_whatever_stands_in_it():
    hostile = '<script>alert("x")</script>'
    chart = Chart(hostile, (Step("a", hostile, hostile, hostile, hostile, (Way("b", hostile),)), step("b", "'\"&")))
    page = on_page(chart)
    assert page.select("script") == []
    assert page.select_one(".chart-steps")["aria-label"] == hostile
    assert words(page.select_one(".chart-step")).count(hostile) == 5
    assert words(page.select(".chart-step")[1]) == "2 '\"& 办理结束"


def test_lines_are_nothing_to_a_screen_reader():
    page = on_page(HOUSE)
    assert page.select("svg") != []
    assert [svg["aria-hidden"] for svg in page.select("svg")] == ["true"] * len(page.select("svg"))
    assert [line.text for line in page.select(".chart-line")] == [""] * len(page.select(".chart-line"))


def test_more_columns_than_the_page_has_room_for_make_a_list_that_says_the_same():
    page = on_page(MANY)
    assert page.select(".chart-drawn, svg, .chart-line") == []
    assert sorted(words(one) for one in page.select(".chart-exit")) == [
        "0类 → 第2步", "1类 → 第1-3步", "2类 → 第1-2步", "3类 → 第1-4步", "4类 → 第1-1步",
    ]  # fmt: skip


def test_paper_takes_the_largest_type_that_needs_fewest_pages():
    assert draw_on_paper(ALLOWANCE, 156, 225).size == 12
    assert draw_on_paper(HOUSE, 156, 225).size == 10.5
    tried = [draw_on_paper(MANY, width, 225) for width in (156, 100)]
    assert [(one.size, one.drawing.drawn) for one in tried] == [(9, True), (12, False)]


@st.composite
def charts(draw):
    """Charts of up to 14 steps with branches, joins and ways back; every step leads on to the last one."""
    count = draw(st.integers(2, 14))
    steps = []
    for place in range(count):
        if place == count - 1:
            targets = []
        else:
            others = st.integers(0, count - 1).filter(lambda other, place=place: other not in (place, place + 1))
            targets = [place + 1, *draw(st.lists(others, max_size=3, unique=True))]
        steps.append(step(f"k{place}", LONG[: place + 2], *((f"k{other}", f"到{other}") for other in targets)))
    return Chart("任意", tuple(steps))


def strokes(gap):
    return [tuple(map(int, one)) for one in re.findall(r"M(-?\d+) (-?\d+)V(-?\d+)H(-?\d+)V(-?\d+)", gap.lines)]


def pieces(stroke):
    x, top, y, to, bottom = stroke
    return [("v", x, *sorted((top, y))), ("h", y, *sorted((x, to))), ("v", to, *sorted((y, bottom)))]


def overlap(one, other):
    return one[:2] == other[:2] and min(one[3], other[3]) > max(one[2], other[2])


def hundredths(length):
    return round(float(length.removesuffix("em")) * 100)


def boxes_of(row):
    """(left, right, how many ways out) of the row's boxes."""
    end = 0
    for box in sorted(row.boxes, key=lambda one: one.column):
        left = end + hundredths(box.margin)
        end = left + hundredths(box.width)
        yield left, end, 0 if box.end else max(1, len(box.exits))


def near(values, others):
    return sorted(round(one / 3) for one in values) == sorted(round(one / 3) for one in others)


@settings(max_examples=150, deadline=None)
@given(charts())
def test_lines_meet_only_where_they_join_and_run_through_no_box(chart):
    rows = draw(chart, 120).rows
    for row in rows:
        if row.gap:
            found = strokes(row.gap)
            for place, one in enumerate(found):
                for other in found[place + 1 :]:
                    if any(overlap(a, b) for a in pieces(one) for b in pieces(other)):
                        assert one[3] == other[3], (chart, one, other)
        for left, right, ways in boxes_of(row):
            assert sum(left < hundredths(x) < right for x in row.passing) == ways


@settings(max_examples=150, deadline=None)
@given(charts())
def test_no_line_ends_before_it_arrives(chart):
    rows = draw(chart, 120).rows
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        height = round(row.gap.height * 100) if row.gap else 0
        found = strokes(row.gap) if row.gap else []
        open_below = {one[0] for one in found if abs(one[1] - height) < 2} | {
            one[3] for one in found if abs(one[4] - height) < 2
        }
        ports = [(left, right) for left, right, _ways in boxes_of(row)]
        beside = {x for x in map(hundredths, row.passing) if not any(left < x < right for left, right in ports)}
        assert near(open_below, beside)
        below = strokes(following.gap) if following and following.gap else []
        open_above = {one[0] for one in below if one[1] == 0} | {one[3] for one in below if one[4] == 0}
        assert near(open_above, map(hundredths, row.passing))


@settings(max_examples=100, deadline=None)
@given(charts())
def test_every_step_and_every_way_is_told_once(chart):
    drawing = draw(chart, 120)
    boxes = {box.step.key: box for row in drawing.rows for box in row.boxes}
    assert sorted(boxes) == sorted(one.key for one in chart.steps)
    numbers = [box.number for box in boxes.values()]
    assert len(set(numbers)) == len(numbers)
    assert len({(box.column, place) for place, row in enumerate(drawing.rows) for box in row.boxes}) == len(boxes)
    for one in chart.steps:
        told = sorted((exit.label, exit.number) for exit in boxes[one.key].exits)
        assert told == sorted((way.label, boxes[way.to].number) for way in one.ways)


def test_straight_steps_follow_one_another():
    assert [[way.to for way in one.ways] for one in straight("直", [Step(key, key) for key in "abc"]).steps] == [
        ["b"], ["c"], [],
    ]  # fmt: skip
