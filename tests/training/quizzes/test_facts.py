"""What quizzes tell of a person's year."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.training.quizzes.staging import begin, short, single, take, truth
from training.domain.quizzes.facts import Row, for_people
from training.domain.quizzes.own import own_quizzes


def test_quizzes_of_the_year_are_counted_for_whom_they_ask(stage):
    take(stage.quiz([truth()]), stage.cadre)
    take(stage.quiz([truth()]), stage.cadre, wrong=[1])
    take(stage.quiz([short()]), stage.cadre, wrong=[1])
    stage.quiz([truth()], people=[stage.other])
    stage.quiz([truth()], due_on=datetime.date(2027, 1, 5))
    stage.quiz(opened=False, due_on=datetime.date(2026, 12, 1))
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


def test_every_quiz_of_the_year_is_told_by_title_in_the_order_of_their_days(stage):
    day = datetime.date(2026, 11, 20)
    begin(stage.quiz([truth()], title="还没交", due_on=day), stage.cadre)
    take(stage.quiz([short()], title="等批阅", due_on=day + datetime.timedelta(1)), stage.cadre, wrong=[1])
    failed = stage.quiz([single("甲？"), single("乙？"), truth()], title="没通过", pass_mark=80, due_on=None)
    take(failed, stage.cadre, wrong=[1, 2])
    take(failed, stage.cadre, wrong=[1])
    passed = stage.quiz([truth()], title="先错后对", due_on=day - datetime.timedelta(1))
    take(passed, stage.cadre, wrong=[1])
    take(passed, stage.cadre)
    assert list(for_people([stage.cadre], 2026)[stage.cadre.pk].told()) == [
        ("没通过", "未通过 66%"),
        ("先错后对", "已通过 100%"),
        ("还没交", "未交卷"),
        ("等批阅", "待阅卷"),
    ]


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
