"""Writing quizzes on the desk, marking, and the tables of results."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from organisation.enums import AbsenceKind, ResponsibilityKind, UnitKind
from organisation.models import Absence, Responsibility
from tests.reading import text
from tests.training.quizzes.staging import begin, short, single, take, truth
from tests.training.town import LONG_AGO
from training.domain.lifecycle import quiz_tries
from training.domain.quizzes.questions import says
from training.domain.quizzes.results import results
from training.domain.quizzes.versions import asked_now, being_written
from training.models import Question, Quiz

HERE = "/desk/training/quizzes/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def clerk(stage, client):
    client.force_login(stage.clerk.user)
    return client


def filled(stage, **more):
    rules = {"pass_mark": 80, "tries": 3, "drawn": 0, "minutes": 0, "explained": "each"}
    return {"title": "防汛小测", "about": "", **rules, "people": [stage.cadre.pk], **more}


def test_a_quiz_is_begun_written_and_opened(stage, clerk):
    answer = clerk.post(f"{HERE}new/", filled(stage), follow=True)
    quiz = Quiz.objects.get()
    assert answer.redirect_chain[-1][0] == f"{HERE}{quiz.pk}/questions/"
    assert "还没有题目：请先出题，或者导入题库表。" in text(answer)
    answer = clerk.post(f"{HERE}{quiz.pk}/questions/", {"do": "add"}, follow=True)
    question = Question.objects.get()
    fields = {
        "kind": "single", "text": "汛期值班电话由谁接？", "option-0": "值班人员", "option-2": "门卫", "right": "0",
        "explanation": "值班表上的人。", "version": "0",
    }  # fmt: skip
    assert clerk.post(f"{HERE}question/{question.pk}/", fields, headers=JSON).json() == {"version": 1}
    clerk.post(f"{HERE}question/{question.pk}/", {**fields, "version": "1", "done": "1"})
    assert says(Question.objects.get())["options"] == ["值班人员", "门卫"]
    answer = clerk.post(f"{HERE}{quiz.pk}/questions/", {"do": "open"}, follow=True)
    assert "已开放，参加人的办公桌上会看到。" in text(answer)
    assert asked_now(quiz).questions.count() == 1


def test_what_is_missing_is_named_in_the_list_and_nothing_is_opened(stage, clerk):
    quiz = stage.quiz([truth(), short(accepted=[])], opened=False)
    stage.write(quiz, [{**truth(), "right": []}])
    answer = clerk.post(f"{HERE}{quiz.pk}/questions/", {"do": "open"})
    assert answer.status_code == 422
    assert "第1题：请选这句话是对还是错。" in text(answer)


def test_a_wrong_form_keeps_what_was_typed(stage, clerk):
    answer = clerk.post(f"{HERE}new/", filled(stage, pass_mark=101, title=""))
    assert answer.status_code == 422
    assert "防汛" not in text(answer)
    assert 'value="101"' in answer.content.decode()
    assert not Quiz.objects.exists()


def test_changed_rules_hold_for_who_begins_from_now_on(stage, clerk):
    quiz = stage.quiz()
    attempt = begin(quiz, stage.cadre)
    answer = clerk.post(f"{HERE}{quiz.pk}/edit/", filled(stage, pass_mark=90), follow=True)
    assert "已保存。新规则对今后开始答题的人有效。" in text(answer)
    attempt.refresh_from_db()
    assert (attempt.quiz_version.pass_mark, asked_now(quiz).pass_mark) == (50, 90)


def test_questions_that_are_asked_are_changed_as_the_next_ones(stage, clerk):
    quiz = stage.quiz()
    begin(quiz, stage.cadre)
    address = f"{HERE}{quiz.pk}/questions/"
    assert "修改题目" in text(clerk.get(address))
    assert "这是下一版题目。" in text(clerk.post(address, {"do": "change"}, follow=True))
    first = being_written(quiz).questions.get(number=1)
    clerk.post(f"{HERE}question/{first.pk}/arrange/", {"do": "remove"})
    assert "已启用这些题目。" in text(clerk.post(address, {"do": "issue"}, follow=True))
    assert (asked_now(quiz).number, asked_now(quiz).questions.count()) == (2, 3)


def test_changes_can_be_left_but_not_the_only_questions(stage, clerk):
    quiz = stage.quiz()
    stage.write(quiz, [truth()])
    assert "已放弃修改，仍用原来的题目。" in text(
        clerk.post(f"{HERE}{quiz.pk}/questions/", {"do": "discard"}, follow=True)
    )
    assert being_written(quiz) is None
    written = stage.quiz(opened=False)
    answer = clerk.post(f"{HERE}{written.pk}/questions/", {"do": "discard"})
    assert "只有这一份题目，不能放弃：可以删掉或改写其中的题。" in text(answer)


def test_a_question_that_is_asked_leads_to_the_list(stage, clerk):
    quiz = stage.quiz()
    asked = asked_now(quiz).questions.first()
    assert clerk.get(f"{HERE}question/{asked.pk}/").url == f"{HERE}{quiz.pk}/questions/"


def test_two_editors_do_not_overwrite_each_other(stage, clerk):
    question = being_written(stage.quiz([truth("甲。")], opened=False)).questions.get()
    fields = {"kind": "truth", "text": "乙。", "truth": "0", "version": "0"}
    clerk.post(f"{HERE}question/{question.pk}/", fields)
    answer = clerk.post(f"{HERE}question/{question.pk}/", {**fields, "text": "丙。"}, headers=JSON)
    assert (answer.status_code, answer.json()["values"]["text"]) == (409, ["乙。"])


def test_short_answers_are_marked_without_names(stage, clerk):
    attempt = take(stage.quiz([short()]), stage.cadre, wrong=[1])
    assert "批阅1道简答题" in text(clerk.get("/desk/"))
    shown = text(clerk.get(f"{HERE}marking/"))
    assert "不知道" in shown
    assert "田野" not in shown
    answer = clerk.post(f"{HERE}marking/{attempt.answers.get().pk}/", {"mark": "wrong"}, follow=True)
    assert "没有待批阅的回答。" in text(answer)
    assert "改判为正确" in text(answer)
    attempt.refresh_from_db()
    assert attempt.state == "ended"


def test_results_are_shown_by_unit_and_as_a_workbook(stage, clerk, time):
    quiz = stage.quiz([truth()], due_on=time.now.date())
    take(quiz, stage.cadre)
    take(quiz, stage.other, wrong=[1])
    shown = text(clerk.get(f"{HERE}{quiz.pk}/results/"))
    assert "要求2人参加，1人已通过。" in shown
    assert "田野 已通过 1 100 2026-11-04 10:00" in shown
    assert "白露 未通过 1 0 —" in shown
    file = clerk.get(f"{HERE}{quiz.pk}/results/book/")
    rows = list(load_workbook(io.BytesIO(b"".join(file.streaming_content))).active.values)
    assert rows[1:] == [
        ("党政办公室", "田野", "已通过", 1, 100, "2026-11-04 10:00"),
        ("农业服务队", "白露", "未通过", 1, 0, None),
    ]


def test_who_passes_after_the_day_is_late(stage, clerk, time):
    quiz = stage.quiz([truth()], due_on=time.now.date())
    time.go(days=1)
    take(quiz, stage.cadre)
    assert "田野 逾期通过" in text(clerk.get(f"{HERE}{quiz.pk}/results/"))


def test_in_which_state_somebody_is_and_whether_late_is_said_in_words(stage, clerk, time):
    quiz = stage.quiz([truth(), short()], due_on=time.now.date(), tries=2, pass_mark=100)
    third, fourth = (stage.person(name, "cadre", unit=stage.office) for name in ("周礼", "吴勤"))
    quiz.people.add(third, fourth)
    begin(quiz, stage.cadre)
    take(quiz, stage.other, wrong=[1, 2])
    failed = take(quiz, third, wrong=[1, 2])
    quiz_tries.mark(failed.answers.get(question__kind="text"), False, stage.clerk.user)

    def standings():
        return {
            row.person.name: (row.standing, row.shape) for one in results(quiz, stage.clerk.user) for row in one.rows
        }

    assert standings() == {
        "田野": ("答题中", "state-soon"),
        "白露": ("待阅卷", "state-soon"),
        "周礼": ("未通过", "state-soon"),
        "吴勤": ("未开始", "state-soon"),
    }
    time.go(days=1)
    assert standings() == {
        "田野": ("答题中，已逾期", "state-urgent"),
        "白露": ("待阅卷", "state-soon"),
        "周礼": ("未通过，已逾期", "state-urgent"),
        "吴勤": ("未开始，已逾期", "state-urgent"),
    }


def test_the_table_of_results_costs_no_more_queries_for_more_people(stage, clerk):
    def queries(quiz):
        with CaptureQueriesContext(connection) as made:
            clerk.get(f"{HERE}{quiz.pk}/results/")
        return len(made)

    quiz = stage.quiz([truth(), short()])
    take(quiz, stage.cadre)
    few = queries(quiz)
    for number in range(12):
        unit = stage.unit(f"第{number}站", UnitKind.TEAM, stage.centre)
        person = stage.person(f"干部{number}", "cadre", unit=unit)
        quiz.people.add(person)
        take(quiz, person, wrong=[1, 2])
    assert queries(quiz) == few


def test_a_leader_sees_the_units_in_their_charge_only(stage, client):
    quiz = stage.quiz([truth()])
    leader = stage.person("江海", "leader", unit=stage.seat)
    Responsibility.objects.create(person=leader, unit=stage.centre, kind=ResponsibilityKind.IN_CHARGE, since=LONG_AGO)
    client.force_login(leader.user)
    shown = text(client.get(f"{HERE}{quiz.pk}/results/"))
    assert "白露" in shown
    assert "田野" not in shown
    deputy = stage.person("代管", "leader", unit=stage.seat)
    today = timezone.localdate()
    Absence.objects.create(person=leader, kind=AbsenceKind.TRIP, since=today, until=today, deputy=deputy)
    client.force_login(deputy.user)
    assert "白露" in text(client.get(f"{HERE}{quiz.pk}/results/"))
    supervisor = stage.person("李旻", "supervisor")
    client.force_login(supervisor.user)
    shown = text(client.get(f"{HERE}{quiz.pk}/results/"))
    assert "白露" in shown
    assert "田野" in shown


@pytest.mark.parametrize(
    "address",
    ["all/", "new/", "{quiz}/edit/", "{quiz}/questions/", "question/{question}/", "marking/", "{quiz}/results/"],
)
def test_who_is_only_asked_sees_nothing_of_this(stage, client, address):
    quiz = stage.quiz()
    question = asked_now(quiz).questions.first()
    client.force_login(stage.cadre.user)
    assert client.get(HERE + address.format(quiz=quiz.pk, question=question.pk)).status_code in (302, 403)


def test_the_list_of_questions_tells_what_is_right_and_why(stage, clerk):
    quiz = stage.quiz([single(), truth(), short(accepted=["12315", "一二三一五"])])
    shown = text(clerk.get(f"{HERE}{quiz.pk}/questions/"))
    assert "单选题 答案和解析 1 书面 正确 口头 不必告知 见《办事指南》。" in shown
    assert "判断题 答案和解析 2 对 错 正确 见《办事指南》。" in shown
    assert "简答题 答案和解析 3 标准答案：12315；一二三一五 见《办事指南》。" in shown


def test_each_unit_says_how_many_of_its_people_have_passed(stage, clerk):
    quiz = stage.quiz([truth()])
    take(quiz, stage.other)
    shown = text(clerk.get(f"{HERE}{quiz.pk}/results/"))
    assert "党政办公室 1人中0人已通过" in shown
    assert "农业服务队 1人中1人已通过" in shown
