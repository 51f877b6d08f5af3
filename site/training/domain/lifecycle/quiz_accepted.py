"""A short answer that somebody marked right becomes one that counts, in the next questions (requirement Q)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from suite import audit
from suite.privacy import find
from suite.privacy.public import number_refused
from suite.state import locked
from suite.state.changing import require_may
from training.domain.lifecycle.quizzes import write_question, written
from training.domain.quizzes.accepting import next_texts, open_to
from training.domain.quizzes.questions import MOST_ACCEPTED, says
from training.enums import QuestionKind
from training.models import Answer, Question
from training.permissions import user_can_run


@transaction.atomic
def take_over_answer(marked: Answer, user: Any) -> Question:
    """Write an answer that was marked right by hand among those that count, in the version that is being written.

    Versions that people have begun stay as they are, and so do their marks. Raises ValidationError for an answer that
    nobody marked right by hand, where the next questions do not hold the question, and where it fits already.
    """
    require_may(user, user_can_run)
    quiz = locked(marked.attempt.quiz)
    found = Answer.objects.select_related("question").get(pk=marked.pk)
    if found.question.kind != QuestionKind.TEXT or found.marked_at is None or not found.correct:
        raise ValidationError(_("Only a short answer that somebody marked right can be taken over: mark it first."))
    text = str(found.given[0])
    written(quiz, user)
    question = next_texts([quiz.pk]).get((quiz.pk, found.question.text))
    if question is None:
        raise ValidationError(_("The next questions do not hold this one any more: look at the list of questions."))
    if not open_to(question, text):
        raise ValidationError(
            _("“%(text)s” counts already in the next questions: there is nothing to take over.") % {"text": text}
        )
    if len(question.accepted) >= MOST_ACCEPTED:
        raise ValidationError(
            _("The question has %(most)s answers that count, as many as it may: leave out those that say the same.")
            % {"most": MOST_ACCEPTED}
        )
    if find(text):
        raise ValidationError(number_refused())
    values = {**says(question), "accepted": [*question.accepted, text]}
    question = write_question(question, values, [question.version], user)
    audit.record(quiz, "training.take_over_answer", user, question=question.number, answer=text)
    return question
