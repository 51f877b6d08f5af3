"""A short answer that somebody marked right is taken over among those that count, in the next questions."""

import pytest

from tests.reading import text
from tests.refusals import refusal
from tests.training.quizzes.staging import begin, hand_in, short, single, take, truth
from training.domain.lifecycle import quiz_tries, quizzes
from training.domain.lifecycle.quiz_accepted import take_over_answer
from training.domain.quizzes.marking import scored
from training.domain.quizzes.versions import asked_now, being_written

HERE = "/desk/training/quizzes/"
SAID = "一二三一五"


def marked(stage, quiz, person, given=SAID, right=True):
    """Somebody's answer to the only question, marked by hand."""
    answer = hand_in(begin(quiz, person), {1: [given]}).answers.get()
    quiz_tries.mark(answer, right, stage.clerk.user)
    answer.refresh_from_db()
    return answer


def test_what_was_marked_right_counts_by_itself_from_the_next_version_on(stage):
    quiz = stage.quiz([short()])
    first = asked_now(quiz)
    answer = marked(stage, quiz, stage.cadre)
    take_over_answer(answer, stage.clerk.user)
    # What people have begun stays as it was.
    assert asked_now(quiz) == first
    assert first.questions.get().accepted == ["12315"]
    assert being_written(quiz).questions.get().accepted == ["12315", SAID]
    assert hand_in(begin(quiz, stage.other), {1: [SAID]}).state == "marking"
    quizzes.issue(quiz, stage.clerk.user)
    stage.third = stage.person("周礼", "cadre", unit=stage.office)
    quiz.people.add(stage.third)
    attempt = hand_in(begin(quiz, stage.third), {1: [f"{SAID}。"]})
    assert (attempt.state, scored(attempt).passed, attempt.quiz_version.number) == ("ended", True, 2)


def test_it_joins_what_is_being_written_already(stage):
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre)
    stage.write(quiz, [truth(), short(accepted=["12315热线"])])
    take_over_answer(answer, stage.clerk.user)
    assert [one.accepted for one in being_written(quiz).questions.order_by("number")] == [[], ["12315热线", SAID]]


def test_a_page_on_which_the_question_is_being_written_does_not_overwrite_it(stage, client):
    client.force_login(stage.clerk.user)
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre)
    question = quizzes.written(quiz, stage.clerk.user).questions.get()
    take_over_answer(answer, stage.clerk.user)
    fields = {"kind": "text", "text": question.text, "accepted": "12315", "version": question.version}
    answer = client.post(f"{HERE}question/{question.pk}/", fields)
    assert answer.status_code == 409
    question.refresh_from_db()
    assert question.accepted == ["12315", SAID]


@pytest.mark.parametrize("given", [SAID, f"  {SAID}。"])
def test_what_fits_already_is_not_taken_over_again(stage, given):
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre, given)
    stage.write(quiz, [short(accepted=[SAID])])
    said = f"“{given.strip()}”已算下一版的标准答案，不用再列入。"
    assert refusal(take_over_answer, answer, stage.clerk.user) == said


def test_what_fits_in_the_version_that_is_asked_begins_no_next_one(stage):
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre)
    stage.write(quiz, [short(accepted=[SAID])])
    quizzes.issue(quiz, stage.clerk.user)
    assert "不用再列入" in refusal(take_over_answer, answer, stage.clerk.user)
    assert being_written(quiz) is None


def test_only_what_somebody_marked_right_is_taken_over(stage):
    said = "只有人工判为正确的简答才能列入标准答案：请先批阅。"
    quiz = stage.quiz([short()])
    wrong = marked(stage, quiz, stage.cadre, right=False)
    unmarked = hand_in(begin(quiz, stage.other), {1: [SAID]}).answers.get()
    by_itself = take(stage.quiz([short()]), stage.cadre).answers.get()
    statement = take(stage.quiz([truth()]), stage.cadre).answers.get()
    for answer in (wrong, unmarked, by_itself, statement):
        assert refusal(take_over_answer, answer, stage.clerk.user) == said
    assert being_written(quiz) is None


def test_a_question_that_is_gone_takes_nothing_over(stage):
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre)
    said = "下一版题目里已没有这道题，请看题目列表。"
    for other in (short("改了问法的题？"), single(short()["text"])):
        stage.write(quiz, [other])
        assert refusal(take_over_answer, answer, stage.clerk.user) == said


def test_a_question_holds_so_many_answers_that_count(stage):
    quiz = stage.quiz([short(accepted=[f"第{number}种" for number in range(20)])])
    answer = marked(stage, quiz, stage.cadre)
    said = "这道题已有20个标准答案，不能再多：请先去掉意思重复的。"
    assert refusal(take_over_answer, answer, stage.clerk.user) == said


def test_a_personal_number_is_not_taken_over(stage):
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre, "打13857501234")
    assert "手机" in refusal(take_over_answer, answer, stage.clerk.user)
    assert being_written(quiz) is None


def test_only_who_runs_training_takes_over(stage):
    quiz, said = stage.quiz([short()]), "您的账号没有这项权限，请联系效能办。"
    for answer in (marked(stage, quiz, stage.cadre), marked(stage, quiz, stage.other, right=False)):
        assert refusal(take_over_answer, answer, stage.cadre.user) == said


def test_one_tap_on_the_marking_screen_takes_it_over_and_says_when_it_counts(stage, client):
    client.force_login(stage.clerk.user)
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre)
    assert "加入下一版标准答案" in text(client.get(f"{HERE}marking/"))
    shown = text(client.post(f"{HERE}marking/{answer.pk}/take-over/", follow=True))
    assert "正在使用的题目不变，到题目列表里启用下一版后才生效。" in shown
    assert "已列入下一版标准答案。" in shown
    assert "加入下一版标准答案" not in shown
    assert "不用再列入" in text(client.post(f"{HERE}marking/{answer.pk}/take-over/", follow=True))


def test_what_was_marked_wrong_offers_nothing_to_take_over(stage, client):
    client.force_login(stage.clerk.user)
    quiz = stage.quiz([short()])
    marked(stage, quiz, stage.cadre, right=False)
    for address in (f"{HERE}marking/", f"{HERE}{quiz.pk}/results/"):
        assert "加入下一版标准答案" not in text(client.get(address))


def test_the_results_offer_it_too_and_one_comes_back_to_them(stage, client):
    client.force_login(stage.clerk.user)
    quiz = stage.quiz([short()])
    answer = marked(stage, quiz, stage.cadre)
    assert "加入下一版标准答案" in text(client.get(f"{HERE}{quiz.pk}/results/"))
    answer = client.post(f"{HERE}marking/{answer.pk}/take-over/", {"results": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{HERE}{quiz.pk}/results/#questions"
    assert "加入下一版标准答案" not in text(answer)


def test_who_is_only_asked_takes_nothing_over(stage, client):
    answer = marked(stage, stage.quiz([short()]), stage.cadre)
    client.force_login(stage.cadre.user)
    assert client.post(f"{HERE}marking/{answer.pk}/take-over/").status_code == 403
