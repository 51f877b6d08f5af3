"""Whose quizzes, tries and imports somebody sees, and what a table of results says of late ones."""

import pytest

from tests.training.quizzes.staging import NOW, begin, single, take, truth
from tests.training.quizzes.test_workbook import GOOD, workbook
from training.domain.lifecycle import quiz_imports
from training.domain.quizzes.questions import wrong_with
from training.domain.quizzes.results import results
from training.models import Attempt, Question


def told(quiz, user):
    return {row.person.name: row.standing for unit in results(quiz, user) for row in unit.rows}


@pytest.fixture
def watcher(stage):
    """Who sees results and runs nothing."""
    return stage.person("顾言", "supervisor", unit=stage.office)


def test_a_draft_is_seen_by_who_writes_it_and_not_by_who_sees_results(stage, watcher, client):
    draft, opened = stage.quiz([truth()], title="还在写", opened=False), stage.quiz([truth()], title="已开放")
    for person, titles, status in ((watcher, {"已开放"}, 404), (stage.clerk, {"还在写", "已开放"}, 404)):
        client.force_login(person.user)
        page = client.get("/desk/training/quizzes/all/").content.decode()
        assert {title for title in ("还在写", "已开放") if title in page} == titles
        assert client.get(f"/desk/training/quizzes/{draft.pk}/results/").status_code == status
        assert client.get(f"/desk/training/quizzes/{opened.pk}/results/").status_code == 200


def test_a_workbook_that_was_read_is_seen_by_who_uploaded_it(stage, client):
    quiz = stage.quiz([truth()], opened=False)
    read = quiz_imports.read_questions(quiz, workbook(GOOD), "题库.xlsx", False, stage.clerk.user)
    colleague = stage.person("柏舟", "efficiency_office", unit=stage.office)
    for person, status in ((stage.clerk, 200), (colleague, 404)):
        client.force_login(person.user)
        assert client.get(f"/desk/training/quizzes/import/{read.pk}/").status_code == status


def test_a_page_that_is_opened_after_the_time_is_over_shows_the_result(stage, time, client):
    attempt = begin(stage.quiz([truth()], minutes=5), stage.cadre)
    time.go(minutes=5, seconds=16)
    client.force_login(stage.cadre.user)
    assert 'name="finish"' not in client.get(f"/desk/training/quizzes/try/{attempt.pk}/").content.decode()
    assert Attempt.objects.get().state == "ended"


@pytest.mark.parametrize(
    "where",
    [
        {"text": "身份证号11010519491231002X对吗？"},
        {"options": ["11010519491231002X", "没有", "不知道"]},
        {"explanation": "他的号码是11010519491231002X。"},
    ],
)
def test_a_personal_number_stands_nowhere_in_a_question(where):
    assert [field for field, _why in wrong_with(Question(**single(**where)))] == ["text"]


def test_results_say_who_passed_late_and_who_is_overdue(stage, time):
    quiz = stage.quiz([truth()], due_on=NOW.date())
    take(quiz, stage.cadre)
    assert told(quiz, stage.clerk.user) == {"田野": "已通过", "白露": "未开始"}
    time.go(days=1)
    assert told(quiz, stage.clerk.user) == {"田野": "已通过", "白露": "未开始，已逾期"}
    take(quiz, stage.other)
    assert told(quiz, stage.clerk.user)["白露"] == "逾期通过"
