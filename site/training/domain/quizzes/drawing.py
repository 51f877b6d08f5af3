"""Which questions an attempt asks, and in what order: by a seed that is kept, and the same on every machine.

Each question has a lot, the SHA-256 of the seed and its number; the smallest lots are drawn, in their order. Options
have lots of their own. Nothing hangs on a library's random numbers, which may change.
"""

import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from training.enums import QuestionKind
from training.models import Question

# A statement is right or wrong: these are its two answers, in this order always.
TRUTHS = 2


def draw(seed: str, questions: Iterable[Question], count: int) -> list[tuple[Question, list[int]]]:
    """The questions of one attempt with the order of their options; ``count`` 0 draws all."""
    drawn = sorted(questions, key=lambda question: _lot(seed, question.number))
    return [(question, options(seed, question)) for question in drawn[: count or None]]


def options(seed: str, question: Question) -> list[int]:
    """The numbers of a question's options as they are shown; empty for a short text."""
    if question.kind == QuestionKind.TEXT:
        return []
    if question.kind == QuestionKind.TRUTH:
        return list(range(TRUTHS))
    numbers = range(len(question.options))
    return list(numbers) if question.fixed else sorted(numbers, key=lambda one: _lot(seed, question.number, one))


def option_texts(question: Question) -> list[str]:
    """What there is to choose from, in the order of the question."""
    if question.kind == QuestionKind.TRUTH:
        return [_("The statement is right"), _("The statement is wrong")]
    return list(question.options)


def _lot(seed: str, *numbers: int) -> str:
    return hashlib.sha256(":".join([seed, *map(str, numbers)]).encode()).hexdigest()
