"""Questions while they are written: what a form or a workbook gives becomes one, and what is still wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suite.privacy import find
from suite.privacy.public import number_refused
from training.enums import QuestionKind
from training.models import Question, Quiz, QuizVersion
from training.models.quizzes import LONGEST_ANSWER, LONGEST_EXPLANATION, LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS

from .drawing import TRUTHS
from .marking import plain

# What a question says, whoever wrote it and wherever it stands.
SAYS = ("kind", "text", "options", "right", "accepted", "explanation", "fixed")
MOST_QUESTIONS, MOST_ACCEPTED = 500, 20
_FEWEST_OPTIONS = 2
LETTERS = "ABCDEF"


def says(question: Question) -> dict[str, Any]:
    """What a question says, as plain values."""
    return {name: getattr(question, name) for name in SAYS}


def fingerprint(questions: Iterable[Question]) -> str:
    """SHA-256 of what these questions say, in their order."""
    text = json.dumps([says(one) for one in questions], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_empty(question: Question) -> bool:
    """Whether nobody wrote anything into it."""
    return not (question.text or any(question.options) or question.accepted or question.explanation)


def tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of a question: without what its kind has not, and without options that are empty.

    ``values`` has the names in `SAYS`; ``right`` counts the options as they were given, empty ones too.
    """
    kind = values["kind"] if values["kind"] in QuestionKind.values else QuestionKind.SINGLE
    kept = [(place, str(text).strip()) for place, text in enumerate(values["options"]) if str(text).strip()]
    chosen = kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
    places = [place for place, _text in kept] if chosen else list(range(TRUTHS))
    right = sorted({places.index(place) for place in values["right"] if place in places})
    accepted = [str(text).strip() for text in values["accepted"] if str(text).strip()]
    return {
        "kind": str(kind),
        "text": str(values["text"]).strip(),
        "options": [text for _place, text in kept] if chosen else [],
        "right": [] if kind == QuestionKind.TEXT else right,
        "accepted": list(dict.fromkeys(accepted)) if kind == QuestionKind.TEXT else [],
        "explanation": str(values["explanation"]).strip(),
        "fixed": bool(values["fixed"]) if chosen else False,
    }


def wrong_with(question: Question) -> Iterator[tuple[str, str]]:
    """(field, what is wrong and how to mend it) for a question that is to be asked; the field is one of `SAYS`."""
    if not question.text:
        yield "text", _("the question is missing")
    yield from _too_long(question)
    if question.kind == QuestionKind.TEXT:
        yield from _wrong_with_accepted(question)
    elif question.kind == QuestionKind.TRUTH:
        if len(question.right) != 1:
            yield "right", _("say whether the statement is right or wrong")
    else:
        yield from _wrong_with_options(question)
    if find(" ".join([question.text, question.explanation, *question.options, *question.accepted])):
        yield "text", number_refused()


def _too_long(question: Question) -> Iterator[tuple[str, str]]:
    told = _("%(length)s characters: shorten it to %(most)s")
    texts = [("text", question.text, LONGEST_QUESTION), ("explanation", question.explanation, LONGEST_EXPLANATION)]
    texts += [("options", text, LONGEST_OPTION) for text in question.options]
    texts += [("accepted", text, LONGEST_ANSWER) for text in question.accepted]
    for field, text, most in texts:
        if len(text) > most:
            yield field, told % {"length": len(text), "most": most}


def _wrong_with_accepted(question: Question) -> Iterator[tuple[str, str]]:
    if len(question.accepted) > MOST_ACCEPTED:
        yield (
            "accepted",
            _("more than %(most)s answers that count: leave out those that say the same") % {"most": MOST_ACCEPTED},
        )
    for text in question.accepted:
        if not plain(text):
            yield (
                "accepted",
                _("“%(text)s” is nothing but punctuation: write an answer in words or numbers")
                % {"text": text[:LONGEST_ANSWER]},
            )


def _wrong_with_options(question: Question) -> Iterator[tuple[str, str]]:
    if not _FEWEST_OPTIONS <= len(question.options) <= MOST_OPTIONS:
        yield "options", _("give two to six answers to choose from")
    same = [text for text in question.options if [plain(one) for one in question.options].count(plain(text)) > 1]
    # Two that differ in signs alone (≥ and >, 第1条 and 第 1 条) are told apart by nobody; those of signs alone may be.
    if any(plain(text) for text in same):
        yield "options", _("two answers say the same (“%(text)s”): change one of them") % {"text": same[0]}
    if question.kind == QuestionKind.SINGLE and len(question.right) != 1:
        yield "right", _("mark the one right answer")
    if question.kind == QuestionKind.MULTIPLE and len(question.right) < _FEWEST_OPTIONS:
        yield "right", _("mark at least two right answers, or choose “one right answer”")


def checked(quiz: Quiz, version: QuizVersion) -> list[Question]:
    """The questions of a version that is to be asked; empty ones are left out.

    Raises ValidationError with everything that is wrong, each naming its question.
    """
    questions = [one for one in version.questions.order_by("number") if not is_empty(one)]
    if not questions:
        raise ValidationError(_("There is no question yet: write one, or import a workbook."))
    told = _("Question %(number)s: %(problem)s.")
    wrong = [told % {"number": one.number, "problem": text} for one in questions for _field, text in wrong_with(one)]
    if quiz.drawn > len(questions):
        wrong.append(
            _("%(drawn)s questions are to be drawn, and there are %(count)s: write more, or draw fewer.")
            % {"drawn": quiz.drawn, "count": len(questions)}
        )
    if wrong:
        raise ValidationError(wrong)
    return questions
