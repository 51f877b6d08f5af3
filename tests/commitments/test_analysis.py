"""月析月评: every number is that of the entries, and ten times the entries cost no more questions."""

import datetime

import pytest
from django.urls import reverse

from commitments.domain.analysis import QUERIES, Results, analysis, people
from commitments.domain.analysis_shown import MOST_UNITS, charts, headline, tables
from commitments.domain.counts import Counts
from commitments.enums import AmendmentState, CommitmentState
from commitments.models import Commitment, Promise
from printing.models import Pack
from suite.roles.domain import group
from tests.commitments import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def november():
    return record.month()


@pytest.fixture
def mixed(november):
    """Two units: one with results of every sort, one where somebody is late and somebody never filed."""
    office, centre = record.unit("党政办公室"), record.unit("经济发展服务中心", order=1)
    farming, roads = record.kind("农业", 2), record.kind("道路", 1)
    for name, outcome in (("陈立", "fulfilled"), ("何丽", "partly"), ("孙勇", "not")):
        record.commitment(november, record.person(name), office, "ended", rows=2, outcome=outcome)
    record.commitment(november, record.person("许静"), centre, late=True, rows=1)
    record.commitment(november, record.person("冯伟"), centre, "owed")
    record.commitment(november, record.person("蒋平"), centre, "released")
    Promise.objects.filter(number=1).update(kind=farming)
    Promise.objects.filter(number=2, outcome="partly").update(kind=roads)
    record.amended(Promise.objects.filter(outcome="partly").first(), goal="完成5户")
    record.amended(Promise.objects.filter(outcome="partly").first(), measures="再加一班")
    record.amended(Promise.objects.filter(outcome="not").first(), AmendmentState.REFUSED, goal="完成0户")
    return november


def test_units_and_kinds_are_counted_from_the_entries(mixed):
    found = analysis(mixed)
    assert [(one.name, one.counts, one.results) for one in found.units] == [
        (
            "党政办公室",
            Counts(owed=3, in_time=3, public=3, decided=3, fulfilled=1, partly=1, failed=1),
            Results(6, 2, 2, 2),
        ),
        ("经济发展服务中心", Counts(owed=2, released=1, late=1, public=1), Results(1)),
    ]
    assert found.kinds == [("道路", Results(1, partly=1)), ("农业", Results(4, 1, 1, 1)), ("", Results(2, 1, 0, 1))]
    assert (found.results, found.results.open, found.amended) == (Results(7, 2, 2, 2), 1, 1)
    assert found.counts == Counts(
        owed=5, released=1, in_time=3, late=1, public=4, decided=3, fulfilled=1, partly=1, failed=1
    )
    assert found.counts.not_filed == 1


def test_who_never_filed_counts_as_not_filed_and_their_row_is_no_promise(november):
    where = record.unit("党政办公室")
    one = record.commitment(
        november, record.person("陈立"), where, "ended", rows=0, approved_at=None, filed_at=None, outcome="not"
    )
    record.promise(one, 1, missing=True, outcome="not")
    found = analysis(november)
    assert (found.counts.not_filed, found.counts.failed, found.results) == (1, 1, Results())
    assert [(one.name, one.reason) for one in people(november)] == [("陈立", "未提交")]


def test_what_is_not_approved_yet_is_no_promise(november):
    where = record.unit("党政办公室")
    for state in CommitmentState.values:
        record.commitment(november, record.person(state), where, state, rows=1)
    assert analysis(november).results == Results(4, 1)


def test_people_are_named_with_what_became_of_theirs(mixed):
    Commitment.objects.filter(person__name="孙勇").update(late=True)
    assert [(one.unit, one.name, one.reason) for one in people(mixed)] == [
        ("党政办公室", "何丽", "部分完成"),
        ("党政办公室", "孙勇", "迟交，未完成"),
        ("经济发展服务中心", "冯伟", "未提交"),
        ("经济发展服务中心", "许静", "迟交"),
    ]


def test_the_trend_is_of_the_twelve_months_that_end_with_this_one(mixed):
    where = record.unit("综合服务队", order=2)
    for first in (
        datetime.date(2025, 11, 1),
        datetime.date(2025, 12, 1),
        datetime.date(2026, 2, 1),
        datetime.date(2026, 12, 1),
    ):
        record.commitment(record.month(first), record.person(f"{first}"), where, "ended", rows=3)
    found = analysis(mixed)
    assert [(str(one.month), one.counts.filed, one.results) for one in found.trend] == [
        ("2025年12月", 1, Results(3, 3)),
        ("2026年2月", 1, Results(3, 3)),
        ("2026年11月", 4, Results(7, 2, 2, 2)),
    ]


def test_charts_and_tables_say_the_numbers(mixed):
    found = analysis(mixed)
    said = {str(chart.title): [(str(bar.label), bar.said) for bar in chart.bars] for chart in charts(found)}
    assert said["各单位提交情况"] == [
        ("党政办公室", "3：按时提交3"),
        ("经济发展服务中心", "3：迟交1，未提交1，免填1"),
    ]
    assert said["各类工作完成情况"][1:] == [
        ("农业", "4：已完成1，部分完成1，未完成1，尚未认定1"),
        ("未分类", "2：已完成1，未完成1"),
    ]
    assert len(said) == 5
    assert dict(headline(found))["按时提交"] == "3（60%）"
    [units, kinds, months] = [rows for _head, _columns, rows in tables(found)]
    assert units[-1] == ("合计", [5, 3, 1, 1, 1, 7, 2, 2, 2, 1])
    assert kinds[-1] == ("合计", [7, 2, 2, 2, 1])
    assert months == [("2026年11月", units[-1][1])]


def test_of_many_units_those_with_the_most_to_ask_about_are_drawn_in_the_offices_order(november):
    for number in range(MOST_UNITS + 2):
        where = record.unit(f"单位{number}", order=number)
        record.commitment(november, record.person(f"干部{number}"), where, late=number not in (3, 7), rows=1)
    first, *_others = charts(analysis(november))
    assert str(first.title) == "各单位提交情况（42个单位中问题最多的40个）"
    assert [str(bar.label) for bar in first.bars] == [f"单位{number}" for number in range(42) if number not in (3, 7)]
    assert len(tables(analysis(november))[0][2]) == 43


def test_an_empty_month_has_no_charts(november):
    assert (charts(analysis(november)), people(november)) == ([], [])


def test_ten_times_the_data_costs_no_more_questions(mixed, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        analysis(mixed)
    for number in range(40):
        where = record.unit(f"单位{number}", order=number)
        record.commitment(mixed, record.person(f"干部{number}"), where, "ended", rows=2)
    with django_assert_num_queries(QUERIES):
        assert len(analysis(mixed).units) == 42


@pytest.fixture
def person(django_user_model):
    def make(role):
        user = django_user_model.objects.create_user(f"somebody-{role}")
        user.groups.add(group(role))
        return user

    return make


ADDRESSES = ("commitments_analysis", "commitments_book")


@pytest.mark.parametrize(
    ("role", "status"), [("efficiency_office", 200), ("leader", 200), ("cadre", 302), ("supervisor", 302)]
)
def test_names_are_for_those_who_see_the_register(client, mixed, person, role, status):
    client.force_login(person(role))
    for name in ADDRESSES:
        assert client.get(reverse(name)).status_code == status, name
    if status == 200:
        html = client.get(reverse("commitments_analysis"), {"month": "2026-11"}).content.decode()
        assert "冯伟" in html
        assert client.get(reverse("commitments_analysis"), {"month": "nonsense"}).status_code == 200


def test_the_public_figures_name_nobody(client, mixed):
    html = client.get("/commitments/2026-11/figures/").content.decode()
    assert "经济发展服务中心" in html
    assert [name for name in ("陈立", "何丽", "孙勇", "许静", "冯伟", "蒋平") if name in html] == []


def test_without_a_month_the_screen_says_what_to_do(client, person):
    client.force_login(person("efficiency_office"))
    assert "还没有开通任何月份" in client.get(reverse("commitments_analysis")).content.decode()
    assert client.get(reverse("commitments_book")).status_code == 404


def test_all_boards_are_ordered_as_one_file(client, mixed, person):
    user = person("efficiency_office")
    client.force_login(user)
    assert client.get(reverse("commitments_order_boards")).status_code == 405
    answer = client.post(reverse("commitments_order_boards"), {"month": "2026-11"})
    pack = Pack.objects.get(requested_by=user)
    assert (answer.status_code, answer["Location"]) == (302, reverse("printing:pack", args=[pack.pk]))
    assert [(item["kind"], item["size"], item["title"]) for item in pack.items] == [
        ("commitment-board", "a3", f"{name}2026年11月（承诺公示 A3）") for name in ("党政办公室", "经济发展服务中心")
    ]
    Commitment.objects.update(state="owed")
    answer = client.post(reverse("commitments_order_boards"), {"month": "2026-11"})
    assert answer["Location"] == f"{reverse('commitments_analysis')}?month=2026-11"
    client.force_login(person("cadre"))
    assert client.post(reverse("commitments_order_boards")).status_code == 302
    assert Pack.objects.count() == 1
