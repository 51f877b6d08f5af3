"""Measures on the desk: a unit reports on a phone what became of what it promised (requirement H)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisation.domain.duty import works_for
from suite.registers.refusals import saved_or_refused

from .domain.lifecycle.measures import report_done
from .domain.responsibility import may_report
from .enums import MeasureState
from .measure_forms import DoneForm, evidence_of
from .models import Measure
from .permissions import REPORT_MEASURE, user_can_run

REFUSED = 422


def measures_of(user: Any) -> list[Measure]:
    """The open measures this account may report on, the earliest due first."""
    rows = Measure.objects.filter(state=MeasureState.OPEN).select_related("problem__hearing", "unit", "handler")
    found = list(rows.order_by("due", "pk"))
    if user_can_run(user):
        return found
    person = getattr(user, "person", None)
    if person is None:
        return []
    mine = {unit: works_for(person, unit) for unit in {row.unit for row in found}}
    return [row for row in found if mine[row.unit] or row.handler_id == person.pk]


@never_cache
@login_required
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """What one's own unit promised and has not carried out yet."""
    if not request.user.has_perm(REPORT_MEASURE):
        raise PermissionDenied
    context = {"measures": measures_of(request.user), "today": timezone.localdate()}
    return render(request, "hearings/measures/list.html", context)


@never_cache
@login_required
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure, and the form that reports it as carried out."""
    row = get_object_or_404(Measure.objects.select_related("problem__hearing", "unit", "handler", "issued_by"), pk=pk)
    if not may_report(request.user, row):
        raise PermissionDenied
    form = DoneForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _reported(form, row, request.user):
        messages.success(request, _("Reported as carried out. Readers see it with the hearing."))
        return redirect("hearings_measure", pk)
    changes = list(row.date_changes.all())
    context = {
        "measure": row,
        "form": form,
        "changes": changes,
        "evidence": list(row.evidence.select_related("image", "document")),
        "open": row.state == MeasureState.OPEN,
        "late": row.state == MeasureState.OPEN and row.due is not None and row.due < timezone.localdate(),
    }
    return render(request, "hearings/measures/measure.html", context, status=REFUSED if form.errors else 200)


@transaction.atomic
def report_files(measure: Measure, data: dict[str, Any], user: Any) -> Measure:
    """Report with what `DoneForm` holds; refused, nothing of the files stays."""
    with evidence_of(data["evidence"], user) as rows:
        return report_done(measure, data["result"], rows, user)


def _reported(form: DoneForm, measure: Measure, user: Any) -> bool:
    return saved_or_refused(form, lambda: report_files(measure, form.cleaned_data, user)) is not None
