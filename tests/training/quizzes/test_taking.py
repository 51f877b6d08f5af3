"""Taking a quiz on the desk: without scripts, and what a script saves."""

import re

import pytest
from django.contrib.auth import get_user_model

from suite.roles.domain import group
from tests.reading import Elements, text
from tests.training.quizzes.staging import ALL, begin, hand_in, multiple, right_answers, short, single, take, truth
from training.domain.lifecycle import quizzes
from training.models import Attempt

JSON = {"Accept": "application/json"}
SECRET = "见《秘密的解析》。"


@pytest.fixture
def cadre(stage, client):
    client.force_login(stage.cadre.user)
    return client


def at(attempt):
    return f"/desk/training/quizzes/try/{attempt.pk}/"


def way_back(answer):
    return re.search(r'<a class="tap" href="([^"]+)">([^<]+)</a>', answer.content.decode()).groups()


def posted(given, version=0, **more):
    return {**{f"q-{place}": values for place, values in given.items()}, "version": version, **more}


def attempt_of(stage):
    return Attempt.objects.get(person=stage.cadre)


def test_the_desk_and_the_list_lead_to_the_quiz(stage, cadre):
    quiz = stage.quiz(about="办件人员都要会")
    desk = cadre.get("/desk/").content.decode()
    assert f'href="/desk/training/quizzes/{quiz.pk}/"' in desk
    assert "测验：一次性告知小测" in desk
    shown = text(cadre.get("/desk/training/quizzes/"))
    assert "有1份测验要完成 一次性告知小测 办件人员都要会 未开始 还可答3次 去答题" in shown


def test_the_ways_back_lead_to_ones_own_learning(stage, cadre):
    stage.quiz()
    assert way_back(cadre.get("/desk/training/quizzes/")) == ("/desk/training/", "← 我的学习")
    cadre.force_login(stage.clerk.user)
    assert way_back(cadre.get("/desk/training/quizzes/all/")) == ("/desk/training/", "← 我的学习")
    account = get_user_model().objects.create_user("无人")
    account.groups.set([group("supervisor")])
    cadre.force_login(account)
    # Without a person there is no own learning.
    assert way_back(cadre.get("/desk/training/quizzes/all/")) == ("/desk/", "← 我的办公桌")


def test_what_is_ahead_is_said_before_one_begins(stage, cadre):
    quiz = stage.quiz(minutes=20, pass_mark=80)
    shown = text(cadre.get(f"/desk/training/quizzes/{quiz.pk}/"))
    assert "共4题，答对80%及格 开始后限时20分钟 一共可答3次 多选题全部选对才得分。" in shown


def test_without_scripts_a_quiz_is_begun_saved_and_handed_in(stage, cadre):
    quiz = stage.quiz(pass_mark=100)
    answer = cadre.post(f"/desk/training/quizzes/{quiz.pk}/begin/", follow=True)
    attempt = attempt_of(stage)
    assert answer.redirect_chain[-1][0] == at(attempt)
    right = right_answers(attempt)
    answer = cadre.post(at(attempt), posted({1: right[1]}, save="1"), follow=True)
    assert "已保存，还没有交卷。" in text(answer)
    answer = cadre.post(at(attempt), posted(right, 1, finish="1"), follow=True)
    assert "已通过 答对4/4题，100%" in text(answer)
    assert "您已通过这份测验，不用再做。" in text(cadre.get(f"/desk/training/quizzes/{quiz.pk}/"))
    assert "测验：" not in text(cadre.get("/desk/"))


def test_who_had_to_log_in_before_beginning_comes_back_to_the_quiz(stage, cadre):
    quiz = stage.quiz()
    answer = cadre.get(f"/desk/training/quizzes/{quiz.pk}/begin/")
    assert answer.url == f"/desk/training/quizzes/{quiz.pk}/"
    assert not Attempt.objects.exists()


def test_what_was_saved_is_there_again(stage, cadre):
    attempt = begin(stage.quiz(), stage.cadre)
    right = right_answers(attempt)
    cadre.post(at(attempt), posted(right, save="1"))
    fields = Elements(cadre.get(at(attempt)).content.decode()).all("input")
    found = {}
    for _tag, attrs in fields:
        if attrs.get("name", "").startswith("q-") and ("checked" in attrs or attrs["type"] == "text"):
            found.setdefault(int(attrs["name"][2:]), []).append(attrs["value"])
    assert found == right


def test_nothing_of_what_is_right_reaches_the_browser_before_the_end(stage, cadre):
    questions = [
        single(explanation=SECRET),
        multiple(explanation=SECRET),
        truth(explanation=SECRET),
        short(accepted=["一二三一五"], explanation=SECRET),
    ]
    quiz = stage.quiz(questions)
    attempt = begin(quiz, stage.cadre)
    pages = [
        cadre.get(address) for address in (at(attempt), f"{at(attempt)}news/", f"/desk/training/quizzes/{quiz.pk}/")
    ]
    pages.append(cadre.post(at(attempt), posted({1: ["0"]}), headers=JSON))
    pages.append(cadre.post(at(attempt), posted({1: ["0"]}, 1, finish="1")))
    for page in pages:
        html = page.content.decode()
        assert SECRET not in html
        assert "一二三一五" not in html
    # The value of an option is its place on the screen: it says nothing about where the editor wrote the right one.
    values = re.findall(r'type="radio" name="q-\d" value="(\d)"', pages[0].content.decode())
    assert sorted(values) == ["0", "0", "1", "1", "2"]
    hand_in(attempt)
    assert SECRET in cadre.get(at(attempt)).content.decode()


@pytest.mark.parametrize(
    ("explained", "tries", "shown"),
    [("each", 2, True), ("last", 2, False), ("last", 1, True), ("never", 1, False)],
)
def test_explanations_are_shown_when_the_quiz_says_so(stage, cadre, explained, tries, shown):
    quiz = stage.quiz([truth(explanation=SECRET)], explained=explained, tries=tries)
    attempt = take(quiz, stage.cadre, wrong=[1])
    assert (SECRET in text(cadre.get(at(attempt)))) is shown


def test_who_has_passed_is_told_the_answers_of_earlier_tries_too(stage, cadre):
    quiz = stage.quiz([truth(explanation=SECRET)], explained="last", tries=3)
    first = take(quiz, stage.cadre, wrong=[1])
    assert SECRET not in text(cadre.get(at(first)))
    take(quiz, stage.cadre)
    assert SECRET in text(cadre.get(at(first)))


def test_while_the_next_try_runs_the_last_is_not_explained(stage, cadre):
    quiz = stage.quiz([truth(explanation=SECRET)])
    first = take(quiz, stage.cadre, wrong=[1])
    begin(quiz, stage.cadre)
    assert SECRET not in cadre.get(at(first)).content.decode()


def test_missing_answers_are_named_once_and_may_be_handed_in(stage, cadre):
    attempt = begin(stage.quiz([truth()]), stage.cadre)
    answer = cadre.post(at(attempt), posted({}, finish="1"))
    assert answer.status_code == 422
    assert "第1题还没有回答" in text(answer)
    answer = cadre.post(at(attempt), posted({}, 1, finish="1", incomplete="1"), follow=True)
    assert "未通过 答对0/1题，0%" in text(answer)


def test_handing_in_twice_shows_the_result(stage, cadre):
    attempt = begin(stage.quiz(), stage.cadre)
    right = right_answers(attempt)
    cadre.post(at(attempt), posted(right, finish="1"))
    answer = cadre.post(at(attempt), posted(right, finish="1"), follow=True)
    assert "这份答卷已经交了，请看结果。" in text(answer)
    assert "答对4/4题" in text(answer)


def test_two_pages_do_not_overwrite_each_other(stage, cadre):
    attempt = begin(stage.quiz([truth()]), stage.cadre)
    cadre.post(at(attempt), posted({1: ["0"]}, 0))
    answer = cadre.post(at(attempt), posted({1: ["1"]}, 0))
    assert answer.status_code == 409
    assert "第1题 别处已保存的 对 您写的 错" in text(answer)
    answer = cadre.post(at(attempt), posted({1: ["1"]}, 0), headers=JSON)
    assert (answer.status_code, answer.json()["values"]) == (409, {"q-1": ["0"]})


def test_a_script_saves_and_is_told_when_the_time_is_over(stage, cadre, time):
    attempt = begin(stage.quiz([truth()], minutes=5), stage.cadre)
    answer = cadre.post(at(attempt), posted({1: ["1"]}), headers=JSON)
    assert answer.json() == {"version": 1}
    assert "答题到10:05截止（以服务器时间为准）。" in text(cadre.get(at(attempt)))
    time.go(minutes=6)
    answer = cadre.post(at(attempt), posted({1: ["0"]}, 1), headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"] == ["答题时间已于2026-11-04 10:05结束，以此前保存的回答为准。"]
    shown = text(cadre.get(at(attempt)))
    assert "答题时间已到，以此前保存的回答为准。" in shown
    assert "答对1/1题" in shown


def test_without_scripts_who_is_too_late_sees_the_result_and_why_once(stage, cadre, time):
    attempt = begin(stage.quiz([truth()], minutes=5), stage.cadre)
    time.go(minutes=6)
    answer = cadre.post(at(attempt), posted({1: ["1"]}, finish="1"), follow=True)
    shown = text(answer)
    assert "答题时间已到，以此前保存的回答为准。" in shown
    assert "答题时间已于" not in shown
    assert "答对0/1题" in shown


def test_a_quiz_that_changes_meanwhile_ends_as_it_began(stage, cadre):
    quiz = stage.quiz([truth("原来的题。")])
    attempt = begin(quiz, stage.cadre)
    stage.write(quiz, [truth("新的题。", right=0)])
    quizzes.issue(quiz, stage.clerk.user)
    assert "原来的题。" in text(cadre.get(at(attempt)))
    answer = cadre.post(at(attempt), posted(right_answers(attempt), finish="1"), follow=True)
    assert "已通过" in text(answer)


def test_other_peoples_tries_and_quizzes_do_not_exist(stage, cadre):
    quiz = stage.quiz(ALL, people=[stage.other])
    attempt = begin(quiz, stage.other)
    addresses = [at(attempt), f"{at(attempt)}news/", f"/desk/training/quizzes/{quiz.pk}/"]
    assert [cadre.get(address).status_code for address in addresses] == [404, 404, 404]
    assert cadre.post(at(attempt), posted({}, finish="1")).status_code == 404
    assert cadre.post(f"/desk/training/quizzes/{quiz.pk}/begin/").status_code == 404
    hidden = stage.quiz(opened=False)
    assert cadre.get(f"/desk/training/quizzes/{hidden.pk}/").status_code == 404
