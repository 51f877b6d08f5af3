"""A person's own quizzes: what is asked, how often it was tried, what became of it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from organisation.models import Person
from suite.clock.domain import clock_settings
from training.domain import whom
from training.enums import AttemptState, Explained, QuizState
from training.models import Attempt, Quiz, QuizVersion

from .marking import Score, best, counted


@dataclass(frozen=True)
class Own:
    """A quiz as its person sees it. ``attempts``: all tries, the newest last; ``best``: of those that have a score;
    ``version``: the one that is asked now."""

    quiz: Quiz
    version: QuizVersion | None
    attempts: list[Attempt]
    best: Score | None
    asked: bool

    @property
    def running(self) -> Attempt | None:
        return next((one for one in self.attempts if one.state == AttemptState.RUNNING), None)

    @property
    def marking(self) -> bool:
        return any(one.state == AttemptState.MARKING for one in self.attempts)

    @property
    def passed(self) -> bool:
        return self.best is not None and self.best.passed is True

    @property
    def left(self) -> int | None:
        """Tries left; None where there is no limit."""
        return max(0, self.quiz.tries - len(self.attempts)) if self.quiz.tries else None

    @property
    def open(self) -> bool:
        """Whether something is to be done: begin, or go on."""
        if self.running:
            return True
        wanted = self.asked and self.quiz.state == QuizState.OPEN and not self.passed and not self.marking
        return wanted and self.left != 0

    @property
    def due(self) -> datetime.datetime | None:
        return due_at(self.quiz)

    @property
    def late(self) -> bool:
        return self.open and self.due is not None and self.due < timezone.now()


def due_at(quiz: Quiz) -> datetime.datetime | None:
    """When the office closes on the day by which it is to be passed; None where no day is set."""
    if quiz.due_on is None:
        return None
    return timezone.make_aware(datetime.datetime.combine(quiz.due_on, clock_settings().closes))


def own_quizzes(person: Person) -> list[Own]:
    """The quizzes that ask this person, and those they have tried: what is to be done first."""
    asked = set(whom.concerning(Quiz.objects.filter(state=QuizState.OPEN), person).values_list("pk", flat=True))
    tries: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in counted(Attempt.objects.filter(person=person)).order_by("number"):
        tries[attempt.quiz_id].append(attempt)
    quizzes = Quiz.objects.filter(pk__in=asked | set(tries)).select_related("material", "course")
    versions = {
        one.quiz_id: one
        for one in QuizVersion.objects.filter(quiz__in=quizzes, issued_at__isnull=False).order_by("number")
    }
    found = [
        Own(quiz, versions.get(quiz.pk), tries[quiz.pk], best(_finished(tries[quiz.pk])), quiz.pk in asked)
        for quiz in quizzes
    ]
    return sorted(found, key=lambda one: (not one.open, one.quiz.due_on or datetime.date.max, -one.quiz.pk))


def own_quiz(quiz: Quiz, person: Person) -> Own:
    """One quiz as this person sees it."""
    tries = list(counted(Attempt.objects.filter(person=person, quiz=quiz)).order_by("number"))
    version = quiz.versions.filter(issued_at__isnull=False).order_by("-number").first()
    return Own(quiz, version, tries, best(_finished(tries)), whom.concerns(quiz, person))


def explains(own: Own, attempt: Attempt) -> bool:
    """Whether this person may see now which answers of a try were right, and why: never while it runs."""
    if attempt.state == AttemptState.RUNNING or own.running:
        return False
    rule = attempt.quiz_version.explained
    return rule == Explained.EACH or (rule == Explained.LAST and (own.passed or own.left == 0))


def _finished(tries: list[Attempt]) -> list[Attempt]:
    return [one for one in tries if one.state != AttemptState.RUNNING]
