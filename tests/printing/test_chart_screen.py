"""Charts in real Chromium, without scripts: a list on a phone, a drawing where there is room."""

import pytest
from django.template import Context, Template

from printing.charts import Step, straight
from tests.browser import answers
from tests.printing.charts import ALLOWANCE, HOUSE, LONG, MANY, RELIEF

pytestmark = pytest.mark.chromium

WORDS = straight(
    "长词", [Step("a", LONG), Step("b", "Donaudampfschifffahrts" * 6, "办公室", "https://example.cn/" + "a" * 90)]
)
CHARTS = {"straight": ALLOWANCE, "relief": RELIEF, "house": HOUSE, "words": WORDS, "many": MANY}
PAGE = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{% load charts static %}{% for sheet in sheets %}<link rel="stylesheet" href="{% static sheet %}">{% endfor %}
<style>{{ style }}</style><main class="frame"><div class="running">{% chart chart %}</div></main></html>"""
# The reader's own spacing (WCAG 1.4.12).
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
LOOK = """() => {
    const rectangle = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
    const seen = [...document.querySelectorAll('.chart *')].filter(e => e.checkVisibility());
    const texts = seen.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    return {
        width: document.documentElement.scrollWidth,
        smallest: Math.min(...texts.map(e => parseFloat(getComputedStyle(e).fontSize))),
        cut: seen.filter(e => e.scrollWidth > e.clientWidth + 1 && e.matches('div')).map(e => e.textContent.trim()),
        boxes: [...document.querySelectorAll('.chart-step')].map(rectangle),
        exits: [...document.querySelectorAll('.chart-exit')].map(rectangle),
        lines: seen.filter(e => e.matches('svg, .chart-line')).length,
        gaps: [...document.querySelectorAll('.chart-gap')].map(rectangle),
        ends: [...document.querySelectorAll('.chart-gap .head')].map(e => e.getAttribute('d') &&
            e.ownerSVGElement.getScreenCTM()).filter(Boolean).map(m => m.a),
        columns: document.querySelector('.chart-steps').getBoundingClientRect().width,
    };
}"""


@pytest.fixture
def look(window):
    """look(chart, width, style): what Chromium makes of the chart in a window that wide."""

    def seen(chart, width, style=""):
        sheets = [*(f"theme/{name}.css" for name in ("tokens", "type", "layout", "lists")), "printing/chart.css"]
        html = Template(PAGE).render(Context({"chart": chart, "sheets": sheets[:-1], "style": style}))
        screen = window(width=width, height=900, scripts=False, answer=answers({"/": html}))
        screen.goto("/")
        return screen.evaluate(LOOK)

    return seen


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def overlapping(boxes):
    return [(one, other) for place, one in enumerate(boxes) for other in boxes[place + 1 :] if not apart(one, other)]


@pytest.mark.parametrize("name", CHARTS)
def test_on_a_phone_of_320_pixels_it_is_a_legible_list(name, look):
    seen = look(CHARTS[name], 320)
    assert seen["width"] == 320
    assert seen["smallest"] >= 16
    assert seen["cut"] == []
    assert seen["lines"] == 0
    assert overlapping(seen["boxes"]) == []
    assert [box[1] for box in seen["boxes"]] == sorted(box[1] for box in seen["boxes"])
    assert all(box[0] >= 0 and box[2] <= 320 for box in seen["boxes"])


@pytest.mark.parametrize("style", ["", SPACED], ids=["usual", "spaced"])
def test_where_there_is_room_it_is_drawn_and_no_box_covers_another(style, look):
    seen = look(HOUSE, 1280, style)
    assert seen["width"] == 1280
    assert seen["smallest"] >= 16
    assert seen["cut"] == []
    assert seen["lines"] > 0
    assert len(seen["boxes"]) == 25
    assert overlapping(seen["boxes"]) == []
    assert len({round(box[0]) for box in seen["boxes"]}) == 2
    assert seen["columns"] == pytest.approx(36 * 17)


def test_lines_are_drawn_in_the_boxes_measure(look):
    seen = look(RELIEF, 1280)
    assert seen["ends"] == pytest.approx([17 / 100] * len(seen["ends"]), rel=0.01)
    assert {round(gap[2] - gap[0]) for gap in seen["gaps"]} == {36 * 17}


def test_with_larger_type_of_the_readers_own_the_drawing_gives_way_to_the_list(look):
    assert look(RELIEF, 800)["lines"] > 0
    larger = look(RELIEF, 800, "html { font-size: 150% }")
    assert (larger["lines"], larger["cut"], larger["width"]) == (0, [], 800)


def test_more_columns_than_fit_stay_a_list(look):
    assert look(MANY, 1280)["lines"] == 0
