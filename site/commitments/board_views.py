"""承诺公示 for everybody: the months, the units of a month, the board of a unit, the figures of a month."""

import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.models import Unit

from .domain import board as boards
from .domain.analysis import analysis
from .domain.analysis_shown import charts, headline
from .domain.draws import public_draw_of
from .enums import MeetingState
from .models import Month, ReportMeeting


@require_safe
def month_list(request: HttpRequest) -> HttpResponse:
    """All months, the newest first, each with how far it is."""
    paging = Paginator(Month.objects.order_by("-first"), boards.MONTHS_ON_A_PAGE).get_page(request.GET.get("p"))
    context = {"paging": paging, "lines": boards.month_lines(paging), "today": timezone.localdate()}
    return render(request, "commitments/public/months.html", context)


@require_safe
def month_page(request: HttpRequest, first: datetime.date) -> HttpResponse:
    """The units of one month: how many filed, what became of it; its report meeting and the draw."""
    month = _month(first)
    lines = boards.unit_lines(month)
    before, after = boards.neighbours(month)
    meeting = ReportMeeting.objects.filter(month=month).exclude(state=MeetingState.CANCELLED).first()
    draw = public_draw_of(month) if meeting else None
    context = {
        "month": month,
        "lines": lines,
        "total": boards.total(lines),
        "before": before,
        "after": after,
        "meeting": meeting,
        "draw": draw,
        "now": timezone.now(),
        "today": timezone.localdate(),
    }
    return render(request, "commitments/public/month.html", context)


@require_safe
def board_page(request: HttpRequest, first: datetime.date, unit: int) -> HttpResponse:
    """What the people of one unit promised for the month, and what became of it."""
    month = _month(first)
    before, after = boards.neighbours(month)
    context = {
        "board": boards.board(month, get_object_or_404(Unit, pk=unit)),
        "month": month,
        "before": before,
        "after": after,
        "now": timezone.now(),
        "today": timezone.localdate(),
    }
    return render(request, "commitments/public/board.html", context)


@require_safe
def figures_page(request: HttpRequest, first: datetime.date) -> HttpResponse:
    """月析月评 without anybody's name."""
    found = analysis(_month(first))
    before, after = boards.neighbours(found.month)
    context = {
        "found": found,
        "month": found.month,
        "before": before,
        "after": after,
        "headline": headline(found),
        "charts": charts(found),
    }
    return render(request, "commitments/public/figures.html", context)


def _month(first: datetime.date) -> Month:
    found = Month.objects.filter(first=first).first()
    if found is None:
        raise Http404
    return found
