"""A chart as a sheet of its own: A4 to take home, A3 for the board."""

from dataclasses import dataclass
from typing import Any

from printing.charts import Chart
from printing.sheets import Sheet

from .paper import draw_on_paper


@dataclass(frozen=True)
class _Paper:
    """The room for a chart in mm (width, height), upright and across, and the sizes of type in points."""

    upright: tuple[float, float]
    across: tuple[float, float]
    sizes: tuple[float, ...]


_PAPERS = {
    "a4": _Paper((170, 222), (257, 135), (14, 12, 10.5)),
    "a3": _Paper((257, 325), (380, 205), (28, 24, 20, 16)),
}


def chart_sheet(
    chart: Chart, size: str = "a4", *, kind: str = "chart", lead: str = "", foot: str = "", **given: Any
) -> Sheet:
    """The chart on paper of ``size`` ("a4", "a3"), across where its columns need that.

    ``lead``: a line under the title (for whom, how long in all); ``foot``: one after the chart (whom to ask, fee,
    complaints). ``given``: what else a Sheet takes (status, issued, changed, ended, draft, address, name).
    Raises ValidationError where the chart cannot be followed.
    """
    paper = _PAPERS[size]
    upright, wide = (draw_on_paper(chart, *room, paper.sizes) for room in (paper.upright, paper.across))
    # A list, which is what is left where nothing fits, is read upright.
    across = upright.size not in paper.sizes or not upright.drawing.drawn
    across = across and wide.drawing.drawn
    return Sheet(
        kind=kind,
        template="printing/chart_sheet.html",
        context={
            "laid_out": wide if across else upright,
            "lead": lead,
            "foot": foot,
            "paper": f"{size}-across" if across else size,
        },
        title=chart.title,
        style="chart chart-sheet",
        **given,
    )
