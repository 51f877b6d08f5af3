"""A try as the templates draw it. While it runs nothing of what is right is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from training.domain.quizzes.drawing import option_texts
from training.domain.quizzes.questions import LETTERS
from training.enums import QuestionKind
from training.models import Answer, Attempt


@dataclass(frozen=True)
class Option:
    """``value``: its place as it is shown, which says nothing about where the editor wrote it."""

    value: int
    letter: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question of a try that runs."""

    place: int
    kind: str
    text: str
    options: list[Option]
    typed: str

    @property
    def name(self) -> str:
        return f"q-{self.place}"


@dataclass(frozen=True)
class Told:
    """One question of a try that has ended. ``right`` and ``explanation`` empty where they are not told."""

    place: int
    text: str
    given: str
    correct: bool | None
    right: str
    explanation: str


def asked(attempt: Attempt, typed: Mapping[int, Sequence[str]] | None = None) -> list[Asked]:
    """The questions of a try; with what was posted (``typed``) instead of what is stored where it was refused."""
    return [_asked(one, typed) for one in _answers(attempt)]


def _asked(one: Answer, typed: Mapping[int, Sequence[str]] | None) -> Asked:
    posted = None if typed is None else list(typed.get(one.place, ()))
    texts = option_texts(one.question)
    chosen = {str(place) for place, number in enumerate(one.order) if number in one.given}
    if posted is not None:
        chosen = set(posted)
    letters = "" if one.question.kind == QuestionKind.TRUTH else LETTERS
    options = [
        Option(place, letters[place : place + 1], texts[number], str(place) in chosen)
        for place, number in enumerate(one.order)
    ]
    text = ""
    if one.question.kind == QuestionKind.TEXT:
        text = (posted[-1] if posted else "") if posted is not None else "".join(map(str, one.given))
    return Asked(one.place, one.question.kind, one.question.text, options, text)


def told(attempt: Attempt, explained: bool) -> Iterator[Told]:
    """The questions of a try that has ended, with what was right where that is told."""
    for one in _answers(attempt):
        question = one.question
        right = in_words(one, question.right) if question.kind != QuestionKind.TEXT else "；".join(question.accepted)
        yield Told(
            one.place,
            question.text,
            in_words(one, one.given),
            one.correct if explained else None,
            right if explained else "",
            question.explanation if explained else "",
        )


def in_words(one: Answer, given: Sequence[object]) -> str:
    """An answer as it reads: the options with the letters under which they were shown, or the text."""
    if one.question.kind == QuestionKind.TEXT:
        return "".join(map(str, given))
    texts = option_texts(one.question)
    letters = ["" if one.question.kind == QuestionKind.TRUTH else f"{LETTERS[place]}. " for place in range(len(texts))]
    return "；".join(f"{letters[place]}{texts[number]}" for place, number in enumerate(one.order) if number in given)


def given_in(posted: QueryDict) -> dict[int, list[str]]:
    """What a form posted, by place of the question."""
    found = {}
    for name, values in posted.lists():
        prefix, _dash, number = name.partition("-")
        if prefix == "q" and number.isascii() and number.isdecimal() and len(number) < len("10000"):
            found[int(number)] = [str(value) for value in values]
    return found


def as_fields(attempt: Attempt) -> dict[str, list[str]]:
    """What is stored, by the names of the form's fields."""
    fields = {}
    for one in asked(attempt):
        values = [one.typed] if one.typed else [str(option.value) for option in one.options if option.chosen]
        if values:
            fields[one.name] = values
    return fields


def labels_of(attempt: Attempt) -> dict[str, str]:
    """What the fields are called where two pages disagree."""
    return {one.name: _("Question %(place)s") % {"place": one.place} for one in asked(attempt)}


def shown_as(attempt: Attempt, name: str, value: str) -> str:
    """The words of a posted value."""
    for one in asked(attempt):
        if one.name == name:
            return next((option.text for option in one.options if str(option.value) == value), value)
    return value


def _answers(attempt: Attempt) -> Iterator[Answer]:
    return attempt.answers.select_related("question").order_by("place").iterator()
