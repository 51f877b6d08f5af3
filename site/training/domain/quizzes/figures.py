"""How the questions of a quiz were answered, version by version; nobody is named (requirement Q)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from training.enums import AttemptState, QuestionKind
from training.models import Answer, Question, Quiz, QuizVersion

from .accepting import next_texts, open_to
from .drawing import option_texts
from .marking import plain, worth
from .questions import LETTERS

# Nearly everybody: so many per cent of the answers are wrong; of fewer answers than that nothing is concluded.
NEARLY_ALL, FEWEST = 80, 5
# Of the answers that fit none of those that count, so many are shown.
COMMONEST = 5


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from, in the editor's order, and how many of those asked chose it."""

    letter: str
    text: str
    right: bool
    count: int
    percent: int


@dataclass(frozen=True)
class Written:
    """A short answer that fits none of those that count, however it was written, and how it was marked.

    ``answer``: one of them, marked right, that can be taken over for the next version; None where none can.
    """

    text: str
    count: int
    right: int
    wrong: int
    answer: int | None

    @property
    def waiting(self) -> int:
        return self.count - self.right - self.wrong


@dataclass(frozen=True)
class Figure:
    """One question: ``asked``, in so many tries that were handed in; ``empty``, so many of those gave no answer."""

    question: Question
    asked: int
    right: int
    wrong: int
    empty: int
    choices: tuple[Choice, ...]
    written: tuple[Written, ...]

    @property
    def waiting(self) -> int:
        """Answers that somebody has still to read."""
        return self.asked - self.right - self.wrong

    @property
    def percent(self) -> int | None:
        """Right of those marked, in whole per cent, rounded down; None before any was."""
        marked = self.right + self.wrong
        return 100 * self.right // marked if marked else None

    @property
    def hard(self) -> bool:
        """Whether nearly everybody got it wrong: the question or the training may be at fault."""
        marked = self.right + self.wrong
        return marked >= FEWEST and 100 * self.wrong >= NEARLY_ALL * marked


@dataclass(frozen=True)
class VersionFigures:
    """The questions of a version, and how many tries at it were handed in."""

    version: QuizVersion
    tries: int
    questions: tuple[Figure, ...]

    @property
    def hard(self) -> list[Figure]:
        """Those that nearly everybody got wrong."""
        return [one for one in self.questions if one.hard]


@dataclass(frozen=True)
class _Same:
    """So many equal answers to a question, marked alike; ``one`` is the first of them."""

    given: list[Any]
    correct: bool | None
    count: int
    one: int


def figures(quiz: Quiz) -> list[VersionFigures]:
    """The versions that were asked, the newest first; five queries, however many tries and questions there are."""
    handed_in = ~Q(attempts__state=AttemptState.RUNNING)
    versions = quiz.versions.filter(issued_at__isnull=False).annotate(handed_in=Count("attempts", filter=handed_in))
    answers = _answers(quiz)
    following = {text: one for (_quiz, text), one in next_texts([quiz.pk]).items()}
    return [
        VersionFigures(
            version,
            version.handed_in,
            tuple(
                _figure(one, answers[one.pk], following.get(one.text))
                for one in sorted(version.questions.all(), key=lambda one: one.number)
            ),
        )
        for version in versions.order_by("-number").prefetch_related("questions")
    ]


def _answers(quiz: Quiz) -> Mapping[int, list[_Same]]:
    """Key of a question -> its answers in tries that were handed in, equal ones together."""
    rows = Answer.objects.filter(attempt__quiz=quiz).exclude(attempt__state=AttemptState.RUNNING).order_by()
    counted = rows.values_list("question", "given", "correct").annotate(Count("pk"), Min("pk"))
    found = defaultdict(list)
    for question, *same in counted:
        found[question].append(_Same(*same))
    return found


def _figure(question: Question, answers: list[_Same], following: Question | None) -> Figure:
    asked = sum(one.count for one in answers)
    return Figure(
        question,
        asked,
        sum(one.count for one in answers if one.correct),
        sum(one.count for one in answers if one.correct is False),
        sum(one.count for one in answers if not one.given),
        tuple(_choices(question, answers, asked)),
        tuple(_written(question, answers, following)) if question.kind == QuestionKind.TEXT else (),
    )


def _choices(question: Question, answers: Iterable[_Same], asked: int) -> Iterator[Choice]:
    if question.kind == QuestionKind.TEXT:
        return
    chosen: Counter[int] = Counter()
    for one in answers:
        for place in one.given:
            chosen[place] += one.count
    letters = "" if question.kind == QuestionKind.TRUTH else LETTERS
    for place, text in enumerate(option_texts(question)):
        percent = 100 * chosen[place] // asked if asked else 0
        yield Choice(letters[place : place + 1], text, place in question.right, chosen[place], percent)


def _written(question: Question, answers: Iterable[_Same], following: Question | None) -> list[Written]:
    """The commonest short answers that somebody had to read, those that say the same together."""
    groups: dict[str, list[_Same]] = defaultdict(list)
    for one in answers:
        if worth(question, one.given) is None:
            groups[plain(str(one.given[0]))].append(one)
    found = []
    for same in groups.values():
        commonest = max(same, key=lambda one: (one.count, -one.one))
        text = str(commonest.given[0])
        right = [one for one in same if one.correct]
        found.append(
            Written(
                text,
                sum(one.count for one in same),
                sum(one.count for one in right),
                sum(one.count for one in same if one.correct is False),
                min(one.one for one in right) if right and open_to(following, text) else None,
            )
        )
    return sorted(found, key=lambda one: (-one.count, one.text))[:COMMONEST]


def table(quiz: Quiz) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of the workbook's sheet of questions."""
    headings = [
        _("version"),
        _("question number"),
        _("kind of question"),
        pgettext("quiz", "question"),
        pgettext("quiz figures", "asked"),
        pgettext("quiz figures", "right"),
        pgettext("quiz figures", "wrong"),
        pgettext("quiz figures", "to be marked"),
        pgettext("quiz figures", "right (%)"),
        pgettext("quiz figures", "remark"),
        *(_("Answer %(letter)s") % {"letter": letter} for letter in LETTERS),
        pgettext("quiz figures", "no answer"),
        _("commonest short answers that were read by somebody"),
    ]
    rows = [[each.version.number, *_row(one)] for each in figures(quiz) for one in each.questions]
    return headings, rows


def _row(one: Figure) -> list[Any]:
    choices = [
        f"{choice.text}{'（√）' if choice.right else ''} {choice.count}（{choice.percent}%）" for choice in one.choices
    ]
    return [
        one.question.number,
        one.question.get_kind_display(),
        one.question.text,
        one.asked,
        one.right,
        one.wrong,
        one.waiting,
        one.percent,
        _("nearly everybody gets it wrong") if one.hard else None,
        *choices,
        *[None] * (len(LETTERS) - len(choices)),
        one.empty,
        "；".join(f"{each.text} {each.count}" for each in one.written) or None,
    ]
