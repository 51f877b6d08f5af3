"""One's own learning, a person's year, the units' year."""

from __future__ import annotations

import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisation.models import Person
from suite.registers.sheets import write_book
from training.domain.courses.own import to_come_to
from training.domain.leaders import sees
from training.domain.years import own, tables
from training.domain.years.papers import KIND
from training.domain.years.told import told
from training.domain.years.year import FIRST_YEAR, LAST_YEAR, MEASURES
from training.permissions import user_can_learn, user_can_run, user_can_view

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def user_can_see_years(user: Any) -> bool:
    """The units' year; which units, the domain says."""
    return user_can_view(user) or user_can_run(user)


def user_can_see_a_year(user: Any) -> bool:
    """Somebody's year, at least one's own."""
    return user_can_learn(user) or user_can_see_years(user)


@never_cache
@login_required
@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """What waits, what comes, how far the year has come, and the way into every room."""
    _require(user_can_learn(request.user))
    person = request.user.person
    coming = list(to_come_to(person))
    context = {
        "items": own.waiting(request.user, coming),
        "coming": coming,
        "now": now(),
        "found": told(person, localdate().year),
        "links": own.ways(request.user),
    }
    return render(request, "training/years/own.html", context)


@never_cache
@login_required
@require_safe
def person_year(request: HttpRequest, person: int, year: int) -> HttpResponse:
    """One person's year. For who may not see it, it does not exist."""
    _require(user_can_see_a_year(request.user))
    _require_year(year)
    who = get_object_or_404(Person, pk=person)
    if not sees(request.user, who):
        raise Http404
    context = {
        "found": told(who, year),
        "mine": who.user_id == request.user.pk,
        "paper": KIND,
        "sees_years": user_can_see_years(request.user),
        **_neighbours(year),
    }
    return render(request, "training/years/person.html", context)


@never_cache
@login_required
@require_safe
def units(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The units' year (``?by=study`` what is drawn unit by unit, ``?unit=3`` its people); this one without."""
    _require(user_can_see_years(request.user))
    if year is None:
        return redirect("training_years", localdate().year)
    _require_year(year)
    found = tables.table(request.user, year)
    measure = tables.measure_by_key(request.GET.get("by", ""))
    asked = request.GET.get("unit", "")
    some = found.unit(int(asked)) if asked.isascii() and asked.isdecimal() else None
    context = {
        "found": found,
        "columns": tables.columns(),
        "rows": tables.rows(found),
        "overview": tables.overview(found),
        "chart": tables.by_unit(found, measure),
        "measures": MEASURES,
        "measure": measure,
        "some": some,
        "people": tables.people_rows(some) if some else [],
        "person_columns": [_("person"), *tables.columns()[2:]],
        **_neighbours(year),
    }
    return render(request, "training/years/units.html", context)


@login_required
@require_safe
def units_file(request: HttpRequest, year: int) -> FileResponse:
    """The same as XLSX, with everybody's year; no cell can become a formula."""
    _require(user_can_see_years(request.user))
    _require_year(year)
    output = io.BytesIO()
    write_book(output, tables.sheets(tables.table(request.user, year)))
    output.seek(0)
    name = _("Training %(year)s.xlsx") % {"year": year}
    return FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)


def _neighbours(year: int) -> dict[str, int | None]:
    return {
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < localdate().year else None,
    }


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
