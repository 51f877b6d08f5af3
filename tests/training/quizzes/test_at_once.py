"""Several processes at once on a real SQLite file: one try is begun, it is handed in once, a closed quiz is closed."""

import sqlite3

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.processes import at_once
from tests.training.quizzes.staging import Stage, begin, right_answers, sent, short, truth
from training.domain.lifecycle import quiz_accepted, quiz_tries, quizzes
from training.domain.quizzes.versions import being_written
from training.models import Answer, Attempt, Quiz

PROCESSES = 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(transactional_db, time):
    return Stage()


def rows(query):
    """What is committed in the file, asked past Django."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        return database.execute(query).fetchall()


def allowed(folder, number, act, *arguments):
    try:
        act(*arguments)
    except ValidationError as refused:
        (folder / f"refused-{number}").write_text(" ".join(refused.messages))


def refusals(folder):
    return sorted(path.read_text() for path in folder.glob("refused-*"))


def test_six_taps_on_begin_begin_one_try_with_its_questions_drawn_once(stage, tmp_path):
    quiz = stage.quiz()
    assert at_once(lambda number: allowed(tmp_path, number, begin, quiz, stage.cadre), PROCESSES, tmp_path) == []
    assert refusals(tmp_path) == []
    assert rows("SELECT number, state FROM training_attempt") == [(1, "running")]
    assert rows("SELECT count(*) FROM training_answer") == [(4,)]


def test_who_begins_again_when_the_time_is_over_ends_the_old_try_once(stage, time, tmp_path):
    quiz = stage.quiz(minutes=5, tries=2)
    begin(quiz, stage.cadre)
    time.go(minutes=6)
    assert at_once(lambda number: allowed(tmp_path, number, begin, quiz, stage.cadre), PROCESSES, tmp_path) == []
    assert refusals(tmp_path) == []
    assert rows("SELECT number, state FROM training_attempt ORDER BY number") == [(1, "ended"), (2, "running")]


def test_of_six_that_hand_in_at_once_one_does_and_its_answers_count(stage, tmp_path):
    attempt = begin(stage.quiz([truth("甲。"), truth("乙。")]), stage.cadre)
    given = right_answers(attempt)

    def hand_in(number):
        found = Attempt.objects.get(pk=attempt.pk)
        answers = given if number % 2 else {}
        allowed(tmp_path, number, quiz_tries.finish, found, answers, sent(attempt), stage.cadre.user, True)

    assert at_once(hand_in, PROCESSES, tmp_path) == []
    assert refusals(tmp_path) == ["这份答卷已经交了，请看结果。"] * (PROCESSES - 1)
    assert rows("SELECT state FROM training_attempt") == [("ended",)]
    # Those of one of them, never a mixture.
    assert rows("SELECT given, correct FROM training_answer") in ([("[1]", 1)] * 2, [("[]", 0)] * 2)


def test_what_a_page_saves_while_it_is_handed_in_changes_nothing_afterwards(stage, tmp_path):
    attempt = begin(stage.quiz([truth()]), stage.cadre)
    right = right_answers(attempt)

    def act(number):
        found = Attempt.objects.get(pk=attempt.pk)
        if number == 0:
            found = quiz_tries.finish(found, right, (0, "page", 9), stage.cadre.user)
            assert found.state == "ended"
        else:
            # The same page's earlier savings, still on their way.
            allowed(tmp_path, number, quiz_tries.answer, found, {1: ["0"]}, (0, "page", number), stage.cadre.user)

    assert at_once(act, PROCESSES, tmp_path) == []
    assert rows("SELECT given, correct FROM training_answer") == [("[1]", 1)]


def test_begin_and_close_at_once_leave_a_try_from_before_or_none(stage, tmp_path):
    quizzes_open = [stage.quiz() for _number in range(PROCESSES // 2)]

    def act(number):
        quiz = Quiz.objects.get(pk=quizzes_open[number // 2].pk)
        if number % 2:
            quizzes.close_quiz(quiz, stage.clerk.user)
        else:
            allowed(tmp_path, number, begin, quiz, stage.cadre)

    assert at_once(act, PROCESSES, tmp_path) == []
    assert set(rows("SELECT state FROM training_quiz")) == {("closed",)}
    begun = rows("SELECT count(*) FROM training_attempt")[0][0]
    assert refusals(tmp_path) == ["这份测验没有开放，请问效能办。"] * (len(quizzes_open) - begun)


def test_a_version_is_replaced_or_begun_never_both(stage, tmp_path):
    quizzes_open = [stage.quiz([truth("旧题。")]) for _number in range(PROCESSES // 2)]
    for quiz in quizzes_open:
        stage.write(quiz, [truth("新题。")])

    def act(number):
        quiz = Quiz.objects.get(pk=quizzes_open[number // 2].pk)
        if number % 2:
            quizzes.issue(quiz, stage.clerk.user)
        else:
            begin(quiz, stage.cadre)

    assert at_once(act, PROCESSES, tmp_path) == []
    for quiz in quizzes_open:
        attempt = Attempt.objects.get(quiz=quiz)
        # Begun before: the old question stays, the new one is version 2. Begun after: version 1 is the new one.
        old = attempt.answers.get().question.text == "旧题。"
        numbers = list(quiz.versions.order_by("number").values_list("number", flat=True))
        assert (attempt.quiz_version.number, numbers) == ((1, [1, 2]) if old else (1, [1]))


def test_a_quiz_that_is_closed_while_its_form_is_saved_stays_closed(stage):
    quiz = stage.quiz()
    form = Quiz.objects.get(pk=quiz.pk)
    form.title = "改过的标题"
    quizzes.close_quiz(quiz, stage.clerk.user)
    quizzes.write_quiz(form, {"people": [stage.cadre]}, stage.clerk.user)
    assert rows("SELECT title, state FROM training_quiz") == [("改过的标题", "closed")]


def test_two_marks_at_once_end_the_try_once(stage, tmp_path):
    attempt = begin(stage.quiz([short("甲？"), short("乙？")]), stage.cadre)
    given = {1: ["不知道"], 2: ["问问看"]}
    quiz_tries.finish(attempt, given, sent(attempt), stage.cadre.user)
    keys = list(attempt.answers.values_list("pk", flat=True))

    def mark(number):
        quiz_tries.mark(Answer.objects.get(pk=keys[number % 2]), True, stage.clerk.user)

    assert at_once(mark, PROCESSES, tmp_path) == []
    assert rows("SELECT state FROM training_attempt") == [("ended",)]
    assert rows("SELECT correct FROM training_answer") == [(1,), (1,)]


def test_an_answer_is_taken_over_once(stage, tmp_path):
    quiz = stage.quiz([short()])
    attempt = begin(quiz, stage.cadre)
    quiz_tries.finish(attempt, {1: ["一二三一五"]}, sent(attempt), stage.cadre.user)
    answer = attempt.answers.get()
    quiz_tries.mark(answer, True, stage.clerk.user)

    def act(number):
        found = Answer.objects.get(pk=answer.pk)
        allowed(tmp_path, number, quiz_accepted.take_over_answer, found, stage.clerk.user)

    assert at_once(act, PROCESSES, tmp_path) == []
    said = "“一二三一五”已算下一版的标准答案，不用再列入。"
    assert refusals(tmp_path) == [said] * (PROCESSES - 1)
    assert being_written(quiz).questions.get().accepted == ["12315", "一二三一五"]
