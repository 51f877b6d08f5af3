"""What an answer is worth, and what a try scored. Every question counts the same; several right answers all or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from search.analysis import normalise
from training.enums import AttemptState, QuestionKind
from training.models import Attempt, Question

_DASHES = re.compile(r"(?<=\d)[‐-―−~〜](?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def plain(text: str) -> str:
    """A short text as it is compared: width, case, script, spaces and punctuation make no difference.

    What stands between two digits stays (1.5 is not 15), and so do a percent sign after a digit and a minus before one.
    """
    folded = re.sub(r"\s+", "", normalise(text).text)
    folded = _THOUSANDS.sub("", _DASHES.sub("-", folded))
    kept = []
    for place, sign in enumerate(folded):
        before, after = folded[place - 1 : place], folded[place + 1 : place + 2]
        if (
            unicodedata.category(sign)[0] not in "PZC"
            or (sign in "%‰" and before.isdigit())
            or (before.isdigit() and after.isdigit())
        ):
            kept.append(sign)
        elif sign in "-−" and after.isdigit() and not before:
            kept.append("-")
    return "".join(kept)


def worth(question: Question, given: Sequence[int] | Sequence[str]) -> bool | None:
    """Whether an answer is right; None where somebody has to read it. An empty answer is wrong."""
    if question.kind == QuestionKind.TEXT:
        text = plain(str(given[0])) if given else ""
        if not text:
            return False
        return True if text in {plain(one) for one in question.accepted} else None
    return bool(given) and set(given) == set(question.right)


@dataclass(frozen=True)
class Score:
    """What a try scored. ``passed`` None while it runs or answers wait to be marked."""

    asked: int
    right: int
    unmarked: int
    passed: bool | None

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: who is shown 80 % has 80 %."""
        return self.right * 100 // self.asked if self.asked else 0


def counted(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """The same, each with what `score` needs, in one query."""
    return attempts.select_related("quiz_version").annotate(
        asked=Count("answers"),
        scored=Count("answers", filter=Q(answers__correct=True)),
        unmarked=Count("answers", filter=Q(answers__correct=None)),
    )


def score(attempt: Attempt) -> Score:
    """The score of a try that `counted` gave."""
    asked, right = attempt.asked, attempt.scored  # type: ignore[attr-defined]  # annotated
    passed = right * 100 >= attempt.quiz_version.pass_mark * asked if attempt.state == AttemptState.ENDED else None
    return Score(asked, right, attempt.unmarked, passed)  # type: ignore[attr-defined]  # annotated


def scored(attempt: Attempt) -> Score:
    """The score of one try, counted now."""
    return score(counted(Attempt.objects.filter(pk=attempt.pk)).get())


def best(attempts: Iterable[Attempt]) -> Score | None:
    """The best of some tries that `counted` gave: one that passed, else that with most right; None without any."""
    scores = [score(one) for one in attempts]
    return max(scores, key=lambda one: (one.passed is True, one.percent), default=None)
