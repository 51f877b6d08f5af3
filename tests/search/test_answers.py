"""Pages that answer a question by themselves come first: those whose title holds what was asked about."""

import re

import pytest
from django.db.models import Case, Value, When
from wagtail import hooks
from wagtail.models import Page

from search import Filters, SearchKind
from search.analysis.synonyms import Synonyms
from search.answers import MOST, about, answering, first
from tests.search.reading import titles

TITLES = {1: "低保、特困家庭情况变更登记", 2: "最低生活保障审核确认", 3: "殘疾證辦理", 4: "农村宅基地审批"}
SYNONYMS = Synonyms({"低保": ("最低生活保障",), "最低生活保障": ("低保",)})


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("低保", {1}),
        ("低保怎么申请？", {1}),
        ("办低保要带什么材料", {1}),
        ("残疾证", {3}),
        ("殘疾證在哪里辦理", {3}),
        ("宅基地 审批", {4}),
        ("宅基地被邻居占了应该找哪个部门处理", set()),
        ("低保金额", set()),
        ("办理", set()),
        ("怎么办", set()),
        ("证", set()),
        ("，。！？", set()),
        ("", set()),
    ],
)
def test_a_title_answers_where_it_holds_every_word_that_the_question_is_about(question, answers):
    assert answering(question, TITLES, Synonyms()) == answers


@pytest.mark.parametrize(
    ("question", "answers"),
    [("低保", {1, 2}), ("最低生活保障怎么申请", {1, 2}), ("低保变更", {1}), ("低保审批", set())],
)
def test_a_synonym_answers_like_the_word_itself_but_only_with_the_other_words(question, answers):
    assert answering(question, TITLES, SYNONYMS) == answers


def test_what_is_asked_of_everything_says_nothing_about_the_thing():
    assert about("低保怎么办理需要什么材料多少钱") == ["低保"]


@pytest.mark.parametrize(
    ("keys", "answers", "after", "ended", "expected"),
    [
        ([5, 3, 1], {1}, {}, (), ([1], [5, 3])),
        ([5, 3, 1], {1, 5}, {}, (), ([5, 1], [3])),
        ([5, 4, 3, 2, 1], {1, 2, 3, 4}, {}, (), ([4, 3, 2], [5, 1])),
        ([5, 3, 1], set(), {}, (), ([], [5, 3, 1])),
        ([5, 3, 1], {1}, {}, {1}, ([], [5, 3, 1])),
        ([5, 3, 1], {1}, {1: 3}, {1}, ([3], [5, 1])),
        ([5, 3, 1], {1}, {1: 3, 3: 5}, {1, 3}, ([5], [3, 1])),
        ([5, 3, 1], {1}, {1: 9}, {1}, ([], [5, 3, 1])),
        ([5, 3, 1], {1}, {1: 3, 3: 1}, (), ([1], [5, 3])),
    ],
)
def test_the_best_answers_come_first_and_what_replaced_one_answers_in_its_stead(keys, answers, after, ended, expected):
    assert first(keys, answers, after, ended) == expected


@pytest.fixture
def cards(page):
    """cards(title, **fields): a live page of a kind that answers; ended where its seo_title says so."""
    guides = SearchKind(
        "guide-of-test",
        "办事指南",
        Page,
        filters=lambda: Filters(in_force=Case(When(seo_title="ended", then=Value(False)), default=Value(True))),
        answers=True,
    )
    with hooks.register_temporarily("search_kinds", lambda: [guides], order=-1):
        yield page


def grouped(html):
    """The titles of the answers and those of the other hits; the groups' headings."""
    section = re.search(r'<section class="answers".*?</section>', html, re.S)
    answers = section.group() if section else ""
    headings = re.findall(r'<h2 class="hits-of"[^>]*>(.*?)</h2>', html)
    return titles(answers), titles(html.replace(answers, "") if answers else html), headings


@pytest.mark.django_db
def test_answers_stand_before_all_else_under_a_heading_of_their_own(cards, answer):
    cards("公告：低保低保低保低保的标准与金额")
    cards("低保登记")
    cards("医疗保险")
    answers, others, headings = grouped(answer("低保登记"))
    assert (answers, headings) == (["低保登记"], ["办事指南", "其他内容"])
    assert others == ["公告：低保低保低保低保的标准与金额"]


@pytest.mark.django_db
def test_where_no_title_answers_there_is_no_group(cards, answer):
    cards("低保登记")
    assert grouped(answer("低保金额多少")) == ([], ["低保登记"], [])


@pytest.mark.django_db
def test_only_answers_leave_no_heading_for_others(cards, answer):
    cards("低保登记")
    assert grouped(answer("低保")) == (["低保登记"], [], ["办事指南"])


@pytest.mark.django_db
def test_a_kind_that_does_not_answer_has_no_group_however_its_titles_read(page, answer):
    page("低保登记")
    assert grouped(answer("低保")) == ([], ["低保登记"], [])


@pytest.mark.django_db
def test_what_has_ended_answers_nothing(cards, answer):
    cards("低保登记", seo_title="ended")
    assert grouped(answer("低保")) == ([], ["低保登记"], [])


@pytest.mark.django_db
def test_at_most_three_answer_and_the_second_page_has_none(cards, answer):
    for number in range(12):
        cards(f"低保登记{number}")
    answers, others, _headings = grouped(answer("低保"))
    assert (len(answers), len(others)) == (MOST, 10 - MOST)
    assert [len(part) for part in grouped(answer("低保", p="2"))] == [0, 2, 0]
    assert len({*answers, *others, *titles(answer("低保", p="2"))}) == 12


@pytest.mark.django_db
def test_answers_are_found_among_what_the_filters_leave(cards, answer):
    cards("低保登记", first_published_at="2024-03-05T01:00:00Z")
    cards("低保变更", first_published_at="2025-03-05T01:00:00Z")
    assert grouped(answer("低保", year="2025")) == (["低保变更"], [], ["办事指南"])
