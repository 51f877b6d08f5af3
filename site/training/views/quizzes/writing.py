"""For who runs training: quizzes, their rules, their questions (requirement Q)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suite.autosave import answers
from suite.autosave.domain import Conflict
from suite.registers.refusals import saved_or_refused
from training.domain.lifecycle import quizzes as lifecycle
from training.domain.quizzes.drawing import option_texts
from training.domain.quizzes.questions import LETTERS, is_empty, wrong_with
from training.domain.quizzes.versions import asked_now, being_written, shown_questions
from training.enums import AttemptState, QuestionKind, QuizState
from training.forms.quizzes import QuizForm, question_in
from training.models import Question, Quiz
from training.permissions import user_can_learn, user_can_run, user_can_view

REFUSED = 422
ON_A_PAGE = 30
METHODS = ["GET", "HEAD", "POST"]


def admit(request: HttpRequest) -> None:
    """Raises PermissionDenied for who does not run training."""
    if not user_can_run(request.user):
        raise PermissionDenied


@never_cache
@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All quizzes, for who runs training and for who sees results."""
    if not (user_can_run(request.user) or user_can_view(request.user)):
        raise PermissionDenied
    rows = Quiz.objects.annotate(
        waiting=Count("attempts", filter=Q(attempts__state=AttemptState.MARKING)),
        people_tried=Count("attempts__person", distinct=True),
    )
    if not user_can_run(request.user):
        rows = rows.exclude(state=QuizState.DRAFT)
    paging = Paginator(rows.order_by("-pk"), ON_A_PAGE).get_page(request.GET.get("p"))
    context = {"paging": paging, "can_run": user_can_run(request.user), "can_learn": user_can_learn(request.user)}
    return render(request, "training/quizzes/all.html", context)


@never_cache
@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a quiz."""
    return _settings(request, Quiz())


@never_cache
@login_required
@require_http_methods(METHODS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its title, rules, and whom it asks."""
    return _settings(request, get_object_or_404(Quiz, pk=pk))


def _settings(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    admit(request)
    form = QuizForm(request.POST or None, quiz=quiz)
    if request.method == "POST" and form.is_valid():
        before = asked_now(quiz) if quiz.pk else None
        stored = saved_or_refused(form, lambda: lifecycle.write_quiz(form.filled(), form.named(), request.user))
        if stored is not None:
            if before and asked_now(stored) != before:
                messages.success(request, _("Saved. The new rules hold for everybody who begins from now on."))
            else:
                messages.success(request, _("Saved."))
            return redirect("training_quizzes_questions", stored.pk)
    context = {"form": form, "quiz": quiz}
    return render(request, "training/quizzes/edit.html", context, status=REFUSED if form.errors else 200)


@never_cache
@login_required
@require_http_methods(METHODS)
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of a quiz, and what can be done with it. Posted: one of `_ACTS`."""
    admit(request)
    quiz = get_object_or_404(Quiz, pk=pk)
    refusal = None
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        try:
            if act is not None:
                return act(request, quiz)
        except ValidationError as refused:
            refusal = refused
            quiz = Quiz.objects.get(pk=pk)
    written = being_written(quiz)
    rows = [
        (
            one,
            [] if is_empty(one) or not written else [text for _field, text in wrong_with(one)],
            [(text, place in one.right) for place, text in enumerate(option_texts(one))],
        )
        for one in shown_questions(quiz)
    ]
    context = {
        "quiz": quiz,
        "written": written,
        "version": asked_now(quiz),
        "rows": rows,
        "refusal": refusal,
        "letters": LETTERS,
        "changing": written is not None or quiz.state == QuizState.DRAFT,
    }
    return render(request, "training/quizzes/questions.html", context, status=REFUSED if refusal else 200)


def _add(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    return redirect("training_quizzes_question", lifecycle.add_question(quiz, request.user).pk)


def _change(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    lifecycle.written(quiz, request.user)
    said = _("These are the next questions. Those before are asked until you put these in their place.")
    return _done(request, quiz, said)


def _open(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    lifecycle.open_quiz(quiz, request.user)
    return _done(request, quiz, _("Opened: it stands on the desks of those who are asked."))


def _issue(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    lifecycle.issue(quiz, request.user)
    said = _("These questions are asked from now on. Who is answering ends on those before.")
    return _done(request, quiz, said)


def _discard(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    lifecycle.discard(quiz, request.user)
    return _done(request, quiz, _("The changes are left; the questions that are asked stay."))


def _close(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    lifecycle.close_quiz(quiz, request.user)
    return _done(request, quiz, _("Closed: nobody begins any more; who has begun may end."))


def _reopen(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    lifecycle.reopen_quiz(quiz, request.user)
    return _done(request, quiz, _("Open again; tries made before count."))


def _done(request: HttpRequest, quiz: Quiz, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("training_quizzes_questions", quiz.pk)


_ACTS: dict[str, Callable[[HttpRequest, Quiz], HttpResponse]] = {
    "add": _add,
    "change": _change,
    "open": _open,
    "issue": _issue,
    "discard": _discard,
    "close": _close,
    "reopen": _reopen,
}


@never_cache
@login_required
@require_http_methods(METHODS)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question. A script saves here what is typed."""
    admit(request)
    found = get_object_or_404(Question.objects.select_related("quiz_version__quiz"), pk=pk)
    if request.method == "POST":
        return _written(request, found)
    if found.quiz_version.issued_at is not None:
        return redirect("training_quizzes_questions", found.quiz_version.quiz_id)
    return _question(request, found)


def _written(request: HttpRequest, found: Question) -> HttpResponse:
    quiz = found.quiz_version.quiz
    try:
        stored = lifecycle.write_question(found, question_in(request.POST), answers.sent(request), request.user)
        following = lifecycle.add_question(quiz, request.user) if "next" in request.POST else None
    except Conflict as conflict:
        return answers.conflict(request, conflict.stored.version, _fields(conflict.stored), _labels())
    except ValidationError as refusal:
        if answers.wants_json(request):
            return answers.refused(refusal)
        messages.error(request, " ".join(refusal.messages))
        return redirect("training_quizzes_questions", quiz.pk)
    if answers.wants_json(request):
        return answers.saved(stored.version)
    if following is not None:
        return redirect("training_quizzes_question", following.pk)
    return redirect("training_quizzes_questions", quiz.pk)


@never_cache
@login_required
@require_safe
def question_news(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh token for a page whose own has expired."""
    admit(request)
    return answers.news(request, get_object_or_404(Question, pk=pk).version)


@never_cache
@login_required
@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a question up or down, or take it out."""
    admit(request)
    found = get_object_or_404(Question.objects.select_related("quiz_version__quiz"), pk=pk)
    do = request.POST.get("do")
    try:
        if do == "remove":
            lifecycle.remove_question(found, request.user)
        elif do in ("up", "down"):
            lifecycle.move_question(found, do == "up", request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("training_quizzes_questions", found.quiz_version.quiz_id)


def _question(request: HttpRequest, found: Question) -> HttpResponse:
    options = [(number, LETTERS[number]) for number in range(len(LETTERS))]
    context = {
        "question": found,
        "quiz": found.quiz_version.quiz,
        "kinds": QuestionKind.choices,
        "options": [
            (number, letter, found.options[number] if number < len(found.options) else "", number in found.right)
            for number, letter in options
        ],
        "accepted": "\n".join(found.accepted),
        "problems": [] if is_empty(found) else [text for _field, text in wrong_with(found)],
    }
    return render(request, "training/quizzes/question.html", context)


def _fields(found: Question) -> dict[str, list[str]]:
    """What is stored, by the names of the form's fields."""
    fields = {
        "kind": [found.kind],
        "text": [found.text],
        "accepted": ["\n".join(found.accepted)],
        "explanation": [found.explanation],
    }
    fields |= {f"option-{number}": [text] for number, text in enumerate(found.options)}
    if found.kind == QuestionKind.TRUTH:
        fields["truth"] = [str(one) for one in found.right]
    else:
        fields["right"] = [str(one) for one in found.right]
    return fields | ({"fixed": ["1"]} if found.fixed else {})


def _labels() -> dict[str, str]:
    called = {one.name: str(one.verbose_name) for one in Question._meta.fields}
    labels = {name: called[name] for name in ("kind", "text")}
    labels |= {f"option-{number}": _("Answer %(letter)s") % {"letter": letter} for number, letter in enumerate(LETTERS)}
    labels |= {"right": called["right"], "truth": _("The statement is")}
    return labels | {name: called[name] for name in ("accepted", "explanation", "fixed")}
