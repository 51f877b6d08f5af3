"""What quizzes tell of a person's year."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from organisation.models import Person
from training.domain import whom
from training.domain.staff import Staff
from training.enums import AttemptState, QuizState
from training.models import Attempt, Quiz

from .marking import counted, score


@dataclass(frozen=True)
class Row:
    """``asked``: quizzes of the year that ask this person today, or that they handed in; ``passed``: of these."""

    asked: int
    passed: int


def for_people(people: Collection[Person], year: int, staff: Staff | None = None) -> dict[int, Row]:
    """Key of a person -> their quizzes of the year: those to be passed in it, or opened in it where no day is set.

    ``staff``: today's, where it is known. Eight queries, however many people and quizzes there are.
    """
    in_year = Q(due_on__year=year) | Q(due_on__isnull=True, opened_at__gte=_first(year), opened_at__lt=_first(year + 1))
    quizzes = list(Quiz.objects.filter(in_year).exclude(state=QuizState.DRAFT))
    meant = whom.persons_of(quizzes, staff=staff)
    tried: dict[tuple[int, int], bool] = {}
    attempts = Attempt.objects.filter(quiz__in=quizzes, person__in=people).exclude(state=AttemptState.RUNNING)
    for one in counted(attempts):
        key = one.person_id, one.quiz_id
        tried[key] = tried.get(key, False) or score(one).passed is True
    found = {}
    for person in people:
        keys = {quiz.pk for quiz in quizzes if person.pk in meant[quiz.pk] or (person.pk, quiz.pk) in tried}
        found[person.pk] = Row(len(keys), sum(tried.get((person.pk, key), False) for key in keys))
    return found


def _first(year: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(year, 1, 1))  # noqa: DTZ001 - made aware at once
