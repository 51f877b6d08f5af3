"""Charts on paper, measured: type of 9 points and more, nothing outside the page's text, no box over another."""

import io
import itertools

import pdfplumber
import pypdf
import pytest
from django.core.exceptions import ValidationError

from printing import Sheet
from printing.charts import Chart, Step, Way, straight
from printing.domain.charts.sheets import chart_sheet
from printing.domain.rendering import render_pdf
from tests.printing.charts import ALLOWANCE, HOUSE, LONG, RELIEF, step
from tests.printing.paper import MM

pytestmark = pytest.mark.pdf
# Left, top, right, bottom of the text in mm, as chart-sheet.css sets it.
TEXT = {"a4": (20, 18, 190, 271), "a3": (20, 18, 277, 394)}
FOOT = 26  # mm, the margin below the text
BODY = 8  # points; what is smaller is the small print at the foot


class Printed:
    """What stands on the pages of a printed chart."""

    def __init__(self, chart, size="a4"):
        self.pdf = render_pdf(chart_sheet(chart, size, lead="承诺期限：20个工作日", foot="咨询电话：0575-86012345"))
        with pdfplumber.open(io.BytesIO(self.pdf)) as document:
            self.pages = [(page.width * MM, page.height * MM) for page in document.pages]
            large = [[one for one in page.chars if one["size"] > BODY] for page in document.pages]
            # The page's number, like the small print, stands in the margin below the text.
            ends = [page.height - FOOT / MM for page in document.pages]
            self.characters = [[one for one in page if one["top"] < end] for page, end in zip(large, ends, strict=True)]
            below = [[one["text"] for one in page if one["top"] >= end] for page, end in zip(large, ends, strict=True)]
            self.numbers = ["".join(page) for page in below]
            self.boxes = [list(boxes(page)) for page in document.pages]
            # In the order it was written in: the order in which a screen reader without tags reads it.
            self.text = "".join(one["text"] for page in self.characters for one in page).replace("\u2060", "")

    def outside(self, left, top, right, bottom):
        """Characters beyond the text's edges by more than a hairline (mm)."""
        return [
            one["text"]
            for page in self.characters
            for one in page
            if one["x0"] * MM < left - 0.2 or one["x1"] * MM > right + 0.2
            or one["top"] * MM < top - 0.2 or one["bottom"] * MM > bottom + 0.2
        ]  # fmt: skip


def boxes(page):
    """The white areas that boxes are, in mm: (left, top, right, bottom)."""
    for shape in [*page.rects, *page.curves]:
        if shape["fill"] and shape["non_stroking_color"] in [(1,), (1, 1, 1)] and shape["height"] > 10:
            yield tuple(shape[edge] * MM for edge in ("x0", "top", "x1", "bottom"))


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.fixture(scope="module")
def house():
    return Printed(HOUSE)


def test_25_steps_with_six_branches_are_legible_on_a4(house):
    assert {(round(width), round(height)) for width, height in house.pages} == {(210, 297)}
    assert house.numbers == ["1 / 3", "2 / 3", "3 / 3"]
    assert min(one["size"] for page in house.characters for one in page) >= 9
    assert house.outside(*TEXT["a4"]) == []


def test_each_step_has_a_box_of_its_own_inside_the_text_and_none_covers_another(house):
    assert sum(len(page) for page in house.boxes) == 25
    left, top, right, bottom = TEXT["a4"]
    for page in house.boxes:
        assert all(apart(one, other) for one, other in itertools.combinations(page, 2))
        assert min(one[0] for one in page) >= left - 0.3
        assert max(one[2] for one in page) <= right + 0.3
        assert min(one[1] for one in page) >= top - 0.3
        assert max(one[3] for one in page) <= bottom + 0.3


def test_all_text_of_the_chart_stands_inside_a_box(house):
    for characters, found in zip(house.characters, house.boxes, strict=True):
        middles = [((one["x0"] + one["x1"]) / 2 * MM, (one["top"] + one["bottom"]) / 2 * MM) for one in characters]
        first, last = min(one[1] for one in found), max(one[3] for one in found)
        strays = [
            (x, y)
            for x, y in middles
            if first < y < last and not any(one[0] < x < one[2] and one[1] < y < one[3] for one in found)
        ]
        assert strays == []


def test_every_step_post_limit_and_way_is_on_paper(house):
    lines = house.text.replace(" ", "")
    for one in HOUSE.steps:
        assert one.name in lines
        assert f"办理：{one.post}" in lines
        assert f"时限：{one.limit}" in lines
    told = ("材料不齐→第4-1步", "改好后↑回第1步", "改好后↑回第13步", "验收不合格→第16-1步", "发现违法建设行为→第14-1步")
    assert [lines.count(way) for way in told] == [1, 2, 1, 1, 1]


def test_a_step_of_60_characters_stays_whole():
    assert len(LONG) == 60
    first = step("a", LONG, ("b", LONG[:12]), ("c", LONG[12:24]))
    short = Printed(Chart("放样", (first, step("b", LONG), step("c", LONG))))
    assert short.text.replace(" ", "").count(LONG) == 3
    assert [len(page) for page in short.boxes] == [3]
    assert short.outside(*TEXT["a4"]) == []


def test_a_word_longer_than_its_box_is_broken_inside_it():
    chart = straight("长词", [Step("a", "Donaudampfschifffahrts" * 6), Step("b", "https://example.cn/" + "a" * 200)])
    printed = Printed(chart)
    assert "Donaudampfschifffahrts" * 6 in printed.text
    assert printed.outside(*TEXT["a4"]) == []


@pytest.mark.parametrize(("chart", "least"), [(ALLOWANCE, 28), (RELIEF, 16)])
def test_the_poster_is_one_page_in_large_type(chart, least):
    poster = Printed(chart, "a3")
    assert [(round(width), round(height)) for width, height in poster.pages] == [(297, 420)]
    assert min(one["size"] for one in poster.characters[0]) >= least - 4  # the foot is set in 24 points
    assert poster.outside(*TEXT["a3"]) == []


def fan(*spread):
    """Each step sends each kind of matter to a step of its own, as often as ``spread`` says."""
    level, steps = ["甲"], []
    for ways in spread:
        steps += [step(key, f"分流{key}", *((f"{key}{way}", f"第{way}类") for way in range(ways))) for key in level]
        level = [f"{key}{way}" for key in level for way in range(ways)]
    return Chart("分流", (*steps, *(step(key, f"办理{key}") for key in level)))


def test_columns_that_do_not_fit_upright_turn_the_paper():
    printed = Printed(fan(3, 2))
    assert [(round(width), round(height)) for width, height in printed.pages] == [(297, 210)]
    assert [len(page) for page in printed.boxes] == [10]
    assert min(one["size"] for one in printed.characters[0]) >= 10.5
    assert printed.outside(20, 18, 277, 184) == []


@pytest.mark.parametrize("ways", [3, 4, 5])
def test_many_ways_out_of_one_box_stay_in_it(ways):
    """The ways' labels and where they lead, one under the other where they don't fit side by side."""
    printed = Printed(fan(ways))
    [words] = printed.characters
    first, *_ = sorted(printed.boxes[0], key=lambda one: one[1])
    strays = [
        one["text"]
        for one in words
        if first[1] < one["top"] * MM < first[3] - 1 and not (first[0] < one["x0"] * MM and one["x1"] * MM < first[2])
    ]
    assert strays == []
    assert all(f"第{way}类" in printed.text for way in range(ways))


def test_what_cannot_be_drawn_is_printed_as_a_list():
    chart = fan(5, 3)
    printed = Printed(chart)
    assert [one.name for one in chart.steps if one.name not in printed.text] == []
    assert sum(len(page) for page in printed.boxes) == 21
    edges = [(round(one[0]), round(one[2])) for page in printed.boxes for one in page]
    assert set(edges) == {(20, 190), (30, 190)}
    assert printed.outside(*TEXT["a4"]) == []


def tree(element):
    """The tagged structure as (tag, children) without what has no tag of its own."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, pypdf.generic.DictionaryObject) and "/S" in found:
            yield str(found["/S"])
            yield from tree(found)


def test_the_tagged_text_is_the_alternative_and_lines_are_no_pictures_without_words():
    pdf = pypdf.PdfReader(io.BytesIO(Printed(RELIEF).pdf))
    assert "/Figure" not in set(tree(pdf.trailer["/Root"]["/StructTreeRoot"]))
    assert pdf.metadata.title == "临时救助办理流程"


def test_a_chart_stands_in_the_text_of_another_sheet(settings):
    """Guides put it between their paragraphs: in the 版心 of a 公文, in type of its own."""
    template = (
        '{% extends "printing/gongwen.html" %}{% load charts %}{% block sheet %}<div class="body"><p>办理流程如下：</p>'
        "{% chart chart paper=True width=156 height=225 %}<p>咨询请打电话。</p></div>{% endblock %}"
    )
    engine = settings.TEMPLATES[0]
    options = {key: value for key, value in engine.get("OPTIONS", {}).items() if key != "loaders"}
    loaders = [
        ("django.template.loaders.locmem.Loader", {"guide.html": template}),
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": {**options, "loaders": loaders}}]
    pdf = render_pdf(Sheet("guide", "guide.html", {"chart": RELIEF}, "办事指南", style="gongwen chart"))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        found = [one for page in document.pages for one in page.chars if BODY < one["size"] < 13.9]
        white = [box for page in document.pages for box in boxes(page)]
    assert {round(one["size"], 1) for one in found} == {12.0}
    assert len(white) == len(RELIEF.steps)
    assert min(box[0] for box in white) >= 27.8
    assert max(box[2] for box in white) <= 184.2


def test_the_last_lines_and_the_foot_stay_with_the_last_boxes():
    """The first box grows until the last row stands at the foot of a page: no page is without a box."""
    again = Step("again", "补正", ways=(Way("k0", "改好后"),))
    last = Step("k4", "审查", ways=(Way("end", "通过"), Way("again", "退回")))
    for lines in range(9, 15):
        notes = ("长" * 22 * lines, "", "", "")
        steps = [Step(f"k{place}", "办理", note=note, ways=(Way(f"k{place + 1}"),)) for place, note in enumerate(notes)]
        assert all(Printed(Chart("到底", (*steps, last, Step("end", "办结"), again))).boxes)


def test_a_chart_that_cannot_be_followed_is_not_printed():
    with pytest.raises(ValidationError, match="“申请”通向“z”"):
        chart_sheet(Chart("断", (step("a", "申请", "z"),)))
