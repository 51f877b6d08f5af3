"""A person's own quizzes: begun, answered and saved as given, handed in, explained afterwards (requirement Q)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import Person
from suite.autosave import answers
from suite.autosave.domain import Conflict
from training.domain.lifecycle import quiz_tries as lifecycle
from training.domain.materials import may_read
from training.domain.quizzes.marking import scored
from training.domain.quizzes.own import Own, explains, own_quiz, own_quizzes
from training.enums import AttemptState, QuizState
from training.models import Attempt, Quiz
from training.permissions import user_can_learn, user_can_run, user_can_view

from . import shown

REFUSED = 422


def _person(request: HttpRequest) -> Person:
    if not user_can_learn(request.user):
        raise PermissionDenied
    found: Person = request.user.person
    return found


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is to be passed first, then what was done."""
    found = own_quizzes(_person(request))
    context = {
        "open": [one for one in found if one.open],
        "done": [one for one in found if not one.open],
        "can_run": user_can_run(request.user),
        "can_view": user_can_view(request.user),
    }
    return render(request, "training/quizzes/mine.html", context)


@never_cache
@login_required
@require_safe
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """What a quiz is about, its rules, one's tries, and the button to begin."""
    person = _person(request)
    own = _own(pk, person)
    context: dict[str, Any] = {"own": own, "quiz": own.quiz, "version": own.version}
    # Whom a quiz asks need not be among a material's readers: not even its title is theirs.
    context["material"] = own.quiz.material if own.quiz.material and may_read(request.user, own.quiz.material) else None
    context["tries"] = [(one, scored(one)) for one in own.attempts if one.state != AttemptState.RUNNING]
    context["why_not"] = "" if own.running else lifecycle.why_not(own.quiz, person)
    if own.version:
        context["count"] = own.version.drawn or own.version.questions.count()
    return render(request, "training/quizzes/quiz.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, or go on with what was begun. Whoever had to log in first comes back by GET and taps again."""
    if request.method != "POST":
        return redirect("training_quizzes_quiz", pk)
    own = _own(pk, _person(request))
    try:
        attempt = lifecycle.begin(own.quiz, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("training_quizzes_quiz", pk)
    return redirect("training_quizzes_try", attempt.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions; once it has ended, the result. A script saves here what is chosen."""
    found = _attempt(request, pk)
    if request.method == "POST":
        return _posted(request, found)
    found = lifecycle.settle(found)
    return _form(request, found) if found.state == AttemptState.RUNNING else _result(request, found)


@never_cache
@login_required
@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh token for a page whose own has expired."""
    return answers.news(request, _attempt(request, pk).version)


def _own(pk: int, person: Person) -> Own:
    """Raises Http404 for a quiz that is none of theirs."""
    own = own_quiz(get_object_or_404(Quiz.objects.exclude(state=QuizState.DRAFT), pk=pk), person)
    if not own.asked and not own.attempts:
        raise Http404
    return own


def _attempt(request: HttpRequest, pk: int) -> Attempt:
    mine = Attempt.objects.filter(person=_person(request)).select_related("quiz", "quiz_version")
    return get_object_or_404(mine, pk=pk)


def _posted(request: HttpRequest, found: Attempt) -> HttpResponse:
    given, sent = shown.given_in(request.POST), answers.sent(request)
    try:
        if "finish" in request.POST:
            return _hand_in(request, found, given, sent)
        stored = lifecycle.answer(found, given, sent, request.user)
    except Conflict as conflict:
        stored = conflict.stored
        show = partial(shown.shown_as, stored)
        return answers.conflict(request, stored.version, shown.as_fields(stored), shown.labels_of(stored), show)
    except ValidationError as refusal:
        return _refused(request, found, given, refusal)
    if answers.wants_json(request):
        return answers.saved(stored.version)
    messages.success(request, _("Saved. The answers are not handed in yet."))
    return redirect("training_quizzes_try", found.pk)


def _hand_in(request: HttpRequest, found: Attempt, given: dict[int, list[str]], sent: answers.Sent) -> HttpResponse:
    """Hand it in; refused for want of answers it is saved as it is."""
    incomplete = "incomplete" in request.POST
    try:
        lifecycle.finish(found, given, sent, request.user, incomplete)
    except Conflict:
        raise
    except ValidationError as refusal:
        if _attempt(request, found.pk).state != AttemptState.RUNNING:
            return _refused(request, found, given, refusal)
        stored = lifecycle.answer(found, given, sent, request.user)
        return _form(request, stored, refusal)
    return redirect("training_quizzes_try", found.pk)


def _refused(
    request: HttpRequest, found: Attempt, given: dict[int, list[str]], refusal: ValidationError
) -> HttpResponse:
    if answers.wants_json(request):
        return answers.refused(refusal)
    found = _attempt(request, found.pk)
    if found.state == AttemptState.RUNNING:
        return _form(request, found, refusal, given)
    # No mistake of theirs: two taps, or another device was quicker. That the time was over the result says itself.
    if not found.ran_out:
        messages.info(request, " ".join(refusal.messages))
    return redirect("training_quizzes_try", found.pk)


def _form(
    request: HttpRequest,
    found: Attempt,
    refusal: ValidationError | None = None,
    given: dict[int, list[str]] | None = None,
) -> HttpResponse:
    left = int((found.ends_by - timezone.now()).total_seconds()) if found.ends_by else None
    context = {
        "attempt": found,
        "quiz": found.quiz,
        "questions": shown.asked(found, given),
        "refusal": refusal,
        "left": max(0, left) if left is not None else None,
    }
    return render(request, "training/quizzes/form.html", context, status=REFUSED if refusal else 200)


def _result(request: HttpRequest, found: Attempt) -> HttpResponse:
    own = own_quiz(found.quiz, found.person)
    explained = explains(own, found)
    context = {
        "attempt": found,
        "quiz": found.quiz,
        "version": found.quiz_version,
        "score": scored(found),
        "own": own,
        "explained": explained,
        "questions": list(shown.told(found, explained)),
    }
    return render(request, "training/quizzes/result.html", context)
