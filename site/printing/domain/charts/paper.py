"""How large a chart is set on paper: so that it needs few pages, in type that is read standing before a board."""

import math
from dataclasses import dataclass

from printing.charts import Chart
from printing.domain.titles import width as text_width

from .drawing import Box, Drawing, draw

_POINTS = 72 / 25.4
# In points. Below the usual sizes only where all columns would not fit otherwise.
USUAL = (12.0, 10.5)
LEAST = 9.0
# In em, as chart.css sets boxes: a line, the edges above and below, and what the sides take from a box's width.
_LINE, _EDGES, _SIDES = 1.4, 1.0, 1.2


@dataclass(frozen=True)
class PaperChart:
    """A drawing and the size of its type in points."""

    drawing: Drawing
    size: float


def draw_on_paper(chart: Chart, width: float, height: float, sizes: tuple[float, ...] = USUAL) -> PaperChart:
    """The chart for pages whose text is ``width`` by ``height`` mm: of ``sizes`` the largest that needs fewest pages.

    Where its columns fit in none of them it is set in 9 points, and where they don't fit even then, as a list.
    Raises ValidationError where the chart cannot be followed.
    """
    tried = [PaperChart(draw(chart, width * _POINTS / size), size) for size in (*sizes, LEAST)]
    drawn = [one for one in tried if one.drawing.drawn]
    return min(
        [one for one in drawn if one.size in sizes] or drawn or tried[:1],
        key=lambda one: (_pages(one.drawing, height * _POINTS / one.size), -one.size),
    )


def _pages(drawing: Drawing, height: float) -> int:
    """About how many pages of ``height`` em it takes."""
    pages, used = 1, 0.0
    for row in drawing.rows:
        tall = (row.gap.height if row.gap else 0.0) + max((_tall(box, drawing.column) for box in row.boxes), default=0)
        if used and used + tall > height:
            pages, used = pages + 1, 0.0
        used += tall
    return pages


def _tall(box: Box, width: float) -> float:
    step = box.step
    lines = _lines(f"{box.number} {step.name}", width)
    lines += _fact_lines([f"办理：{text}" for text in (step.post, step.limit) if text], width)
    lines += _lines(f"仅限：{step.only}", width) if step.only else 0
    lines += _lines(step.note, width) + box.end
    beside = 1 if box.stacked else len(box.exits)
    exits = [_lines(f"{one.label}→ 第{one.number}步", width / beside) for one in box.exits]
    lines += sum(exits) if box.stacked else max(exits, default=0)
    return lines * _LINE + _EDGES


def _fact_lines(facts: list[str], width: float) -> int:
    """Beside one another where they fit."""
    if sum(text_width(fact) + 1 for fact in facts) <= width - _SIDES:
        return bool(facts)
    return sum(_lines(fact, width) for fact in facts)


def _lines(text: str, width: float) -> int:
    return math.ceil(text_width(text) / (width - _SIDES))
