"""The figures of a half-year on the screen and as a workbook, for whoever may see hearings."""

import io

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from suite.registers.sheets import write_book

from .domain.figure_papers import charts, columns, headline, sheets, table
from .domain.figures import HalfYear, figures, half_year_by_key, half_year_of
from .permissions import user_can_see_figures

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """One half-year (``?half=2026-2``; this one without), with ways to the ones beside it, to paper and workbook."""
    period = _period(request)
    found = figures(period)
    context = {
        "page_title": _("Figures of the efficiency hearings"),
        "header_icon": "list-ul",
        "found": found,
        "headline": headline(found),
        "charts": charts(found),
        "columns": columns(),
        "rows": table(found),
        "is_latest": period == half_year_of(timezone.localdate()),
    }
    return render(request, "hearings/admin/figures.html", context)


@require_safe
def figures_file(request: HttpRequest) -> FileResponse:
    """The same as XLSX; no cell can become a formula."""
    period = _period(request)
    output = io.BytesIO()
    write_book(output, sheets(figures(period)))
    output.seek(0)
    name = _("Figures of the hearings %(period)s.xlsx") % {"period": period}
    return FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)


def _period(request: HttpRequest) -> HalfYear:
    if not user_can_see_figures(request.user):
        raise PermissionDenied
    return half_year_by_key(request.GET.get("half", "")) or half_year_of(timezone.localdate())
