"""Figures of a half-year: each problem and measure counted once, in the same few questions however many there are."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from hearings.domain.figure_papers import charts, headline, sheets
from hearings.domain.figures import QUERIES, Counts, HalfYear, figures, half_year_by_key, half_year_of
from hearings.models import DateChange, HearingTheme, Measure, Problem, Topic
from printing.domain.door import print_document, sheet_of
from printing.domain.registry import printables
from printing.domain.wording import wording
from suite.registers.sheets import write_book
from suite.roles.domain import group
from suite.theme.bars import Bar, BarChart, Part
from tests.hearings import record

pytestmark = pytest.mark.django_db
SECOND = HalfYear(2026, 2)
TODAY = datetime.date(2026, 12, 20)


@pytest.fixture
def held():
    found = record.hearing(state="following", held_at=record.BEGINS)
    record.problems(found, record.seated(found), 6)
    return found


def test_half_years_are_known_by_their_key():
    assert half_year_of(datetime.date(2026, 6, 30)) == HalfYear(2026, 1)
    assert half_year_of(datetime.date(2026, 7, 1)) == SECOND
    assert (half_year_by_key("2026-2"), SECOND.key, str(SECOND)) == (SECOND, "2026-2", "2026年下半年")
    assert [half_year_by_key(key) for key in ("", "2026", "2026-3", "20-1", "0001-1", "二〇二六-1")] == [None] * 6
    assert (SECOND.before, SECOND.after) == (HalfYear(2026, 1), HalfYear(2027, 1))


def test_problems_and_measures_are_counted_by_village_and_theme(held):
    late = Measure.objects.filter(state="done").last()
    Measure.objects.filter(pk=late.pk).update(ended_on=late.due + datetime.timedelta(days=1))
    gone = Measure.objects.filter(kind="commitment").first()
    Measure.objects.filter(pk=gone.pk).update(due=TODAY - datetime.timedelta(days=1))
    for day in (1, 2):
        DateChange.objects.create(
            measure=gone, before=TODAY, after=TODAY + datetime.timedelta(days=day), reason="等材料"
        )
    water = HearingTheme.objects.create(name="饮水", order=9)
    Problem.objects.filter(number=2).update(theme=water)
    Problem.objects.filter(number=3).update(theme=None)
    found = figures(SECOND, TODAY)
    assert found.total == Counts(6, 4, 2, 6, on_time=1, late=1, running=3, overdue=1, explained=0, moved=1)
    assert [(name, one.problems, one.concluded) for name, one in found.villages] == [("上塘村", 3, 2), ("云岭村", 3, 2)]
    assert [(name, one.problems) for name, one in found.themes] == [("道路交通", 4), ("饮水", 1), ("", 1)]


def test_a_hearing_counts_in_the_half_year_it_was_held_in(held):
    assert figures(SECOND, TODAY).total.problems == 6
    assert figures(SECOND.before, TODAY).total == figures(SECOND.after, TODAY).total == Counts()
    assert figures(SECOND, TODAY).hearings == [held.hearing]


def test_days_from_report_to_answer_are_those_of_direct_answers_and_of_heard_topics(held):
    Topic.objects.create(
        village=held.villages[0], title="井盖丢了", text="晚上危险。", concerned=5, state="answered",
        reported_at=record.BEGINS - datetime.timedelta(days=10), answered_at=record.BEGINS - datetime.timedelta(days=7),
    )  # fmt: skip
    Topic.objects.create(
        village=held.villages[0], title="刚上报", text="……", concerned=5, reported_at=record.BEGINS
    )  # fmt: skip
    answers = figures(SECOND, TODAY).answers
    # Three topics were reported 40, 39 and 38 days before the session, where they were heard.
    assert answers.days == (3, 38, 39, 40)
    assert (answers.direct, answers.heard, answers.waiting, answers.median, answers.longest) == (1, 3, 1, 38.5, 40)


def test_ten_times_the_data_costs_no_more_questions(held, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        figures(SECOND, TODAY)
    for _hearing in range(3):
        more = record.hearing(state="closed", topics=20, held_at=record.BEGINS, host=held.office)
        record.problems(more, record.seated(more), 20)
    with django_assert_num_queries(QUERIES):
        assert figures(SECOND, TODAY).total.problems == 66


def test_a_bar_says_its_number_and_is_as_long_as_it_says():
    chart = BarChart(
        "t", "h", "m", [Bar("甲", (Part("好", 3, "done"), Part("差", 1, "late"))), Bar("乙", (Part("好", 2),))]
    )
    assert [bar.said for bar, _pieces in chart.rows()] == ["4：好3，差1", "2"]
    assert [[(piece.x, piece.width) for piece in pieces] for _bar, pieces in chart.rows()] == [
        [(0.0, 75.0), (75.0, 25.0)],
        [(0.0, 50.0)],
    ]
    assert [pieces for _bar, pieces in BarChart("t", "h", "m", [Bar("无", (Part("好", 0),))]).rows()] == [[]]


def test_the_workbook_holds_every_number_and_no_formula(held):
    held.villages[0].name = '=HYPERLINK("http://x")'
    held.villages[0].save()
    output = io.BytesIO()
    write_book(output, sheets(figures(SECOND, TODAY)))
    book = openpyxl.load_workbook(output)
    assert book.sheetnames == ["总览", "按村", "按主题", "答复天数"]
    cell = book["按村"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)
    assert [one.value for one in book["按村"][4]][:5] == ["合计", 6, 4, 2, 6]


def test_an_empty_half_year_says_so():
    found = figures(HalfYear(2001, 1))
    assert charts(found) == []
    assert headline(found)[0] == ("召开听证会", "0")
    assert "本半年没有召开听证会。" in wording(sheet_of(printables()["hearing-figures"], HalfYear(2001, 1))).paragraphs


@pytest.mark.parametrize(("role", "status"), [("efficiency_office", 200), ("leader", 200), ("liaison", 302)])
def test_the_page_is_for_who_may_see_hearings(client, django_user_model, held, role, status):
    user = django_user_model.objects.create_user(role, password="x")
    user.groups.add(group(role))
    client.force_login(user)
    answer = client.get(reverse("hearings_figures"), {"half": "2026-2"})
    assert answer.status_code == status
    file = client.get(reverse("hearings_figures_file"), {"half": "2026-2"})
    assert file.status_code == status
    if status == 200:
        html = answer.content.decode()
        assert "2026年下半年" in html
        assert html.count('<svg class="bar"') == 2 + 1 + 1 + 5  # villages, theme, its measures, ranges of days


@pytest.mark.pdf
def test_the_figures_are_printed():
    assert print_document("hearing-figures", half_year_of(timezone.localdate()).key).content[:4] == b"%PDF"
