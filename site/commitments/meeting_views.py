"""The report meeting on a tablet: who is there, what is reported, what is remarked (requirement I)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suite.registers.refusals import saved_or_refused

from .desk_forms import ReportForm
from .domain.lifecycle import meetings
from .domain.whole import wholes
from .enums import MeetingState
from .models import ReportMeeting
from .permissions import user_can_run

REFUSED = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who was drawn, in order, each with what they promised; saved together."""
    if not user_can_run(request.user):
        raise PermissionDenied
    found = get_object_or_404(ReportMeeting.objects.select_related("month", "chair"), pk=pk)
    open_ = found.state == MeetingState.DRAWN
    data = request.POST if request.method == "POST" and open_ else None
    reports = list(found.reports.select_related("commitment__person", "commitment__unit").order_by("order"))
    promised = wholes([one.commitment for one in reports])
    forms = [ReportForm(data, report=one) for one in reports]
    saved = [_recorded(form, request) for form in forms] if data is not None else []
    if data is not None and all(saved):
        messages.success(request, _("The record is saved."))
        return redirect("commitments_meeting", pk)
    context = {
        "meeting": found,
        "open": open_,
        "rows": [(form, promised[form.report.commitment_id]) for form in forms],
        "problems": [form for form in forms if form.errors],
    }
    return render(request, "commitments/desk/meeting.html", context, status=REFUSED if context["problems"] else 200)


def _recorded(form: ReportForm, request: HttpRequest) -> bool:
    """Whether the row is as it was, or could be saved; one that is refused keeps no other from being saved."""
    if not form.has_changed():
        return True
    if not form.is_valid():
        return False
    given = form.cleaned_data
    return bool(
        saved_or_refused(
            form,
            lambda: meetings.record(form.report, given["present"], given["said"], given["remarks"], request.user),
        )
    )
