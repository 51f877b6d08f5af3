"""Versions of questions, and what the office does with a quiz."""

import pytest

from suite.autosave.answers import Sent
from tests.refusals import refusal
from tests.training.quizzes.staging import ALL, begin, hand_in, multiple, question, short, single, take, truth
from training.domain.lifecycle import quiz_tries, quizzes
from training.domain.quizzes.questions import is_empty, says
from training.domain.quizzes.versions import asked_now, being_written
from training.enums import QuizState
from training.models import Question, Quiz


def texts(version):
    return [one.text for one in version.questions.order_by("number")]


def test_opening_asks_what_was_written(stage):
    quiz = stage.quiz()
    version = asked_now(quiz)
    assert (quiz.state, version.number, version.pass_mark) == (QuizState.OPEN, 1, 50)
    assert [says(one) for one in version.questions.order_by("number")] == list(ALL)
    assert being_written(quiz) is None


def test_what_is_changed_is_written_beside_what_is_asked(stage):
    quiz = stage.quiz()
    first = quizzes.written(quiz, stage.clerk.user).questions.order_by("number").first()
    quizzes.write_question(first, single(text="改过的题？"), Sent(0, "", 0), stage.clerk.user)
    assert texts(being_written(quiz))[0] == "改过的题？"
    assert texts(asked_now(quiz)) == [one["text"] for one in ALL]


def test_a_version_that_nobody_began_is_replaced(stage):
    quiz = stage.quiz()
    stage.write(quiz, [truth()])
    assert quizzes.issue(quiz, stage.clerk.user).number == 1
    assert [texts(one) for one in quiz.versions.all()] == [[truth()["text"]]]


def test_a_version_that_somebody_began_stays_and_the_next_is_asked(stage):
    quiz = stage.quiz()
    running = begin(quiz, stage.cadre)
    stage.write(quiz, [truth()])
    assert quizzes.issue(quiz, stage.clerk.user).number == 2
    assert texts(quiz.versions.get(number=1)) == [one["text"] for one in ALL]
    assert begin(quiz, stage.cadre) == running
    assert hand_in(running).quiz_version.number == 1
    assert begin(quiz, stage.other).quiz_version.number == 2


def test_changed_rules_are_the_next_version_and_leave_what_is_being_written(stage):
    quiz = stage.quiz()
    running = begin(quiz, stage.cadre)
    stage.write(quiz, [truth()])
    Quiz.objects.filter(pk=quiz.pk).update(pass_mark=100)
    assert quizzes.change_rules(quiz, stage.clerk.user).number == 2
    assert (running.quiz_version.pass_mark, asked_now(quiz).pass_mark) == (50, 100)
    assert texts(asked_now(quiz)) == [one["text"] for one in ALL]
    assert texts(being_written(quiz)) == [truth()["text"]]
    assert quizzes.change_rules(quiz, stage.clerk.user) is None


def test_more_cannot_be_drawn_than_there_is(stage):
    quiz = stage.quiz()
    Quiz.objects.filter(pk=quiz.pk).update(drawn=9)
    said = "要抽9题，而题库只有4题：请再出题，或者少抽几题。"
    assert refusal(quizzes.change_rules, quiz, stage.clerk.user) == said
    written = stage.quiz(opened=False, drawn=9)
    assert refusal(quizzes.open_quiz, written, stage.clerk.user) == said


def test_questions_are_added_moved_and_taken_out(stage):
    quiz = stage.quiz([single("甲"), single("乙")], opened=False)
    added = quizzes.add_question(quiz, stage.clerk.user)
    assert is_empty(added)
    quizzes.write_question(added, single("丙"), Sent(0, "", 0), stage.clerk.user)
    version = being_written(quiz)
    quizzes.move_question(added, True, stage.clerk.user)
    assert texts(version) == ["甲", "丙", "乙"]
    first = version.questions.get(number=1)
    quizzes.move_question(first, True, stage.clerk.user)
    assert texts(version) == ["甲", "丙", "乙"]
    quizzes.move_question(first, False, stage.clerk.user)
    assert texts(version) == ["丙", "甲", "乙"]
    quizzes.remove_question(first, stage.clerk.user)
    assert list(version.questions.order_by("number").values_list("number", "text")) == [(1, "丙"), (2, "乙")]


def test_empty_questions_are_left_out(stage):
    quiz = stage.quiz([single()], opened=False)
    quizzes.add_question(quiz, stage.clerk.user)
    quizzes.open_quiz(quiz, stage.clerk.user)
    assert texts(asked_now(quiz)) == [single()["text"]]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (single(text=""), "没有填问题"),
        (single(options=["只有一个"]), "请写2至6个选项"),
        (single(options=list("甲乙丙丁戊己庚")), "请写2至6个选项"),
        (single(options=["五日", "５日", "五 日"]), "有两个选项内容相同（“五日”），请改其中一个"),
        (single(right=[]), "请勾选唯一的正确选项"),
        (single(right=[0, 1]), "请勾选唯一的正确选项"),
        (multiple(right=[0]), "多选题至少勾选两个正确选项，只有一个就改成单选题"),
        (question("truth", "对吗"), "请选这句话是对还是错"),
        (short(accepted=["。。"]), "“。。”只有标点，请写文字或数字"),
        (short(accepted=[str(n) for n in range(21)]), "标准答案超过20个，请去掉意思重复的"),
        (short(accepted=["长" * 101]), "有101个字，请缩短到100个字以内"),
        (single(text="打给13857501234对吗？"), "手机"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named_with_its_mend(stage, wrong, said):
    quiz = stage.quiz([single("好题？"), wrong], opened=False)
    told = refusal(quizzes.open_quiz, quiz, stage.clerk.user)
    assert told.startswith("第2题：")
    assert said in told
    assert Quiz.objects.get(pk=quiz.pk).state == QuizState.DRAFT


def test_everything_that_is_wrong_is_named_at_once(stage):
    quiz = stage.quiz([single(right=[]), multiple(right=[0])], opened=False)
    told = refusal(quizzes.open_quiz, quiz, stage.clerk.user)
    assert "第1题：请勾选" in told
    assert "第2题：多选题至少" in told


def test_options_that_are_signs_alone_may_look_alike(stage):
    stage.quiz([single(options=["≥", "＞", "。", "，"])])


def test_a_quiz_is_opened_for_somebody_and_with_questions(stage):
    nobody = stage.quiz(people=[], opened=False)
    said = "还没有指定谁参加：请在测验的表单里选择角色、单位或人员。"
    assert refusal(quizzes.open_quiz, nobody, stage.clerk.user) == said
    empty = Quiz.objects.create(title="空")
    empty.people.set([stage.cadre])
    said = "还没有题目：请先出题，或者导入题库表。"
    assert refusal(quizzes.open_quiz, empty, stage.clerk.user) == said
    assert refusal(quizzes.open_quiz, stage.quiz([], opened=False), stage.clerk.user) == said


def test_a_quiz_is_opened_closed_and_reopened_once_each(stage):
    quiz, user = stage.quiz(), stage.clerk.user
    assert "这份测验已经开放过。" in refusal(quizzes.open_quiz, quiz, user)
    assert "只有已关闭的测验才能重新开放。" in refusal(quizzes.reopen_quiz, quiz, user)
    assert quizzes.close_quiz(quiz, user).state == QuizState.CLOSED
    assert "只有开放中的测验才能关闭。" in refusal(quizzes.close_quiz, quiz, user)
    assert quizzes.reopen_quiz(quiz, user).state == QuizState.OPEN


def test_only_changes_are_issued_and_only_after_opening(stage):
    quiz = stage.quiz(opened=False)
    assert "请开放测验，题目随之启用。" in refusal(quizzes.issue, quiz, stage.clerk.user)
    quizzes.open_quiz(quiz, stage.clerk.user)
    assert refusal(quizzes.issue, quiz, stage.clerk.user) == "题目自启用以来没有改动，不用再启用。"


def test_what_is_asked_cannot_be_written_on(stage):
    asked = asked_now(stage.quiz()).questions.first()
    said = "这道题正在使用，不能直接改：请到题目列表里修改。"
    user = stage.clerk.user
    assert refusal(quizzes.write_question, asked, truth(), Sent(0, "", 0), user) == said
    assert refusal(quizzes.remove_question, asked, user) == said
    assert refusal(quizzes.move_question, asked, True, user) == said


def test_what_was_taken_out_cannot_be_written_on(stage):
    added = quizzes.add_question(stage.quiz(opened=False), stage.clerk.user)
    gone = Question.objects.get(pk=added.pk)
    quizzes.remove_question(added, stage.clerk.user)
    said = "这道题已被别人删除，请看题目列表。"
    assert refusal(quizzes.write_question, gone, truth(), Sent(0, "", 0), stage.clerk.user) == said


def test_there_are_so_many_questions_at_most(stage):
    quiz = stage.quiz([truth(f"第{number}句。") for number in range(500)], opened=False)
    assert refusal(quizzes.add_question, quiz, stage.clerk.user) == "一份测验最多500道题，请另建一份测验。"


@pytest.mark.parametrize("act", ["open_quiz", "close_quiz", "reopen_quiz", "issue", "change_rules", "written"])
def test_only_who_runs_training_touches_a_quiz(stage, act):
    quiz = stage.quiz()
    assert refusal(getattr(quizzes, act), quiz, stage.cadre.user) == "您的账号没有这项权限，请联系效能办。"


def test_only_who_runs_training_writes_quizzes_and_questions(stage):
    quiz = stage.quiz()
    stage.write(quiz, [truth()])
    question, user = being_written(quiz).questions.get(), stage.cadre.user
    said = "您的账号没有这项权限，请联系效能办。"
    assert refusal(quizzes.write_quiz, Quiz(title="我的小测"), {}, user) == said
    assert refusal(quizzes.write_quiz, quiz, {}, user) == said
    assert refusal(quizzes.discard, quiz, user) == said
    assert refusal(quizzes.write_question, question, truth(), Sent(0, "", 0), user) == said
    assert refusal(quizzes.remove_question, question, user) == said


def test_rules_that_cannot_be_are_not_stored_by_code_either(stage):
    quiz = stage.quiz()
    quiz.pass_mark = 101
    assert "100" in refusal(quizzes.write_quiz, quiz, {"people": [stage.cadre]}, stage.clerk.user)
    assert Quiz.objects.get(pk=quiz.pk).pass_mark == 50


def test_a_closed_quiz_lets_nobody_begin_and_whoever_began_end(stage):
    quiz = stage.quiz()
    running = begin(quiz, stage.cadre)
    quizzes.close_quiz(quiz, stage.clerk.user)
    assert refusal(begin, quiz, stage.other) == "这份测验没有开放，请问效能办。"
    assert quiz_tries.begin(quiz, stage.cadre.user) == running
    assert hand_in(running).state == "ended"


def test_tries_at_earlier_versions_count(stage):
    quiz = stage.quiz([single(), multiple()], tries=2, pass_mark=100)
    take(quiz, stage.cadre, wrong=[1])
    stage.write(quiz, [truth()])
    quizzes.issue(quiz, stage.clerk.user)
    take(quiz, stage.cadre, wrong=[1])
    assert refusal(begin, quiz, stage.cadre) == "2次机会已用完（以前版本的也算在内），不能再答。"
