"""The clerk's page: a session written down as it goes on, by one tablet or several (requirement H)."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from suite.autosave.answers import CONFLICT, REFUSED, refused, wants_json
from suite.registers.refusals import saved_or_refused
from suite.state import locked

from .domain import sitting
from .domain.lifecycle import session as lifecycle
from .domain.lifecycle.hearings import begin_session, close_session
from .enums import EntryKind
from .models import Hearing, HearingsSettings, Problem, Representative
from .session_forms import ConclusionForm, EntryForm, ProblemForm, StudyForm
from .session_permissions import user_can_record_hearing


def _hearing(request: HttpRequest, pk: int) -> Hearing:
    hearing = get_object_or_404(Hearing, pk=pk)
    if not user_can_record_hearing(request.user, hearing):
        raise PermissionDenied
    return hearing


def _problem(request: HttpRequest, pk: int, number: int) -> Problem:
    hearing = _hearing(request, pk)
    problem = get_object_or_404(Problem.objects.select_related("village", "raised_by__village"),
                                hearing_id=pk, number=number)  # fmt: skip
    problem.hearing = hearing
    return problem


def _told(refusal: ValidationError) -> str:
    return " ".join(refusal.messages)


# The session as a whole


@never_cache
@login_required
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there, the list of problems with their states, and what is missing before the session can be closed."""
    return _session(request, _hearing(request, pk))


def _session(
    request: HttpRequest, hearing: Hearing, form: ProblemForm | None = None, status: int = 200
) -> HttpResponse:
    people, officials, agenda = sitting.seated(hearing), sitting.officers(hearing), list(sitting.problems(hearing))
    present = sitting.present_values(people, officials)
    context = {
        "hearing": hearing,
        "open": sitting.is_open(hearing),
        "problems": agenda,
        "people": people,
        "officials": officials,
        "present": present,
        "missing": sitting.missing_to_close(agenda),
        "form": form or ProblemForm(people=people),
        "digest": sitting.digest(hearing, agenda, present),
    }
    return render(request, "hearings/session/session.html", context, status=status)


@never_cache
@login_required
@require_safe
def session_news(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since the page was drawn, asked for by the script; 204 where nothing did."""
    hearing = _hearing(request, pk)
    people, officials, agenda = sitting.seated(hearing), sitting.officers(hearing), list(sitting.problems(hearing))
    present = sitting.present_values(people, officials)
    digest = sitting.digest(hearing, agenda, present)
    if request.GET.get("since") == digest:
        return HttpResponse(status=204)
    drawn = render_to_string("hearings/session/problem_list.html", {"hearing": hearing, "problems": agenda}, request)
    return JsonResponse({"version": digest, "present": present, "html": drawn, "token": get_token(request)})


@login_required
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the session."""
    hearing = _hearing(request, pk)
    try:
        begin_session(hearing, request.user)
    except ValidationError as refusal:
        messages.error(request, _told(refusal))
    return redirect("hearings_session", pk)


@login_required
@require_POST
@transaction.atomic
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there. Only what this page changed is applied: another tablet's ticks stay."""
    hearing = locked(_hearing(request, pk))
    people, officials = sitting.seated(hearing), sitting.officers(hearing)
    stored = set(sitting.present_values(people, officials))
    was, now = set(request.POST.getlist("was")), set(request.POST.getlist("present"))
    wanted = (stored | (now - was)) - (was - now)
    try:
        lifecycle.set_presence(
            hearing,
            [row for row in people if f"r{row.pk}" in wanted],
            [row for row in officials if f"o{row.pk}" in wanted],
            request.user,
        )
    except ValidationError as refusal:
        transaction.set_rollback(True)
        if wants_json(request):
            return refused(refusal)
        messages.error(request, _told(refusal))
    if wants_json(request):
        return JsonResponse({"present": sorted(wanted)})
    return redirect("hearings_session", pk)


@login_required
@require_POST
def add_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """A problem that is raised now."""
    hearing = _hearing(request, pk)
    form = ProblemForm(request.POST, instance=Problem(hearing=hearing), people=sitting.seated(hearing))
    if form.is_valid():
        problem = form.instance
        problem.raised_by = form.cleaned_data["raised_by"]
        if problem.raised_by and not problem.village:
            problem.village = problem.raised_by.village
        added = saved_or_refused(form, lambda: lifecycle.add_problem(problem, request.user))
        if added is not None:
            return redirect("hearings_session_problem", pk, added.number)
    return _session(request, hearing, form, REFUSED)


@never_cache
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, names what is missing, closes the session."""
    hearing = _hearing(request, pk)
    if request.method == "POST":
        try:
            close_session(hearing, request.user)
        except ValidationError as refusal:
            messages.error(request, _told(refusal))
        else:
            messages.success(request, _("The session is closed. The minutes can be drafted now."))
            return redirect("hearings_session", pk)
    agenda = list(sitting.problems(hearing))
    context = {
        "hearing": hearing,
        "open": sitting.is_open(hearing),
        "missing": sitting.missing_to_close(agenda),
    }
    return render(request, "hearings/session/close.html", context)


# One problem


@never_cache
@login_required
@require_safe
def problem(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One problem: what has been said, the next contribution, the outcome."""
    return _problem_page(request, _problem(request, pk, number))


def _problem_page(request: HttpRequest, problem: Problem, status: int = 200, **forms: Any) -> HttpResponse:
    hearing = problem.hearing
    people, officials = sitting.seated(hearing), sitting.officers(hearing)
    entries = sitting.entries_of(problem)
    numbers = list(hearing.problems.order_by("number").values_list("number", flat=True))
    at = numbers.index(problem.number)
    opinions = sitting.opinions(problem, people)
    office = HearingsSettings.load(request_or_site=request)
    until = timezone.localdate() + datetime.timedelta(days=office.study_days)
    context = {
        "hearing": hearing,
        "problem": problem,
        "open": sitting.is_open(hearing),
        "writable": sitting.is_open(hearing) and problem.state == "open",
        "count": len(numbers),
        "before": numbers[at - 1] if at else None,
        "after": numbers[at + 1] if at + 1 < len(numbers) else None,
        "entries": entries,
        "kinds": EntryKind.choices,
        "speakers": sitting.speakers(people, officials),
        "new": _next_entry(problem, entries, people),
        "opinions": opinions,
        "agreeing": sum(1 for opinion in opinions if opinion.agrees),
        "assent_percent": office.assent_percent,
        "conclusion_form": ConclusionForm(initial={"text": problem.conclusion}),
        "study_form": StudyForm(initial={"study_until": problem.study_until or until}),
        **forms,
    }
    return render(request, "hearings/session/problem.html", context, status=status)


def _next_entry(problem: Problem, entries: list[sitting.Said], people: list[Representative]) -> dict[str, Any]:
    """An empty contribution with what most likely comes: the question of who raised the problem, if present."""
    asks = not entries and any(row.present and row.pk == problem.raised_by_id for row in people)
    who = f"r{problem.raised_by_id}" if asks else ""
    return {"key": uuid.uuid4(), "version": 0, "kind": sitting.next_kind(entries), "who": who}


@never_cache
@login_required
@require_safe
def problem_news(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The contributions as they are now, asked for by the script; 204 where nothing changed since ``since``."""
    problem = _problem(request, pk, number)
    version = f"{problem.version}-{problem.state}"
    if request.GET.get("since") == version:
        return HttpResponse(status=204)
    people, officials = sitting.seated(problem.hearing), sitting.officers(problem.hearing)
    context = {
        "hearing": problem.hearing,
        "problem": problem,
        "writable": sitting.is_open(problem.hearing) and problem.state == "open",
        "entries": sitting.entries_of(problem),
        "kinds": EntryKind.choices,
        "speakers": sitting.speakers(people, officials),
    }
    drawn = render_to_string("hearings/session/entries.html", context, request)
    return JsonResponse({"version": version, "state": problem.state, "html": drawn, "token": get_token(request)})


@login_required
@require_POST
def entry(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down, correct or remove one contribution: from a form, or from the script that saves by itself.

    An older version than the stored one is a conflict: 409 with the stored text, and nothing is overwritten.
    """
    problem = _problem(request, pk, number)
    form = EntryForm(request.POST, hearing=problem.hearing)
    if "remove" in request.POST:
        form.fields["text"].required = False
    if not form.is_valid():
        refusal = ValidationError([error for errors in form.errors.values() for error in errors])
        return _entry_refused(request, problem, refusal)
    key, version = form.cleaned_data["key"], form.cleaned_data["version"]
    try:
        if "remove" in request.POST:
            stored = lifecycle.remove_entry(problem, key, version, request.user)
        else:
            stored = lifecycle.write_entry(problem, key, version, form.values(), request.user)
    except lifecycle.Conflict as conflict:
        return _entry_conflict(request, problem, conflict.stored, form)
    except ValidationError as refusal:
        return _entry_refused(request, problem, refusal)
    if wants_json(request):
        return JsonResponse({"key": str(key), "version": stored.version})
    return redirect("hearings_session_problem", pk, number)


def _entry_refused(request: HttpRequest, problem: Problem, refusal: ValidationError) -> HttpResponse:
    if wants_json(request):
        return refused(refusal)
    messages.error(request, _told(refusal))
    typed = {name: request.POST.get(name, "") for name in ("key", "version", "kind", "who", "speaker", "text")}
    return _problem_page(request, problem, REFUSED, new=typed)


def _entry_conflict(request: HttpRequest, problem: Problem, stored: Any, form: EntryForm) -> HttpResponse:
    """Both texts; whoever wrote decides. ``stored`` is the contribution as it is now."""
    if wants_json(request):
        answer = {
            "version": stored.version,
            "removed": stored.removed,
            "kind": stored.kind,
            "who": sitting.value_of(stored),
            "speaker": stored.speaker,
            "said_by": sitting.speaker_of(stored),
            "text": stored.text,
        }
        return JsonResponse(answer, status=CONFLICT)
    context = {"hearing": problem.hearing, "problem": problem, "stored": stored, "mine": form.cleaned_data,
               "who": request.POST.get("who", ""), "said_by": sitting.speaker_of(stored),
               "both": f"{stored.text}\n{form.cleaned_data['text']}"}  # fmt: skip
    return render(request, "hearings/session/conflict.html", context, status=CONFLICT)


# What a problem came to


@login_required
@require_POST
@transaction.atomic
def assent(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What each representative who is present said: one by one, or all at once after their names were read."""
    problem = _problem(request, pk, number)
    opinions = sitting.opinions(problem, sitting.seated(problem.hearing))
    listed = set(request.POST.getlist("listed"))
    try:
        for opinion in opinions:
            key = str(opinion.representative.pk)
            said = "yes" if "all" in request.POST and key in listed else request.POST.get(f"assent_{key}", "")
            if said in {"yes", "no"} and opinion.agrees != (said == "yes"):
                lifecycle.record_assent(problem, opinion.representative, said == "yes", request.user)
    except ValidationError as refusal:
        transaction.set_rollback(True)
        messages.error(request, _told(refusal))
    return _to_outcome(pk, number)


@login_required
@require_POST
def outcome(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Declare a conclusion, end without one, or take the problem up again."""
    problem = _problem(request, pk, number)
    if "again" in request.POST:
        try:
            lifecycle.take_up_again(problem, request.user)
        except ValidationError as refusal:
            messages.error(request, _told(refusal))
        return _to_outcome(pk, number)
    studied = "study" in request.POST
    form = StudyForm(request.POST) if studied else ConclusionForm(request.POST)
    if form.is_valid() and saved_or_refused(form, lambda: _decide(problem, form.cleaned_data, request.user)):
        return _to_outcome(pk, number)
    return _problem_page(request, problem, REFUSED, **{"study_form" if studied else "conclusion_form": form})


def _decide(problem: Problem, data: dict[str, Any], user: Any) -> Any:
    if "study_until" in data:
        return lifecycle.end_without_conclusion(problem, data["study_until"], user)
    return lifecycle.declare_conclusion(problem, data["text"], user)


def _to_outcome(pk: int, number: int) -> HttpResponse:
    response = redirect("hearings_session_problem", pk, number)
    response["Location"] += "#outcome"
    return response
