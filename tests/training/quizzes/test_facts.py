"""What quizzes tell of a person's year."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.training.quizzes.staging import short, take, truth
from training.domain.quizzes.facts import Row, for_people
from training.domain.quizzes.own import own_quizzes


def test_quizzes_of_the_year_are_counted_for_whom_they_ask(stage):
    take(stage.quiz([truth()]), stage.cadre)
    take(stage.quiz([truth()]), stage.cadre, wrong=[1])
    take(stage.quiz([short()]), stage.cadre, wrong=[1])
    stage.quiz([truth()], people=[stage.other])
    stage.quiz([truth()], due_on=datetime.date(2027, 1, 5))
    stage.quiz(opened=False)
    people = [stage.cadre, stage.other, stage.clerk]
    assert for_people(people, 2026) == {
        stage.cadre.pk: Row(asked=3, passed=1),
        stage.other.pk: Row(asked=4, passed=0),
        stage.clerk.pk: Row(asked=0, passed=0),
    }
    assert for_people([stage.cadre], 2027) == {stage.cadre.pk: Row(asked=1, passed=0)}


def test_who_is_no_longer_asked_keeps_what_was_passed(stage):
    quiz = stage.quiz([truth()])
    take(quiz, stage.cadre)
    quiz.people.clear()
    assert for_people([stage.cadre], 2026) == {stage.cadre.pk: Row(asked=1, passed=1)}


def test_ten_times_as_many_cost_no_more_queries(stage):
    def queries(ask):
        with CaptureQueriesContext(connection) as made:
            ask()
        return len(made)

    take(stage.quiz([truth()]), stage.cadre)
    few = queries(lambda: for_people([stage.cadre], 2026)), queries(lambda: own_quizzes(stage.cadre))
    for _number in range(9):
        take(stage.quiz([truth()]), stage.cadre)
        take(stage.quiz([truth()]), stage.other)
    many = queries(lambda: for_people([stage.cadre, stage.other], 2026)), queries(lambda: own_quizzes(stage.cadre))
    assert many == few
    assert few <= (9, 9)
