"""A cadre with a small phone answers in real Chromium, with scripts and without; the office writes a question."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import fits
from tests.training.quizzes.staging import ALL, Stage, begin, right_answers, single
from training.domain.quizzes.marking import scored
from training.domain.quizzes.versions import asked_now
from training.models import Attempt, Question

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
SOON = {"timeout": 20_000}


@pytest.fixture
def here(transactional_db, live_server, window):
    """A stage with its quiz, and windows of its people: ``window("cadre", width=…)``."""
    stage = Stage()
    stage.quiz_open = stage.quiz([*ALL, single("第五题很长很长" * 12, ["很长的选项" * 8, "短的", "不很短的"])])
    stage.window = lambda whose, **options: window(getattr(stage, whose).user, **options)
    return stage


def choose(page, given):
    for place, values in given.items():
        for value in values:
            field = page.locator(f'[name="q-{place}"]')
            if field.first.get_attribute("type") == "text":
                field.fill(value)
            else:
                page.locator(f'[name="q-{place}"][value="{value}"]').check()


def test_what_was_chosen_survives_the_death_of_the_page(here):
    page = here.window("cadre")
    phone = page.context
    page.goto(f"/desk/training/quizzes/{here.quiz_open.pk}/")
    fits(page)
    page.get_by_role("button", name="开始答题").click()
    fits(page)
    attempt = Attempt.objects.get()
    right = right_answers(attempt)
    half = {place: right[place] for place in (1, 2, 3)}
    choose(page, half)
    address = page.url
    # The tab is killed before a second has passed: what the server has not got yet is on the device.
    page.close(run_before_unload=False)
    page = phone.new_page()
    page.goto(address)
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    other = here.window("cadre")
    other.goto(address)
    for place, values in half.items():
        for value in values:
            field = other.locator(f'[name="q-{place}"]')
            if field.first.get_attribute("type") == "text":
                expect(field).to_have_value(value)
            else:
                expect(other.locator(f'[name="q-{place}"][value="{value}"]')).to_be_checked()
    choose(page, right)
    page.get_by_role("button", name="交卷").click()
    expect(page.locator("h1")).to_have_text("答题结果", **SOON)
    fits(page)
    assert scored(attempt).percent == 100


def test_without_scripts_the_same(here):
    page = here.window("cadre", scripts=False)
    page.goto(f"/desk/training/quizzes/{here.quiz_open.pk}/")
    page.get_by_role("button", name="开始答题").click()
    attempt = Attempt.objects.get()
    right = right_answers(attempt)
    choose(page, {1: right[1]})
    page.get_by_role("button", name="保存，以后再答").click()
    choose(page, right)
    page.get_by_role("button", name="交卷").click()
    expect(page.locator("h1")).to_have_text("答题结果")
    assert scored(attempt).percent == 100


def field(page, attempt, kind):
    return page.locator(f'[name="q-{attempt.answers.get(question__kind=kind).place}"]')


def test_a_line_that_is_lost_in_the_middle_of_an_answer_loses_nothing(here):
    attempt = begin(here.quiz_open, here.cadre)
    page = here.window("cadre")
    phone = page.context
    page.goto(f"/desk/training/quizzes/try/{attempt.pk}/")
    field(page, attempt, "text").fill("1231")
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    phone.set_offline(True)
    field(page, attempt, "text").fill("12315 热线")
    field(page, attempt, "truth").last.check()
    expect(page.locator("[data-save-state]")).to_contain_text("连接中断", **SOON)
    # Handing in waits for the line too, and says so.
    page.get_by_role("button", name="交卷").click()
    expect(page.locator("[data-save-state]")).to_contain_text("尚未提交", **SOON)
    assert Attempt.objects.get().state == "running"
    phone.set_offline(False)
    page.reload()
    expect(field(page, attempt, "text")).to_have_value("12315 热线")
    expect(field(page, attempt, "truth").last).to_be_checked()
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    assert attempt.answers.get(question__kind="text").given == ["12315 热线"]


def test_a_quiz_that_the_office_changes_meanwhile_ends_as_it_began(here):
    page = here.window("cadre")
    page.goto(f"/desk/training/quizzes/{here.quiz_open.pk}/")
    page.get_by_role("button", name="开始答题").click()
    attempt = Attempt.objects.get()
    right = right_answers(attempt)
    choose(page, {1: right[1]})
    office = here.window("clerk", width=1280)
    office.goto(f"/desk/training/quizzes/{here.quiz_open.pk}/questions/")
    office.get_by_role("button", name="修改题目").click()
    office.locator("li").filter(has_text="密码可以告诉同事").get_by_role("link", name="修改").click()
    office.locator("#id_text").fill("完全不同的一句话。")
    office.get_by_role("button", name="保存，回到题目列表").click()
    office.get_by_role("button", name="启用这些题目").click()
    expect(office.locator("main")).to_contain_text("已启用这些题目。")
    page.reload()
    expect(page.locator("main")).to_contain_text("密码可以告诉同事。")
    choose(page, right)
    page.get_by_role("button", name="交卷").click()
    expect(page.locator("h1")).to_have_text("答题结果", **SOON)
    assert (scored(attempt).percent, asked_now(here.quiz_open).number) == (100, 2)


@pytest.mark.parametrize("script", [True, False])
def test_two_quick_taps_do_it_once(here, script):
    page = here.window("cadre", scripts=script)
    page.goto(f"/desk/training/quizzes/{here.quiz_open.pk}/")
    page.get_by_role("button", name="开始答题").dblclick()
    page.wait_for_url("**/try/**")
    attempt = Attempt.objects.get()
    choose(page, right_answers(attempt))
    page.get_by_role("button", name="交卷").dblclick()
    expect(page.locator("h1")).to_have_text("答题结果", **SOON)
    assert (Attempt.objects.get().state, scored(attempt).percent) == ("ended", 100)
    assert page.locator(".message-error").count() == 0


def test_the_way_back_after_the_end_leads_to_the_result(here):
    page = here.window("cadre")
    page.goto(f"/desk/training/quizzes/{here.quiz_open.pk}/")
    page.get_by_role("button", name="开始答题").click()
    attempt = Attempt.objects.get()
    choose(page, right_answers(attempt))
    page.get_by_role("button", name="交卷").click()
    expect(page.locator("h1")).to_have_text("答题结果", **SOON)
    page.go_back()
    expect(page.locator("h1")).not_to_have_text("")
    assert page.get_by_role("button", name="交卷").count() == 0
    assert page.get_by_role("button", name="开始答题").count() == 0


def test_when_the_time_is_over_it_is_handed_in(here):
    quiz = here.quiz(minutes=1)
    attempt = begin(quiz, here.cadre)
    page = here.window("cadre")
    Attempt.objects.filter(pk=attempt.pk).update(ends_by=timezone.now() + datetime.timedelta(seconds=6))
    page.goto(f"/desk/training/quizzes/try/{attempt.pk}/")
    expect(page.locator("[data-time-left]")).to_contain_text("还剩 0:0")
    choose(page, {1: right_answers(attempt)[1]})
    expect(page.locator("h1")).to_have_text("答题结果", **SOON)
    assert scored(attempt).right == 1


def test_the_office_sees_the_fields_of_the_kind_it_chose(here):
    quiz = here.quiz([single()], opened=False)
    question = Question.objects.get(quiz_version__quiz=quiz)
    page = here.window("clerk")
    page.goto(f"/desk/training/quizzes/question/{question.pk}/")
    fits(page)
    expect(page.locator(".for-choice")).to_be_visible()
    expect(page.locator(".for-text")).to_be_hidden()
    page.get_by_label("简答题").check()
    expect(page.locator(".for-choice")).to_be_hidden()
    page.get_by_label("标准答案").fill("12315\n一二三一五")
    expect(page.locator("[data-save-state]")).to_have_text("已保存", **SOON)
    question.refresh_from_db()
    assert (question.kind, question.accepted) == ("text", ["12315", "一二三一五"])
    page.goto(f"/desk/training/quizzes/{quiz.pk}/questions/")
    fits(page)
    page.goto(f"/desk/training/quizzes/{quiz.pk}/edit/")
    fits(page)
