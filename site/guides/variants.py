"""Variants: which materials and steps apply to somebody who gave these answers (codes like 1A, 2B)."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from guides.models import GuidePage

_CODE = re.compile(r"([1-9])([A-E])")
LETTERS = "ABCDE"
# Characters of an answer that is understood without its question.
_SAYS_ENOUGH = 3


@dataclass(frozen=True)
class Answer:
    """One answer of a question. ``code``: the question's number and a letter."""

    code: str
    text: str

    @property
    def letter(self) -> str:
        """What stands for it in an address."""
        return self.code[1:]


@dataclass(frozen=True)
class Question:
    """A question with its answers; ``number`` counts from 1."""

    number: int
    text: str
    answers: tuple[Answer, ...]


def questions(guide: "GuidePage") -> tuple[Question, ...]:
    """The guide's questions, numbered and lettered."""
    return tuple(
        Question(
            number,
            block.value["text"],
            tuple(
                Answer(f"{number}{letter}", text) for letter, text in zip(LETTERS, block.value["answers"], strict=False)
            ),
        )
        for number, block in enumerate(guide.questions, 1)
    )


def codes(text: str) -> set[str]:
    """The codes in what an editor typed under “only for”: 1A, 2B; small letters and any signs between them."""
    return {match[0] for match in _CODE.finditer(text.upper())}


def unknown(text: str, known: Container[str]) -> list[str]:
    """What of the typed codes is none of the ``known`` ones, in order."""
    typed = re.findall(r"[0-9A-Z]+", text.upper())
    return [one for one in typed if one not in known]


def chosen(guide: "GuidePage", given: Mapping[str, str]) -> tuple[Answer, ...]:
    """The answers in an address (?1=A&2=B), in the order of the questions; what is unknown is left out."""
    found = []
    for question in questions(guide):
        wanted = f"{question.number}{str(given.get(str(question.number), '')).upper()}"
        found += [answer for answer in question.answers if answer.code == wanted]
    return tuple(found)


def applies(only_for: str, answers: Iterable[Answer]) -> bool:
    """Whether something marked ``only_for`` applies to somebody who gave ``answers``.

    Of each question it names, one of the answers it names has to be given; a question not yet answered keeps it in.
    """
    wanted = codes(only_for)
    for answer in answers:
        of_question = {code for code in wanted if code[0] == answer.code[0]}
        if of_question and answer.code not in of_question:
            return False
    return True


def only_for(text: str, asked: Sequence[Question], answers: Iterable[Answer]) -> str:
    """In words, the answers to questions still open on which something marked ``text`` depends; '' for none."""
    wanted, answered = codes(text), {answer.code[0] for answer in answers}
    found = []
    for question in asked:
        texts = [answer.text for answer in question.answers if answer.code in wanted]
        if texts and str(question.number) not in answered:
            # “Yes” alone says nothing.
            before = question.text if min(map(len, texts)) < _SAYS_ENOUGH else ""
            found.append(before + _(" or ").join(texts))
    return _(", and: ").join(found)


def kept(blocks: Sequence[Any], answers: Sequence[Answer]) -> list[Any]:
    """The values of those blocks that apply."""
    return [block.value for block in blocks if applies(block.value["only_for"] or "", answers)]


def every_variant(guide: "GuidePage") -> list[tuple[Answer, ...]]:
    """Every combination of answers; one without any where nothing is asked."""
    found: list[tuple[Answer, ...]] = [()]
    for question in questions(guide):
        found = [(*before, answer) for before in found for answer in question.answers]
    return found


def query(answers: Iterable[Answer]) -> str:
    """The answers as they stand in an address: 1=A&2=B."""
    return "&".join(f"{answer.code[0]}={answer.code[1]}" for answer in answers)
