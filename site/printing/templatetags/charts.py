"""A chart on a page or a sheet: ``{% load charts %}{% chart chart %}``, on paper ``{% chart chart paper=True %}``."""

from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from printing.charts import Chart
from printing.domain.charts.drawing import Gap, draw
from printing.domain.charts.paper import USUAL, draw_on_paper

register = template.Library()

# In em; a page's running text is 38 wide. chart.css draws where it finds so much room.
SCREEN_WIDTH = 36


@register.inclusion_tag("printing/chart.html", name="chart")
def chart_tag(
    chart: Chart, paper: bool = False, width: float = 156, height: float = 225, largest: float = 12
) -> dict[str, Any]:
    """The chart; on paper ``width`` mm wide, on pages whose text is ``height`` mm high, in ``largest`` points at most.

    Raises ValidationError where the chart cannot be followed: ``chart.validate()`` says so before.
    """
    if paper:
        printed = draw_on_paper(chart, width, height, tuple(size for size in USUAL if size <= largest))
        return {"drawing": printed.drawing, "paper": True, "size": printed.size}
    return {"drawing": draw(chart, SCREEN_WIDTH), "paper": False}


@register.simple_tag
def gap_lines(gap: Gap, paper: bool) -> SafeString:
    """The lines of a gap. On paper they are a background, which readers of the file pass over, as they do here."""
    if not paper:
        return format_html(
            '<svg class="chart-gap" style="height: {}em" viewBox="{}" aria-hidden="true">'
            '<path class="line" d="{}"/><path class="head" d="{}"/></svg>',
            f"{gap.height:.2f}", gap.box, gap.lines, gap.heads,
        )  # fmt: skip
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{gap.box}" preserveAspectRatio="none">'
        f'<path d="{gap.lines}" fill="none" stroke="#000" stroke-width="9" stroke-linejoin="round"/>'
        f'<path d="{gap.heads}" fill="#000"/></svg>'
    )
    return format_html(
        '<div class="chart-gap" style="height: {}em; background-image: url(data:image/svg+xml,{})"></div>',
        f"{gap.height:.2f}", quote(picture),
    )  # fmt: skip
