"""Which version of a quiz is asked, and which is being written."""

from __future__ import annotations

from training.models import Question, Quiz, QuizVersion

RULES = ("drawn", "pass_mark", "minutes", "explained")
# The number of the version that is being written; it gets its own when it is issued.
UNNUMBERED = 0


def asked_now(quiz: Quiz) -> QuizVersion | None:
    """The version that whoever begins now is asked; None where no questions have been issued."""
    return quiz.versions.filter(issued_at__isnull=False).order_by("-number").first()


def being_written(quiz: Quiz) -> QuizVersion | None:
    """The version that is being written; None where nothing was changed since the last was issued."""
    return quiz.versions.filter(issued_at__isnull=True).first()


def rules_of(source: Quiz | QuizVersion) -> dict[str, object]:
    """How a quiz is taken, by the names in `RULES`."""
    return {name: getattr(source, name) for name in RULES}


def shown_questions(quiz: Quiz) -> list[Question]:
    """What an editor sees: the questions being written, or those that are asked where none are."""
    version = being_written(quiz) or asked_now(quiz)
    return list(version.questions.order_by("number")) if version else []
