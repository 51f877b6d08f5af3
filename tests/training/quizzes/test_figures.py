"""How the questions were answered, version by version; nobody is named."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.reading import text
from tests.training.quizzes.staging import (
    ALL,
    begin,
    hand_in,
    multiple,
    right_answers,
    save,
    short,
    single,
    take,
    truth,
)
from training.domain.lifecycle import quiz_tries, quizzes
from training.domain.quizzes.figures import Choice, Written, figures

HERE = "/desk/training/quizzes/"


@pytest.fixture
def clerk(stage, client):
    client.force_login(stage.clerk.user)
    return client


@pytest.fixture
def people(stage):
    """Ten more cadres."""
    return [stage.person(f"干部{number}", "cadre", unit=stage.team) for number in range(10)]


def give(quiz, person, **given):
    """Take a quiz; ``given`` by kind of question: numbers of options in the editor's order, or a text."""
    attempt = begin(quiz, person)
    posted = {}
    for one in attempt.answers.select_related("question"):
        answer = given.get(one.question.kind, [])
        posted[one.place] = [answer] if isinstance(answer, str) else [str(one.order.index(place)) for place in answer]
    return hand_in(attempt, posted)


def only(quiz):
    (version,) = figures(quiz)
    (one,) = version.questions
    return one


def numbers(one):
    return one.asked, one.right, one.wrong, one.waiting, one.empty, one.percent


def test_each_option_has_its_share_of_all_who_were_asked(stage, people):
    quiz = stage.quiz([multiple()], people=people)
    for person, chosen in zip(people, [[0, 1]] * 3 + [[0, 2]] * 4 + [[]] * 3, strict=True):
        give(quiz, person, multiple=chosen)
    one = only(quiz)
    assert numbers(one) == (10, 3, 7, 0, 3, 30)
    assert one.choices == (
        Choice("A", "系统管理员", True, 7, 70),
        Choice("B", "安全管理员", True, 3, 30),
        Choice("C", "会计", False, 4, 40),
    )


def test_a_statement_has_the_shares_of_right_and_wrong(stage):
    quiz = stage.quiz([truth()])
    give(quiz, stage.cadre, truth=[0])
    give(quiz, stage.other, truth=[1])
    assert only(quiz).choices == (Choice("", "对", False, 1, 50), Choice("", "错", True, 1, 50))


def test_a_share_is_not_rounded_up(stage, people):
    quiz = stage.quiz([single()], people=people)
    for person, chosen in zip(people[:3], [0, 0, 1], strict=True):
        give(quiz, person, single=[chosen])
    one = only(quiz)
    assert (one.percent, [choice.percent for choice in one.choices]) == (66, [66, 33, 0])


def test_tries_under_way_count_nowhere_and_ones_several_tries_do(stage):
    quiz = stage.quiz([truth()])
    give(quiz, stage.cadre, truth=[0])
    give(quiz, stage.cadre, truth=[1])
    running = begin(quiz, stage.other)
    save(running, right_answers(running))
    (version,) = figures(quiz)
    assert version.tries == 2
    assert numbers(version.questions[0]) == (2, 1, 1, 0, 0, 50)


def test_versions_are_told_apart_the_newest_first(stage):
    quiz = stage.quiz([truth("旧题。")])
    give(quiz, stage.cadre, truth=[0])
    stage.write(quiz, [truth("新题。")])
    assert [one.version.number for one in figures(quiz)] == [1]
    quizzes.issue(quiz, stage.clerk.user)
    give(quiz, stage.cadre, truth=[1])
    give(quiz, stage.other, truth=[1])
    told = [
        (one.version.number, one.tries, one.questions[0].question.text, one.questions[0].right) for one in figures(quiz)
    ]
    assert told == [(2, 2, "新题。", 2), (1, 1, "旧题。", 0)]


def test_of_a_pool_a_question_counts_for_whom_it_was_drawn(stage, people):
    quiz = stage.quiz([single(f"第{number}题？") for number in range(6)], people=people, drawn=2)
    for person in people:
        take(quiz, person)
    (version,) = figures(quiz)
    drawn = [one.asked for one in version.questions]
    assert (version.tries, sum(drawn), len(drawn)) == (10, 20, 6)
    assert [one.right for one in version.questions] == drawn


@pytest.mark.parametrize(
    ("wrong", "right", "hard"), [(4, 1, True), (5, 0, True), (4, 0, False), (7, 2, False), (8, 2, True)]
)
def test_what_nearly_everybody_gets_wrong_is_marked_once_enough_answered(stage, people, wrong, right, hard):
    quiz = stage.quiz([truth()], people=people)
    for person, chosen in zip(people, [0] * wrong + [1] * right, strict=False):
        give(quiz, person, truth=[chosen])
    assert only(quiz).hard is hard


def test_what_waits_to_be_read_is_neither_right_nor_wrong(stage, people):
    quiz = stage.quiz([short()], people=people)
    for person in people[:6]:
        give(quiz, person, text="不知道")
    one = only(quiz)
    assert (numbers(one), one.hard) == ((6, 0, 0, 6, 0, None), False)


def test_the_commonest_short_answers_that_fit_none_are_told_together_however_written(stage, people):
    quiz = stage.quiz([short()], people=people)
    written = ["一二三一五", "一二三一五。", "一二三一五", "问 值班室", "問值班室", "12315", "１２３１５", "", "不知道"]
    attempts = [give(quiz, person, text=given) for person, given in zip(people, written, strict=False)]
    by_hand = {0: True, 1: True, 3: False}
    for at, right in by_hand.items():
        quiz_tries.mark(attempts[at].answers.get(), right, stage.clerk.user)
    one = only(quiz)
    assert numbers(one) == (9, 4, 2, 3, 1, 66)
    assert one.written == (
        Written("一二三一五", 3, 2, 0, attempts[0].answers.get().pk),
        Written("问 值班室", 2, 0, 1, None),
        Written("不知道", 1, 0, 0, None),
    )
    assert [each.waiting for each in one.written] == [1, 1, 1]


def test_no_more_than_five_short_answers_are_told(stage, people):
    quiz = stage.quiz([short()], people=people)
    for person, given in zip(people, "甲乙丙丁戊己庚", strict=False):
        give(quiz, person, text=given)
    give(quiz, people[9], text="庚")
    assert [(one.text, one.count) for one in only(quiz).written] == [
        ("庚", 2),
        ("丁", 1),
        ("丙", 1),
        ("乙", 1),
        ("己", 1),
    ]


def test_ten_times_as_many_cost_no_more_queries(stage, people):
    def queries(quiz):
        with CaptureQueriesContext(connection) as made:
            figures(quiz)
        return len(made)

    quiz = stage.quiz([short()], people=people)
    give(quiz, people[0], text="甲")
    few = queries(quiz)
    for number in range(3):
        stage.write(quiz, [*ALL, short("第二道？"), single("第三道？")])
        quizzes.issue(quiz, stage.clerk.user)
        for person in people[1 + 3 * number :][:3]:
            take(quiz, person, wrong=[1, 2])
    assert len(figures(quiz)) == 4
    assert queries(quiz) == few == 5


def test_the_screen_and_the_workbook_tell_it_without_names(stage, clerk, people):
    quiz = stage.quiz([single(), short()], people=people)
    for person in people[:5]:
        give(quiz, person, single=[1], text="不知道")
    html = text(clerk.get(f"{HERE}{quiz.pk}/results/"))
    shown = html[html.index("逐题分析 按已交的答卷统计") :]
    assert "第1版 2026-11-04 10:00起使用 · 已交5份答卷" in shown
    assert "绝大多数人答错 作答5人次：答对0，答错5（正确率0%） A. 书面 正确 0% （0） B. 口头 100% （5）" in shown
    assert "作答5人次：答对0，答错0，待阅卷5 人工批阅最多的回答： 不知道 待阅卷 5次" in shown
    assert "干部" not in shown
    file = clerk.get(f"{HERE}{quiz.pk}/results/book/")
    book = load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    assert book.sheetnames == ["一次性告知小测", "逐题分析"]
    assert list(book["逐题分析"].values) == [
        ("版本", "题号", "题型", "题目", "作答人次", "答对", "答错", "待阅卷", "正确率（%）", "备注",
         "选项A", "选项B", "选项C", "选项D", "选项E", "选项F", "未作答", "人工批阅最多的回答"),
        (1, 1, "单选题", single()["text"], 5, 0, 5, 0, 0, "绝大多数人答错",
         "书面（√） 0（0%）", "口头 5（100%）", "不必告知 0（0%）", None, None, None, 0, None),
        (1, 2, "简答题", short()["text"], 5, 0, 0, 5, None, None, None, None, None, None, None, None, 0, "不知道 5"),
    ]  # fmt: skip


def test_who_only_sees_results_is_not_told_what_is_right(stage, client):
    quiz = stage.quiz([short()])
    give(quiz, stage.cadre, text="不知道")
    supervisor = stage.person("李旻", "supervisor")
    client.force_login(supervisor.user)
    shown = text(client.get(f"{HERE}{quiz.pk}/results/"))
    assert "田野" in shown
    assert "逐题分析" not in shown
    assert "不知道" not in shown
    file = client.get(f"{HERE}{quiz.pk}/results/book/")
    assert load_workbook(io.BytesIO(b"".join(file.streaming_content))).sheetnames == ["一次性告知小测"]
