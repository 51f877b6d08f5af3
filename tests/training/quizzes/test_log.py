"""Who did what with a quiz is in the log."""

from wagtail.models import ModelLogEntry

from tests.training.quizzes.staging import begin, hand_in, short
from tests.training.quizzes.test_workbook import GOOD, workbook
from training.domain.lifecycle import quiz_accepted, quiz_imports, quiz_tries, quizzes
from training.models import Quiz


def logged(stage):
    """(action, what it says) of what the clerk did, in its order."""
    rows = ModelLogEntry.objects.filter(user=stage.clerk.user).order_by("pk")
    return [(row.action, row.data) for row in rows]


def test_what_the_office_does_with_a_quiz_is_logged(stage):
    user = stage.clerk.user
    quiz = quizzes.write_quiz(Quiz(title="小测", pass_mark=50), {"people": [stage.cadre]}, user)
    upload = quiz_imports.read_questions(quiz, workbook(GOOD), "题库.xlsx", False, user)
    quiz_imports.take_over(upload, user)
    quizzes.open_quiz(quiz, user)
    quizzes.close_quiz(quiz, user)
    quizzes.reopen_quiz(quiz, user)
    quizzes.write_quiz(Quiz.objects.get(pk=quiz.pk), {"people": [stage.cadre]}, user)
    assert logged(stage) == [
        ("wagtail.create", {}),
        ("training.import_questions", {"file": "题库.xlsx", "count": 1}),
        ("training.issue_quiz", {"version": 1, "count": 1}),
        ("training.open_quiz", {"before": "编写中", "after": "开放中"}),
        ("training.close_quiz", {"before": "开放中", "after": "已关闭"}),
        ("training.reopen_quiz", {"before": "已关闭", "after": "开放中"}),
        ("wagtail.edit", {}),
    ]


def test_marks_and_answers_taken_over_are_logged(stage):
    quiz = stage.quiz([short()])
    answer = hand_in(begin(quiz, stage.cadre), {1: ["一二三一五"]}).answers.get()
    quiz_tries.mark(answer, False, stage.clerk.user)
    quiz_tries.mark(answer, True, stage.clerk.user)
    quiz_accepted.take_over_answer(answer, stage.clerk.user)
    assert logged(stage)[2:] == [
        ("training.mark_quiz", {"question": 1, "mark": "错误"}),
        ("training.mark_quiz", {"question": 1, "mark": "正确"}),
        ("training.take_over_answer", {"question": 1, "answer": "一二三一五"}),
    ]
