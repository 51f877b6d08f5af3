"""Which short answers, marked right by somebody, can count by themselves in the next questions."""

from __future__ import annotations

from collections.abc import Collection

from training.enums import QuestionKind
from training.models import Question, QuizVersion

from .marking import worth


def next_texts(quizzes: Collection[int]) -> dict[tuple[int, str], Question]:
    """(key of a quiz, words of a question) -> that short text as it is being written, or as it is asked where nothing
    is being written. Of equal ones the first. Two queries."""
    newest: dict[int, QuizVersion] = {}
    for version in QuizVersion.objects.filter(quiz__in=quizzes).order_by("number"):
        if version.quiz_id not in newest or newest[version.quiz_id].issued_at is not None:
            newest[version.quiz_id] = version
    versions = {version.pk: quiz for quiz, version in newest.items()}
    texts = Question.objects.filter(quiz_version__in=list(versions), kind=QuestionKind.TEXT)
    found: dict[tuple[int, str], Question] = {}
    for one in texts.order_by("number"):
        found.setdefault((versions[one.quiz_version_id], one.text), one)
    return found


def open_to(following: Question | None, text: str) -> bool:
    """Whether an answer could be taken over: the question is among the next ones, and the answer fits none of its."""
    return following is not None and worth(following, [text]) is not True
