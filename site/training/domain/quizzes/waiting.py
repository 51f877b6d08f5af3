"""What waits on whose desk about quizzes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Person
from suite.desk import DeskItem
from training.enums import AttemptState, QuestionKind
from training.models import Answer

from .own import own_quizzes


def to_take(person: Person) -> Iterator[DeskItem]:
    """The quizzes that this person has still to pass, or is in the middle of."""
    for own in own_quizzes(person):
        if own.open:
            reason = _("You have begun it: go on.") if own.running else _("You are asked to pass it.")
            yield DeskItem(
                f"training.quiz:{own.quiz.pk}",
                _("Quiz: %(title)s") % {"title": own.quiz.title},
                reverse("training_quizzes_quiz", args=[own.quiz.pk]),
                reason,
                own.due,
                "training",
            )


def unmarked(user: Any) -> QuerySet[Answer]:
    """The short texts that this account may mark: all that wait, but their own."""
    waiting = Answer.objects.filter(correct=None, attempt__state=AttemptState.MARKING, question__kind=QuestionKind.TEXT)
    person = getattr(user, "person", None)
    return waiting.exclude(attempt__person=person) if person else waiting


def to_mark(user: Any) -> Iterator[DeskItem]:
    """One line for all answers that wait to be marked."""
    if count := unmarked(user).count():
        yield DeskItem(
            "training.quiz_marking",
            ngettext("Mark %(count)d short answer", "Mark %(count)d short answers", count) % {"count": count},
            reverse("training_quizzes_marking"),
            _("You run training."),
            None,
            "training",
        )
