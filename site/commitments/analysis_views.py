"""月析月评 in the admin, the month as a workbook, all boards as one file: for those who see the register."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from printing.domain.packs import PackItem, order_pack
from suite.registers.sheets import write_book

from .domain import board as boards
from .domain.analysis import analysis, people
from .domain.analysis_shown import charts, headline, tables
from .domain.book import month_book
from .models import Month
from .permissions import user_can_see_register

# On the screen; paper and workbook hold everybody.
MOST_NAMES = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def analysis_page(request: HttpRequest) -> HttpResponse:
    """One month (``?month=2026-11``; the newest without), with ways to those beside it, to paper and workbook."""
    month = _month(request)
    context: dict[str, Any] = {"page_title": _("Month analysis"), "header_icon": "list-ul", "month": month}
    if month is not None:
        found = analysis(month)
        before, after = boards.neighbours(month)
        named = people(month)
        context |= {
            "found": found,
            "before": before,
            "after": after,
            "headline": headline(found),
            "charts": charts(found),
            "tables": tables(found),
            "people": named[:MOST_NAMES],
            "more_people": max(0, len(named) - MOST_NAMES),
        }
    return render(request, "commitments/admin/analysis.html", context)


@require_safe
def book_file(request: HttpRequest) -> FileResponse:
    """The month as XLSX; no cell can become a formula."""
    month = _month(request)
    if month is None:
        raise Http404
    output = io.BytesIO()
    write_book(output, month_book(month))
    output.seek(0)
    name = _("Commitments of %(month)s.xlsx") % {"month": month}
    return FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)


@require_POST
def order_boards(request: HttpRequest) -> HttpResponse:
    """Order the boards of all units of a month as one file, printed in the background."""
    month = _month(request)
    if month is None:
        raise Http404
    items = [PackItem("commitment-board", key, "a3") for key in boards.board_keys([month])]
    try:
        pack = order_pack(
            _("Boards of commitments, %(month)s") % {"month": month}, items, request.user, both_sides=True
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(f"{reverse('commitments_analysis')}?month={month.code}")
    return redirect("printing:pack", pack.pk)


def _month(request: HttpRequest) -> Month | None:
    """The month asked for; the newest one where none or nonsense was."""
    if not user_can_see_register(request.user):
        raise PermissionDenied
    asked = (request.POST or request.GET).get("month", "")
    return boards.month_by_code(asked) or Month.objects.order_by("-first").first()
