"""抽签记录: what the draw was, from list to result, with room for the witnesses to sign."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from printing import Sheet
from printing.domain.gongwen import gongwen_sheet
from suite.draw.models import Draw
from suite.theme.office import current_office, outside_address

from .showing import shown

# A longer list is not printed: its fingerprint, the drawn and the next in line are.
MOST_ON_PAPER = 500


def draw_record(draw: Draw) -> Sheet:
    """The record of a public draw, at any stage; what is not known yet is left to be written in by hand."""
    day = draw.drawn_at or draw.voided_at or draw.frozen_at
    context = {"draw": draw, "shown": shown(draw), "most": MOST_ON_PAPER, "purpose": draw.purpose.rstrip("。")}
    return gongwen_sheet(
        kind="draw",
        title=_("Record of the draw: %(title)s") % {"title": draw.title},
        body_html=render_to_string("draw/record.html", context),
        signatory=current_office().township_name,
        day=localdate(day) if day else None,
        sealed=True,
        ended=_("the draw is void") if draw.voided_at else "",
        address=outside_address(draw.get_absolute_url()),
        draft=draw.frozen_at is None,
    )
