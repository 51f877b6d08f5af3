"""Skills on the desk: one's own, claimed with a phone in the hand; what others claimed; who can do what."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.evidence.domain import evidence_of
from suite.registers.refusals import saved_or_refused
from suite.registers.sheets import write_book
from training.domain.lifecycle import skills as lifecycle
from training.domain.skills import finding, steps
from training.domain.skills.confirming import EVIDENCE_KIND, evidence_by_claim, to_confirm, visible_to
from training.domain.skills.share import AIM
from training.domain.skills.shown import chart, columns, rows_of, shares_seen, sheet_rows
from training.enums import SkillLevel, SkillState
from training.forms import skills as forms
from training.forms.steps import AboutRecord
from training.models import PersonSkill
from training.permissions import user_can_learn, user_can_run, user_can_view

from .steps import REFUSED, Room, Step

ON_A_PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


STEPS = {
    steps.CONFIRM: Step(
        pgettext_lazy("skill", "Confirm"),
        forms.ConfirmForm,
        lambda claim, data, user: lifecycle.confirm(claim, data["level"], user),
        gettext_lazy("Confirmed. It counts now, and colleagues find it."),
    ),
    steps.REFUSE: Step(
        gettext_lazy("Do not confirm"),
        forms.ReasonForm,
        lambda claim, data, user: lifecycle.refuse(claim, data["reason"], user),
        gettext_lazy("Not confirmed. The person reads why."),
    ),
    steps.WITHDRAW: Step(
        gettext_lazy("Withdraw"),
        AboutRecord,
        lambda claim, data, user: lifecycle.withdraw(claim, user),
        gettext_lazy("Withdrawn."),
    ),
    steps.END: Step(
        pgettext_lazy("skill", "End"),
        forms.ReasonForm,
        lambda claim, data, user: lifecycle.end(claim, data["reason"], user),
        gettext_lazy("Ended. It does not count any more."),
    ),
}
ROOM = Room(
    STEPS,
    "training/skills/facts.html",
    gettext_lazy("That cannot be done with this skill now: see where it stands."),
    lambda claim: reverse("training_skills_one", args=[claim.pk]),
)


def user_can_confirm(user: Any) -> bool:
    """Open the list of claims; which of them, the domain says."""
    return user_can_run(user) or (user_can_learn(user) and user_can_view(user))


def user_can_claim(user: Any) -> bool:
    """Claim a skill, one's own or for somebody without a desk."""
    return user_can_learn(user) or user_can_run(user)


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """One's own skills, and the ways to claim one and to find who can do what."""
    _require(user_can_learn(request.user))
    rows = list(PersonSkill.objects.filter(person=request.user.person).select_related("skill", "decided_by__person"))
    now = [row for row in rows if row.state in (SkillState.CLAIMED, SkillState.CONFIRMED)]
    context = {
        "now": now,
        "before": [row for row in rows if row not in now],
        "evidence": evidence_by_claim(rows),
        "confirms": user_can_confirm(request.user),
    }
    return render(request, "training/skills/own.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """The form with which a skill is claimed."""
    _require(user_can_claim(request.user))
    form = forms.ClaimForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = saved_or_refused(
            form,
            lambda: lifecycle.claim(form.asked(), request.user, given["evidence_files"], given["evidence_links"]),
        )
        if made is not None:
            messages.success(request, _("Claimed: %(skill)s. Somebody else confirms it now.") % {"skill": made.skill})
            return redirect("training_skills_one", made.pk)
    return render(request, "training/skills/claim.html", {"form": form}, status=REFUSED if form.errors else 200)


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The claims that this account may confirm."""
    _require(user_can_confirm(request.user))
    return render(request, "training/skills/waiting.html", {"claims": to_confirm(request.user)})


@never_cache
@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One skill of one person with what shows it, and what this account can do. For others it does not exist."""
    return render(request, "training/skills/one.html", _about(request.user, _visible(request.user, pk)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The form of one step."""
    row = _visible(request.user, pk)
    return ROOM.screen(request, row, step, _about(request.user, row), ROOM.address)


@never_cache
@login_required
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Who in the township can do what, with the phone to call."""
    _require(user_can_claim(request.user))
    form = forms.WhoForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    question, level, unit = asked.get("q", ""), asked.get("level") or SkillLevel.USES, asked.get("unit")
    found = finding.who_can(question, level, unit.pk if unit else None)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    kept = request.GET.copy()
    kept.pop("p", None)
    context = {
        "form": form,
        "page": None,
        "paging": page,
        "people": finding.told(list(page), question, level),
        "keep": f"&{kept.urlencode()}" if kept else "",
    }
    return render(request, "training/skills/who.html", context)


@never_cache
@login_required
@require_safe
def share(request: HttpRequest) -> HttpResponse:
    """How many cadres have mastered a skill or two, by unit."""
    _require(user_can_view(request.user))
    whole, units = shares_seen(request.user)
    context = {
        "whole": whole,
        "chart": chart(units) if units else None,
        "columns": columns(),
        "rows": rows_of(whole, units),
        "units": [one for one in units if one.none],
        "aim": AIM,
    }
    return render(request, "training/skills/share.html", context)


@login_required
@require_safe
def share_file(request: HttpRequest) -> FileResponse:
    """The share by unit and everybody's skills as XLSX; no cell can become a formula."""
    _require(user_can_view(request.user))
    output = io.BytesIO()
    write_book(output, sheet_rows(request.user))
    output.seek(0)
    name = _("Skills %(day)s.xlsx") % {"day": localdate()}
    return FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _visible(user: Any, pk: int) -> PersonSkill:
    _require(user_can_claim(user) or user_can_view(user))
    rows = visible_to(user).select_related("person__user", "skill", "claimed_by__person", "decided_by__person")
    return get_object_or_404(rows, pk=pk)


def _about(user: Any, row: PersonSkill) -> dict[str, Any]:
    return {
        "claim": row,
        "evidence": evidence_of((EVIDENCE_KIND, row.pk)),
        "actions": ROOM.buttons(steps.steps(user, row)),
        "mine": row.person.user_id == user.pk,
    }
