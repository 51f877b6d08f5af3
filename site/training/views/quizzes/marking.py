"""Short texts marked by hand, and who has passed (requirement Q)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from suite.registers.sheets import write_book
from training.domain.lifecycle import quiz_accepted
from training.domain.lifecycle import quiz_tries as lifecycle
from training.domain.quizzes import figures
from training.domain.quizzes.accepting import next_texts, open_to
from training.domain.quizzes.results import results, table
from training.domain.quizzes.waiting import unmarked
from training.enums import AttemptState, QuizState
from training.models import Answer, Quiz
from training.permissions import user_can_run, user_can_view

from .writing import admit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Answers on one page; the next ones come when these are marked.
ON_A_PAGE, LATELY = 50, 20


@never_cache
@login_required
@require_safe
def marking(request: HttpRequest) -> HttpResponse:
    """What waits to be marked, question by question, without names; and what was marked by hand lately."""
    admit(request)
    waiting = unmarked(request.user).select_related("question", "attempt__quiz")
    marked = Answer.objects.filter(marked_at__isnull=False).exclude(attempt__state=AttemptState.RUNNING)
    lately = list(marked.select_related("question", "attempt__quiz").order_by("-marked_at")[:LATELY])
    following = next_texts({one.attempt.quiz_id for one in lately})
    context = {
        "count": waiting.count(),
        "waiting": waiting.order_by("attempt__quiz", "question", "attempt__ended_at", "pk")[:ON_A_PAGE],
        # The short text as it is asked next, and whether the answer can be taken over into it.
        "marked": [
            (one, after, open_to(after, one.given[0]))
            for one in lately
            for after in [following.get((one.attempt.quiz_id, one.question.text))]
        ],
    }
    return render(request, "training/quizzes/marking.html", context)


@never_cache
@login_required
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Right or wrong."""
    admit(request)
    found, said = get_object_or_404(Answer, pk=pk), request.POST.get("mark")
    try:
        if said in ("right", "wrong"):
            lifecycle.mark(found, said == "right", request.user)
            messages.success(request, _("Marked. You can change it below."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    # Back to the other answers to the same question; where none is left, the page begins at its top.
    return redirect(f"{reverse('training_quizzes_marking')}#question-{found.question_id}")


@never_cache
@login_required
@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an answer that was marked right count by itself in the next questions."""
    admit(request)
    found = get_object_or_404(Answer.objects.select_related("attempt"), pk=pk)
    try:
        quiz_accepted.take_over_answer(found, request.user)
        messages.success(
            request,
            _(
                "Written among the answers that count in the next questions. Those that are asked now stay as they "
                "are, until you ask the next ones in the list of questions."
            ),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    if "results" in request.POST:
        return redirect(f"{reverse('training_quizzes_results', args=[found.attempt.quiz_id])}#questions")
    return redirect("training_quizzes_marking")


@never_cache
@login_required
@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of those asked has passed, by unit; for who runs training how each question was answered."""
    quiz = _seen(request, pk)
    units = results(quiz, request.user)
    context = {
        "quiz": quiz,
        "units": units,
        "people": sum(len(one.rows) for one in units),
        "passed": sum(one.passed for one in units),
        "can_run": user_can_run(request.user),
        "figures": figures.figures(quiz) if user_can_run(request.user) else [],
    }
    return render(request, "training/quizzes/standings.html", context)


@never_cache
@login_required
@require_safe
def standing_book(request: HttpRequest, pk: int) -> FileResponse:
    """The same as a workbook; for who runs training with a sheet of the questions."""
    quiz = _seen(request, pk)
    output = io.BytesIO()
    sheets: list[tuple[str, list[str], Iterable[Any]]] = [(quiz.title, *table(results(quiz, request.user)))]
    if user_can_run(request.user):
        sheets.append((_("Question by question"), *figures.table(quiz)))
    write_book(output, sheets)
    return as_file(output, f"{quiz.title}-{timezone.localdate():%Y%m%d}.xlsx")


def as_file(output: io.BytesIO, name: str) -> FileResponse:
    """A workbook to be kept under that name."""
    output.seek(0)
    response = FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def _seen(request: HttpRequest, pk: int) -> Quiz:
    if not user_can_view(request.user):
        raise PermissionDenied
    return get_object_or_404(Quiz.objects.exclude(state=QuizState.DRAFT), pk=pk)
