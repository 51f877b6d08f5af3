"""How far required reading is, for who runs training and who is in charge of units (requirement Q)."""

from __future__ import annotations

import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisation.models import Person
from suite.registers.sheets import write_book
from training.domain.reading import own
from training.domain.reading.asked import tasks
from training.domain.reading.sheets import reading_book
from training.domain.reading.standing import NO_UNIT, Standing
from training.domain.scope import people_seen
from training.domain.staff import Staff
from training.permissions import user_can_run, user_can_view

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_PAGE = 100


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every material that is asked and every unit, with how many have read."""
    standing = _standing(request)
    context = {
        "materials": [(one, standing.total(one)) for one in standing.materials],
        "units": [(_unit(standing.staff, unit), count) for unit, count in standing.by_unit().items()],
        "runs": user_can_run(request.user),
        "today": standing.staff.on,
    }
    return render(request, "training/reading/state.html", context)


@never_cache
@login_required
@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One material: its units, and who has not read it."""
    standing = _standing(request, material=pk)
    if not standing.materials:
        raise Http404
    asked = standing.materials[0]
    unread = set(asked.unread())
    rows = [one for one in standing.staff.people.values() if one.pk in unread]
    paging = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))
    left = standing.left([one.pk for one in paging.object_list])
    context = {
        "asked": asked,
        "total": standing.total(asked),
        "units": [(_unit(standing.staff, unit), count) for unit, count in standing.by_unit_of(asked).items()],
        "paging": paging,
        "unread": [
            (
                one,
                _unit(standing.staff, one.unit or NO_UNIT),
                asked.due[one.pk],
                asked.confirmed.get(one.pk),
                left[asked.pk, one.pk],
            )
            for one in paging.object_list
        ],
        "today": standing.staff.on,
    }
    return render(request, "training/reading/material.html", context)


@never_cache
@login_required
@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: who has not read, and what. 0: people without a post."""
    staff = Staff()
    seen = _seen(request, staff)
    if pk != NO_UNIT and pk not in staff.units:
        raise Http404
    people = {one for one in seen if (staff.people[one].unit or NO_UNIT) == pk}
    if not people:
        raise Http404
    standing = Standing(staff, people)
    left = standing.left(people)
    context = {
        "unit": _unit(staff, pk),
        "count": standing.by_unit().get(pk),
        "rows": [
            (
                one,
                [
                    {
                        "material": asked,
                        "due": asked.due[one.pk],
                        "version": asked.confirmed.get(one.pk),
                        "left": left[asked.pk, one.pk],
                    }
                    for asked in unread
                ],
            )
            for one, unread in standing.unread_by_person()
        ],
        "today": staff.on,
    }
    return render(request, "training/reading/unit.html", context)


@never_cache
@login_required
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: everything asked of them, and what they confirmed."""
    staff = Staff()
    if pk not in _seen(request, staff):
        raise Http404
    found = get_object_or_404(Person, pk=pk)
    context = {
        "person": found,
        "member": staff.people[pk],
        "unit": _unit(staff, staff.people[pk].unit or NO_UNIT),
        "tasks": own.standings(found, tasks(found)),
        "confirmed": own.confirmations(found),
        "today": staff.on,
    }
    return render(request, "training/reading/person.html", context)


@never_cache
@login_required
@require_safe
def book(request: HttpRequest) -> FileResponse:
    """Units, materials, and everybody who has not read, as XLSX; no cell can become a formula."""
    output = io.BytesIO()
    write_book(output, reading_book(_standing(request)))
    output.seek(0)
    return FileResponse(output, as_attachment=True, filename=_("Required reading.xlsx"), content_type=XLSX)


def _standing(request: HttpRequest, **which: Any) -> Standing:
    staff = Staff()
    return Standing(staff, _seen(request, staff), **which)


def _seen(request: HttpRequest, staff: Staff) -> set[int]:
    if not user_can_view(request.user):
        raise PermissionDenied
    return people_seen(request.user, staff)


def _unit(staff: Staff, pk: int) -> dict[str, Any]:
    return {"pk": pk, "label": staff.units[pk].label if pk else _("without a post")}
