"""What quizzes tell of a person's year."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext

from organisation.models import Person
from training.domain import whom
from training.domain.staff import Staff
from training.enums import AttemptState, QuizState
from training.models import Attempt, Quiz

from .marking import best, counted, score

Tries = Mapping[Quiz, Sequence[Attempt]]


@dataclass(frozen=True)
class Row:
    """``asked``: quizzes of the year that ask this person today, or that they handed in; ``passed``: of these;
    ``tries``: what they handed in of each, in the order in which the quizzes are to be passed."""

    asked: int
    passed: int
    tries: Tries = field(default_factory=dict, compare=False, repr=False)

    def told(self) -> Iterator[tuple[str, str]]:
        """(title, how it stands with the best result) of every quiz."""
        for quiz, made in self.tries.items():
            yield quiz.title, _standing(made)


def for_people(people: Collection[Person], year: int, staff: Staff | None = None) -> dict[int, Row]:
    """Key of a person -> their quizzes of the year: those to be passed in it, or opened in it where no day is set.

    ``staff``: today's, where it is known. Eight queries, however many people and quizzes there are.
    """
    in_year = Q(due_on__year=year) | Q(due_on__isnull=True, opened_at__gte=_first(year), opened_at__lt=_first(year + 1))
    quizzes = sorted(Quiz.objects.filter(in_year).exclude(state=QuizState.DRAFT), key=_day)
    meant = whom.persons_of(quizzes, staff=staff)
    made: dict[tuple[int, int], list[Attempt]] = defaultdict(list)
    attempts = Attempt.objects.filter(quiz__in=quizzes, person__in=people).exclude(state=AttemptState.RUNNING)
    for one in counted(attempts):
        made[one.person_id, one.quiz_id].append(one)
    found = {}
    for person in people:
        tries = {
            quiz: made.get((person.pk, quiz.pk), [])
            for quiz in quizzes
            if person.pk in meant[quiz.pk] or (person.pk, quiz.pk) in made
        }
        passed = sum(any(score(one).passed for one in some) for some in tries.values())
        found[person.pk] = Row(len(tries), passed, tries)
    return found


def _standing(made: Sequence[Attempt]) -> str:
    found = best(made)
    if found is None:
        return pgettext("quiz", "nothing handed in")
    if not found.passed and any(one.state == AttemptState.MARKING for one in made):
        return pgettext("quiz", "waits to be marked")
    said = pgettext("quiz", "passed") if found.passed else pgettext("quiz", "not passed")
    return f"{said} {found.percent}%"


def _day(quiz: Quiz) -> tuple[datetime.date, int]:
    """Quizzes in the order of their days."""
    opened = timezone.localdate(quiz.opened_at) if quiz.opened_at else datetime.date.max
    return quiz.due_on or opened, quiz.pk


def _first(year: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(year, 1, 1))  # noqa: DTZ001 - made aware at once
