"""Beginning, answering, handing in, running out of time, marking."""

import pytest

from suite.autosave.answers import Sent
from suite.autosave.domain import Conflict
from tests.refusals import refusal
from tests.training.quizzes.staging import (
    ALL,
    begin,
    hand_in,
    multiple,
    right_answers,
    save,
    sent,
    short,
    single,
    take,
    truth,
)
from tests.training.town import leave
from training.domain.lifecycle import quiz_tries, quizzes
from training.domain.quizzes.marking import best, counted, scored
from training.models import Attempt, Quiz


def drawn(attempt):
    return list(attempt.answers.order_by("place").values_list("question__text", "order"))


def answer_to(attempt, kind):
    return attempt.answers.get(question__kind=kind)


def test_what_is_drawn_stays_the_same_and_is_anothers_order(stage):
    quiz = stage.quiz([single(f"第{number}题？") for number in range(12)], drawn=5)
    mine, theirs = begin(quiz, stage.cadre), begin(quiz, stage.other)
    assert len(drawn(mine)) == 5
    assert drawn(mine) == drawn(Attempt.objects.get(pk=mine.pk))
    assert drawn(mine) != drawn(theirs)


def test_beginning_twice_goes_on_with_the_same_try(stage):
    quiz = stage.quiz()
    assert begin(quiz, stage.cadre) == begin(quiz, stage.cadre)
    assert Attempt.objects.count() == 1


def test_all_right_scores_all(stage):
    result = scored(take(stage.quiz(), stage.cadre))
    assert (result.asked, result.right, result.percent, result.passed) == (4, 4, 100, True)


@pytest.mark.parametrize(("wrong", "percent", "passed"), [([1], 66, True), ([1, 2], 33, False)])
def test_the_pass_mark_is_in_per_cent(stage, wrong, percent, passed):
    quiz = stage.quiz([single("甲？"), single("乙？"), truth()], pass_mark=66)
    result = scored(take(quiz, stage.cadre, wrong))
    assert (result.percent, result.passed) == (percent, passed)


def test_who_reaches_the_pass_mark_exactly_has_passed(stage):
    assert scored(take(stage.quiz([truth("甲。"), truth("乙。")], pass_mark=50), stage.cadre, [1])).passed is True


def test_a_try_that_passed_is_better_than_one_that_had_more_right_and_did_not(stage):
    statements = [truth(f"第{number}句。") for number in range(5)]
    quiz = stage.quiz(statements, pass_mark=90)
    take(quiz, stage.cadre, [1])
    Quiz.objects.filter(pk=quiz.pk).update(pass_mark=60)
    quizzes.change_rules(quiz, stage.clerk.user)
    take(quiz, stage.cadre, [1, 2])
    found = best(counted(Attempt.objects.filter(quiz=quiz)))
    assert (found.percent, found.passed) == (60, True)


def test_a_percentage_is_not_rounded_up_to_the_pass_mark(stage):
    quiz = stage.quiz([single("甲？"), single("乙？"), truth()], pass_mark=67)
    assert scored(take(quiz, stage.cadre, [1])).passed is False


def test_answers_are_kept_as_they_are_given_and_can_be_changed_and_taken_back(stage):
    attempt = begin(stage.quiz([single()]), stage.cadre)
    one = attempt.answers.get()
    for given in (["1"], ["2"], []):
        save(attempt, {1: given})
        one.refresh_from_db()
        assert one.given == [one.order[int(place)] for place in given]


def test_options_that_are_not_there_are_no_answer(stage):
    attempt = begin(stage.quiz([multiple()]), stage.cadre)
    save(attempt, {1: ["7", "-1", "x", "0", "0", "１"]})
    one = attempt.answers.get()
    assert one.given == [one.order[0]]


def test_of_one_right_answer_only_one_is_kept(stage):
    attempt = begin(stage.quiz([single()]), stage.cadre)
    save(attempt, {1: ["0", "1", "2"]})
    assert len(attempt.answers.get().given) == 1


def test_a_text_that_is_too_long_is_refused(stage):
    attempt = begin(stage.quiz([short()]), stage.cadre)
    assert refusal(save, attempt, {1: ["长" * 101]}) == "第1题的回答有101个字，请缩短到100个字以内。"
    assert attempt.answers.get().given == []


def test_a_sign_that_no_database_takes_is_left_out_of_a_text(stage):
    attempt = begin(stage.quiz([short()]), stage.cadre)
    save(attempt, {1: ["12\x00315"]})
    assert attempt.answers.get().given == ["12315"]


def test_another_page_does_not_overwrite_what_it_has_not_seen(stage):
    attempt = begin(stage.quiz([truth()]), stage.cadre)
    user = stage.cadre.user
    save(attempt, {1: ["0"]})
    with pytest.raises(Conflict):
        quiz_tries.answer(attempt, {1: ["1"]}, Sent(0, "", 0), user)
    with pytest.raises(Conflict):
        quiz_tries.finish(attempt, {1: ["1"]}, Sent(0, "", 0), user)
    assert attempt.answers.get().given == [0]


def test_questions_without_an_answer_are_named_before_they_are_handed_in(stage):
    attempt = begin(stage.quiz([truth("甲。"), truth("乙。"), short()]), stage.cadre)
    place = answer_to(attempt, "text").place
    given = {at: ["0"] for at in (1, 2, 3) if at != place}
    said = f"第{place}题还没有回答：请作答，或者勾选“有题未答也交卷”。"
    assert refusal(hand_in, attempt, given, False) == said
    assert hand_in(attempt, given, True).state == "ended"


def test_a_try_is_handed_in_once(stage):
    attempt = take(stage.quiz(), stage.cadre)
    assert refusal(hand_in, attempt) == "这份答卷已经交了，请看结果。"
    assert refusal(save, attempt, {1: ["0"]}) == "这份答卷已经交了，请看结果。"


def test_nobody_answers_for_somebody_else(stage):
    attempt = begin(stage.quiz(), stage.cadre)
    said = "这是别人的答卷，请从自己的办公桌打开测验。"
    assert refusal(quiz_tries.answer, attempt, {}, sent(attempt), stage.other.user) == said
    assert refusal(quiz_tries.finish, attempt, {}, sent(attempt), stage.clerk.user) == said


def test_who_is_not_asked_or_left_does_not_begin(stage):
    quiz = stage.quiz(people=[stage.cadre])
    assert refusal(begin, quiz, stage.other) == "这份测验没有要求您参加。"
    leave(stage.cadre)
    assert refusal(begin, quiz, stage.cadre) == "这份测验没有要求您参加。"


def test_an_account_without_a_person_does_not_begin(stage, django_user_model):
    user = django_user_model.objects.create_user("无人")
    said = "您的账号没有对应通讯录中的人员，请联系系统管理员。"
    assert refusal(quiz_tries.begin, stage.quiz(), user) == said


def test_who_has_passed_is_done(stage):
    quiz = stage.quiz()
    take(quiz, stage.cadre)
    assert refusal(begin, quiz, stage.cadre) == "您已通过这份测验，不用再做。"


def test_after_the_last_try_there_is_no_more(stage):
    quiz = stage.quiz([truth()], tries=2)
    for _number in range(2):
        take(quiz, stage.cadre, wrong=[1])
    assert refusal(begin, quiz, stage.cadre) == "2次机会已用完（以前版本的也算在内），不能再答。"


def test_without_a_limit_one_tries_as_often_as_one_likes(stage):
    quiz = stage.quiz([truth()], tries=0)
    assert [take(quiz, stage.cadre, wrong=[1]).number for _number in range(5)] == [1, 2, 3, 4, 5]


def test_what_comes_within_the_grace_still_counts(stage, time):
    attempt = begin(stage.quiz([truth()], minutes=10), stage.cadre)
    time.go(minutes=10, seconds=15)
    assert scored(hand_in(attempt)).right == 1


def test_what_comes_later_does_not_count_and_what_was_saved_does(stage, time):
    attempt = begin(stage.quiz([truth("甲。"), truth("乙。")], minutes=10), stage.cadre)
    save(attempt, {1: ["1"]})
    time.go(minutes=10, seconds=16)
    said = "答题时间已于2026-11-04 10:10结束，以此前保存的回答为准。"
    assert refusal(hand_in, attempt) == said
    assert refusal(save, attempt, {2: ["1"]}) == said
    # The refusals above were undone with everything in them; this is what a page or the tick does.
    ended = quiz_tries.settle(attempt)
    assert (ended.state, ended.ended_at, scored(ended).right) == ("ended", ended.ends_by, 1)


def test_a_try_whose_time_is_over_is_used(stage, time):
    quiz = stage.quiz([truth()], minutes=10, tries=2)
    first = begin(quiz, stage.cadre)
    time.go(minutes=11)
    second = begin(quiz, stage.cadre)
    assert (second.number, Attempt.objects.get(pk=first.pk).state) == (2, "ended")


def test_without_a_limit_of_time_a_try_waits(stage, time):
    attempt = begin(stage.quiz([truth()]), stage.cadre)
    time.go(days=30)
    assert quiz_tries.settle(attempt).state == "running"
    assert scored(hand_in(attempt)).right == 1


def test_a_text_that_fits_no_answer_waits_for_somebody_to_read_it(stage):
    quiz = stage.quiz([short(), truth()])
    attempt = begin(quiz, stage.cadre)
    given = {**right_answers(attempt), answer_to(attempt, "text").place: ["一二三一五"]}
    attempt = hand_in(attempt, given)
    assert (attempt.state, scored(attempt).passed, scored(attempt).unmarked) == ("marking", None, 1)
    assert refusal(begin, quiz, stage.cadre) == "您上一次的答卷正在阅卷，请等结果。"
    marked = quiz_tries.mark(answer_to(attempt, "text"), True, stage.clerk.user)
    assert (marked.state, scored(marked).right, scored(marked).passed) == ("ended", 2, True)


def test_a_try_ends_with_the_last_of_its_marks(stage):
    attempt = hand_in(begin(stage.quiz([short("甲？"), short("乙？")]), stage.cadre), {1: ["忘了"], 2: ["不知道"]})
    first, second = attempt.answers.order_by("place")
    assert quiz_tries.mark(first, True, stage.clerk.user).state == "marking"
    assert quiz_tries.mark(second, False, stage.clerk.user).state == "ended"


def test_a_mark_given_by_hand_can_be_changed_and_one_by_itself_cannot(stage):
    attempt = take(stage.quiz([short(), truth()], pass_mark=100), stage.cadre, wrong=[1, 2])
    text, statement = answer_to(attempt, "text"), answer_to(attempt, "truth")
    quiz_tries.mark(text, False, stage.clerk.user)
    assert quiz_tries.mark(text, True, stage.clerk.user).state == "ended"
    assert scored(attempt).right == 1
    said = "这个回答已按标准答案自动判定，不用阅卷。"
    assert refusal(quiz_tries.mark, statement, True, stage.clerk.user) == said
    other = take(stage.quiz([short()]), stage.other)
    assert refusal(quiz_tries.mark, answer_to(other, "text"), False, stage.clerk.user) == said


def test_nobody_marks_themselves_nor_who_does_not_run_training(stage):
    quiz = stage.quiz([short()], people=[stage.clerk, stage.cadre])
    attempt = take(quiz, stage.clerk, wrong=[1])
    said = "不能给自己阅卷，请管培训的同事来阅。"
    assert refusal(quiz_tries.mark, attempt.answers.get(), True, stage.clerk.user) == said
    said = "您的账号没有这项权限，请联系效能办。"
    assert refusal(quiz_tries.mark, attempt.answers.get(), True, stage.cadre.user) == said


def test_nothing_is_marked_before_it_is_handed_in(stage):
    attempt = begin(stage.quiz([short()]), stage.cadre)
    assert "这份答卷还没有交。" in refusal(quiz_tries.mark, attempt.answers.get(), True, stage.clerk.user)


def test_no_kind_of_question_is_drawn_twice(stage):
    attempt = begin(stage.quiz([*ALL, *ALL]), stage.cadre)
    assert sorted(attempt.answers.values_list("question__number", flat=True)) == list(range(1, 9))
