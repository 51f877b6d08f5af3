"""Served notices on the desk: for the person, the leader in charge, who decides an objection, the efficiency office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from suite.evidence.domain import evidence_of
from suite.registers.refusals import saved_or_refused

from .domain.deciding import may_revise
from .domain.lifecycle.notices import propose
from .domain.notice_access import approver_of_notice, decider_of, is_account_of, visible_to
from .domain.notice_record import answered_late, is_overdue, objects_until, open_rows, without_notice
from .domain.notice_steps import steps
from .enums import PENDING, CommitmentState, NoticeState, Outcome
from .models import NOTICE_CLOCK, Commitment, ServedNotice
from .notice_actions import ACTIONS
from .notice_forms import ProposeForm
from .permissions import (
    VIEW_NOTICES,
    user_can_approve_notice,
    user_can_decide_objection,
    user_can_file,
    user_can_run,
    user_can_see_register,
)

REFUSED = 422
ON_A_PAGE = 30


def user_can_meet_notices(user: Any) -> bool:
    """Get notices, decide about them, or keep them. What they then see is said by `visible_to`."""
    return bool(
        user_can_file(user)
        or user_can_approve_notice(user)
        or user_can_decide_objection(user)
        or user.has_perm(VIEW_NOTICES)
    )


@never_cache
@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices this account may see, and for the efficiency office what may need one."""
    if not user_can_meet_notices(request.user):
        raise PermissionDenied
    rows = visible_to(request.user).select_related("commitment__person", "commitment__month", "commitment__unit")
    context: dict[str, Any] = {
        "pending": list(rows.filter(state__in=PENDING)),
        "past": Paginator(rows.exclude(state__in=PENDING), ON_A_PAGE).get_page(request.GET.get("page")),
        "runs": user_can_run(request.user),
    }
    if context["runs"]:
        found = Paginator(without_notice(), ON_A_PAGE).get_page(request.GET.get("failed"))
        context["failed"] = found
    return render(request, "commitments/notices/list.html", context)


@never_cache
@login_required
@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice with everything about it, and the steps this account can take. For others it does not exist."""
    return render(request, "commitments/notices/notice.html", _context(request.user, _visible(request.user, pk)))


@never_cache
@login_required
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The form of one step. A step that is not open (any more) leads back to the notice, which says where it stands."""
    found = _visible(request.user, pk)
    if step not in ACTIONS:
        raise Http404
    if step not in steps(request.user, found):
        messages.error(request, _("That cannot be done with this notice now: see where it stands."))
        return redirect("commitments_notice", pk)
    action = ACTIONS[step]
    form = action.form_class(request.POST or None, request.FILES or None, notice=found)
    if request.method == "POST":
        # A form without fields is valid with the token alone.
        form.is_bound, form.data = True, request.POST
        if form.is_valid():
            done = saved_or_refused(form, lambda: action.run(found, form.cleaned_data, request.user))
            if done is not None:
                messages.success(request, str(action.done))
                return redirect("commitments_notice", done.pk if isinstance(done, ServedNotice) else pk)
    context = {**_context(request.user, found), "form": form, "action": action}
    return render(request, "commitments/notices/act.html", context, status=REFUSED if form.errors else 200)


@never_cache
@login_required
def propose_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a notice about a commitment with failed rows. For the efficiency office."""
    if not user_can_run(request.user):
        raise PermissionDenied
    rows = Commitment.objects.select_related("person", "month", "unit").filter(state=CommitmentState.ENDED)
    commitment = get_object_or_404(rows, pk=pk)
    if is_account_of(request.user, commitment.person):
        raise PermissionDenied
    if not open_rows(commitment):
        messages.error(request, _("No row of this commitment failed without a notice: there is nothing to propose."))
        return redirect("commitments_notices")
    form = ProposeForm(request.POST or None, commitment=commitment)
    if request.method == "POST" and form.is_valid():
        made = saved_or_refused(form, lambda: propose(form.notice(), form.cleaned_data["promises"], request.user))
        if made is not None:
            messages.success(request, _("Proposed. The leader in charge finds it on the desk."))
            return redirect("commitments_notice", made.pk)
    context = {"form": form, "commitment": commitment}
    return render(request, "commitments/notices/propose.html", context, status=REFUSED if form.errors else 200)


def _visible(user: Any, pk: int) -> ServedNotice:
    rows = visible_to(user, ServedNotice.objects.filter(pk=pk))
    return get_object_or_404(
        rows.select_related(
            "commitment__person__user", "commitment__month", "commitment__unit", "talk_by", "follows", "approved_by"
        )
    )


def _context(user: Any, found: ServedNotice) -> dict[str, Any]:
    open_steps = steps(user, found)
    objection = getattr(found, "objection", None)
    fell = found.state in (NoticeState.REFUSED, NoticeState.WITHDRAWN)
    mine = is_account_of(user, found.commitment.person)
    return {
        "notice": found,
        "again": fell and user_can_run(user) and not mine and bool(open_rows(found.commitment)),
        "mine": mine,
        "revise": _leads_to_correction(user, found, objection),
        "promises": list(found.promises.all()),
        "actions": [ACTIONS[step] for step in open_steps],
        "objection": objection,
        "earlier": list(found.earlier_answers.all()),
        "successor": getattr(found, "successor", None),
        "evidence": evidence_of((NOTICE_CLOCK, found.pk)),
        "objects_until": objects_until(found),
        "overdue": is_overdue(found),
        "late": answered_late(found),
        "approver": approver_of_notice(found) if found.state == NoticeState.PROPOSED else None,
        "decider": decider_of(found) if found.state == NoticeState.OBJECTED else None,
    }


def _leads_to_correction(user: Any, found: ServedNotice, objection: Any) -> bool:
    """Whether this account corrects what was decided: the objection was upheld, and a row still counts as not kept."""
    upheld = objection is not None and bool(objection.upheld)
    still = upheld and found.promises.filter(outcome=Outcome.NOT).exists()
    return still and user_can_see_register(user) and may_revise(user, found.commitment)
