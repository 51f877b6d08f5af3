"""What the office does with a quiz: write its questions, ask them, close it, mark short texts (requirement Q).

A version never changes once somebody has begun it. One that nobody began is replaced by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.autosave.domain import accept
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from training.domain.quizzes.questions import MOST_QUESTIONS, checked, says, tidied
from training.domain.quizzes.versions import UNNUMBERED, asked_now, being_written, rules_of
from training.enums import QuizState
from training.models import Question, Quiz, QuizVersion
from training.permissions import user_can_run

# Keeps the numbers of questions apart while they change places.
_AWAY = 10_000


@transaction.atomic
def written(quiz: Quiz, user: Any) -> QuizVersion:
    """The version that is being written; where there is none, a copy of the one that is asked."""
    require_may(user, user_can_run)
    quiz = locked(quiz)
    if version := being_written(quiz):
        return version
    version = QuizVersion.objects.create(quiz=quiz, number=UNNUMBERED)
    if now := asked_now(quiz):
        _copy(now.questions.order_by("number"), version)
    return version


@transaction.atomic
def add_question(quiz: Quiz, user: Any, values: Mapping[str, Any] | None = None) -> Question:
    """One more question at the end, empty or saying ``values``. Raises ValidationError where there are too many."""
    version = written(quiz, user)
    last = version.questions.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_QUESTIONS:
        raise ValidationError(
            _("A quiz holds at most %(most)s questions: begin another quiz.") % {"most": MOST_QUESTIONS}
        )
    return Question.objects.create(quiz_version=version, number=last + 1, **(values or {}))


@transaction.atomic
def write_question(question: Question, values: Mapping[str, Any], sent: Iterable[Any], user: Any) -> Question:
    """Store what is typed; whether it is complete is asked when it is to be asked of people.

    Arguments: ``values`` by the names in `SAYS`; ``sent``, which version whoever writes has seen.
    Raises Conflict where somebody else has stored something else meanwhile.
    """
    question = _to_write(question, user)
    accept(question, *sent)
    for name, value in tidied(values).items():
        setattr(question, name, value)
    question.save()
    return question


@transaction.atomic
def remove_question(question: Question, user: Any) -> None:
    """Take a question out of the version that is being written; those after it move up."""
    question = _to_write(question, user)
    following = question.quiz_version.questions.filter(number__gt=question.number)
    question.delete()
    following.update(number=F("number") + _AWAY)
    question.quiz_version.questions.filter(number__gt=_AWAY).update(number=F("number") - _AWAY - 1)


@transaction.atomic
def move_question(question: Question, up: bool, user: Any) -> None:
    """Let a question change places with the one above it, or below. At the end of the list nothing happens."""
    question = _to_write(question, user)
    others = question.quiz_version.questions
    neighbour = (
        others.filter(number__lt=question.number).order_by("-number").first()
        if up
        else others.filter(number__gt=question.number).order_by("number").first()
    )
    if neighbour is None:
        return
    here, there = question.number, neighbour.number
    others.filter(pk=question.pk).update(number=_AWAY)
    others.filter(pk=neighbour.pk).update(number=here)
    others.filter(pk=question.pk).update(number=there)


@transaction.atomic
def replace_questions(quiz: Quiz, questions: Iterable[Mapping[str, Any]], user: Any) -> QuizVersion:
    """Write these questions (by the names in `SAYS`) in place of all that are being written."""
    version = written(quiz, user)
    version.questions.all().delete()
    Question.objects.bulk_create(
        Question(quiz_version=version, number=number, **values) for number, values in enumerate(questions, 1)
    )
    return version


@transaction.atomic
def open_quiz(quiz: Quiz, user: Any) -> Quiz:
    """Ask the questions of those who are named. Raises ValidationError with all that is missing."""
    require_may(user, user_can_run)
    quiz = locked(quiz)
    require_state(quiz, [QuizState.DRAFT], _("This quiz was opened before."))
    if not (quiz.roles.exists() or quiz.units.exists() or quiz.people.exists()):
        raise ValidationError(_("Nobody is asked yet: name roles, units or people in the quiz's form."))
    if being_written(quiz) or not asked_now(quiz):
        _issue(quiz, user)
    quiz.opened_at = timezone.now()
    moved(quiz, quiz.to_open, "training.open_quiz", user)
    return quiz


@transaction.atomic
def issue(quiz: Quiz, user: Any) -> QuizVersion:
    """Ask what has been written from now on; whoever is answering ends on the version they began.

    Raises ValidationError where nothing was changed, and with all that is wrong with the questions.
    """
    require_may(user, user_can_run)
    quiz = locked(quiz)
    require_state(quiz, [QuizState.OPEN, QuizState.CLOSED], _("Open the quiz: that asks its questions."))
    if not being_written(quiz):
        raise ValidationError(_("Nothing was changed since these questions were asked first."))
    return _issue(quiz, user)


@transaction.atomic
def change_rules(quiz: Quiz, user: Any) -> QuizVersion | None:
    """After the form of a quiz was saved: where its rules differ from those that are asked, the next version.

    Questions that are being written stay so. Returns the new version, None where nothing differs.
    """
    require_may(user, user_can_run)
    quiz = locked(quiz)
    now = asked_now(quiz)
    if now is None or rules_of(now) == rules_of(quiz):
        return None
    questions = list(now.questions.order_by("number"))
    if quiz.drawn > len(questions):
        raise ValidationError(
            {
                "drawn": _("%(drawn)s questions are to be drawn, and there are %(count)s: write more, or draw fewer.")
                % {"drawn": quiz.drawn, "count": len(questions)}
            }
        )
    return _next(quiz, questions, user)


@transaction.atomic
def close_quiz(quiz: Quiz, user: Any) -> Quiz:
    """Nobody begins any more; who has begun may end."""
    require_may(user, user_can_run)
    quiz = locked(quiz)
    require_state(quiz, [QuizState.OPEN], _("Only an open quiz can be closed."))
    moved(quiz, quiz.to_closed, "training.close_quiz", user)
    return quiz


@transaction.atomic
def reopen_quiz(quiz: Quiz, user: Any) -> Quiz:
    """Ask a closed quiz again; tries made before count."""
    require_may(user, user_can_run)
    quiz = locked(quiz)
    require_state(quiz, [QuizState.CLOSED], _("Only a closed quiz can be opened again."))
    moved(quiz, quiz.to_reopened, "training.reopen_quiz", user)
    return quiz


def _issue(quiz: Quiz, user: Any) -> QuizVersion:
    version = being_written(quiz)
    if version is None:
        raise ValidationError(_("There is no question yet: write one, or import a workbook."))
    questions = checked(quiz, version)
    issued = _next(quiz, questions, user)
    version.delete()
    return issued


def _next(quiz: Quiz, questions: Iterable[Question], user: Any) -> QuizVersion:
    """Issue these questions under the quiz's rules."""
    questions = list(questions)
    now, number = asked_now(quiz), 1
    if now is not None:
        number = now.number + 1 if now.attempts.exists() else now.number
        if number == now.number:
            now.delete()
    version = QuizVersion.objects.create(
        quiz=quiz, number=number, issued_at=timezone.now(), issued_by=user, **rules_of(quiz)
    )
    _copy(questions, version)
    audit.record(quiz, "training.issue_quiz", user, version=number, count=len(questions))
    return version


def _copy(questions: Iterable[Question], version: QuizVersion) -> None:
    Question.objects.bulk_create(
        Question(quiz_version=version, number=number, **says(one)) for number, one in enumerate(questions, 1)
    )


def _to_write(question: Question, user: Any) -> Question:
    """The question, locked with its quiz. Raises ValidationError for one that is asked, or gone."""
    require_may(user, user_can_run)
    locked(question.quiz_version.quiz)
    found = Question.objects.select_for_update().select_related("quiz_version").filter(pk=question.pk).first()
    if found is None:
        raise ValidationError(_("This question was taken out meanwhile: look at the list."))
    if found.quiz_version.issued_at is not None:
        raise ValidationError(_("This question is being asked and stays as it is: change it in the list of questions."))
    return found


@transaction.atomic
def write_quiz(quiz: Quiz, named: Mapping[str, Iterable[Any]], user: Any) -> Quiz:
    """Store a quiz as its form holds it, and whom it asks: ``named`` gives roles, units and people.

    Where it is asked already and its rules changed, the next version begins; raises what `change_rules` raises.
    """
    require_may(user, user_can_run)
    quiz.full_clean()
    new = quiz._state.adding
    if new:
        quiz.save()
    else:
        # The form was read before the lock: whoever opened or closed the quiz meanwhile did so for good.
        locked(quiz)
        quiz.save(
            update_fields=[one.name for one in quiz._meta.concrete_fields if one.editable and not one.primary_key]
        )
    for field, things in named.items():
        getattr(quiz, field).set(things)
    audit.record(quiz, "wagtail.create" if new else "wagtail.edit", user)
    change_rules(quiz, user)
    return quiz


@transaction.atomic
def discard(quiz: Quiz, user: Any) -> None:
    """Leave what was being written; what is asked stays. Raises ValidationError where nothing is asked yet."""
    require_may(user, user_can_run)
    quiz = locked(quiz)
    if asked_now(quiz) is None:
        raise ValidationError(_("These are the only questions: take out single ones, or write others."))
    quiz.versions.filter(issued_at__isnull=True).delete()
