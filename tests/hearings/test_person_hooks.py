"""What other plugins learn of one person: measures to carry out, and what became of those they handled."""

import datetime

import pytest

from hearings.domain.lifecycle import measures
from hearings.enums import MeasureKind
from hearings.models import MEASURE_CLOCK, Measure
from organisation.models import Person
from suite.appraisal import PIECES, AppraisalFact, Period
from suite.hooks import collect
from suite.work import OpenWork

FRIDAY = datetime.date(2026, 12, 4)
NOVEMBER = Period(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
DECEMBER = Period(datetime.date(2026, 12, 1), datetime.date(2026, 12, 31))
JANUARY = Period(datetime.date(2027, 1, 1), datetime.date(2027, 1, 31))


@pytest.fixture
def promised(held):
    def issue(**changes):
        values = {"kind": MeasureKind.COMMITMENT, "text": "装路灯20盏", "unit": held.team, "due": FRIDAY, **changes}
        return measures.issue_measure(Measure(problem=held.problem, **values), held.user)

    return issue


@pytest.fixture
def ended(held):
    """ended(measure): reported as carried out on the day it is (a study needs no picture)."""
    return lambda measure: measures.report_done(measure, "办好了。", [], held.user)


def work(person):
    return [(one.title, one.due) for one in collect("open_work", Person.objects.get(pk=person.pk))]


def figures(person, period):
    """in time, late, explained, overdue; none of them where nothing is told."""
    return [fact.value for fact in collect("appraisal_facts", person, period) if fact.plugin == "hearings"]


def study(promised, held, **changes):
    return measures.issue_measure(
        Measure(problem=held.studied, kind=MeasureKind.STUDY, text="研究水费", unit=held.team, due=FRIDAY, **changes),
        held.user,
    )


def test_a_measure_is_open_work_of_its_handler_and_is_referred_to_by_its_key(promised, held):
    made = promised(handler=held.handler)
    assert [*collect("open_work", held.handler)] == [
        OpenWork(MEASURE_CLOCK, str(made.pk), "装路灯20盏", FRIDAY, f"/desk/hearings/measures/{made.pk}/", "hearings")
    ]
    assert work(held.head) == work(held.chair) == []


def test_measures_without_a_handler_who_sees_them_are_the_heads_the_earliest_due_first(promised, held):
    promised(text="修水渠", due=FRIDAY + datetime.timedelta(days=7))
    promised(handler=held.handler)
    assert work(held.head) == [("修水渠", datetime.date(2026, 12, 11))]
    held.handler_user.is_active = False
    held.handler_user.save()
    assert work(held.head) == [("装路灯20盏", FRIDAY), ("修水渠", datetime.date(2026, 12, 11))]
    assert work(held.handler) == []


def test_what_has_ended_is_no_open_work(promised, held):
    measures.explain(promised(handler=held.handler), "县里明年统一安装。", held.user)
    assert work(held.handler) == []


def test_open_work_costs_no_more_queries_for_more_measures(promised, held, django_assert_max_num_queries):
    for number in range(8):
        promised(text=f"装第{number}盏灯", handler=held.handler if number % 2 else None)
    person = Person.objects.get(pk=held.head.pk)
    with django_assert_max_num_queries(6):
        assert len([*collect("open_work", person)]) == 4


def test_whoever_handled_nothing_is_told_of_no_figures(promised, held):
    promised()
    assert figures(held.handler, DECEMBER) == []


def test_a_figure_says_what_it_counts_and_where_it_is_looked_up(promised, held, ended):
    ended(study(promised, held, handler=held.handler))
    facts = [fact for fact in collect("appraisal_facts", held.handler, NOVEMBER) if fact.plugin == "hearings"]
    assert facts[0] == AppraisalFact(
        "hearings.measures_in_time", "按期落实的听证措施", 1, PIECES, "/hearing/promises/", "hearings"
    )
    assert [(fact.key, str(fact.label), str(fact.unit_of_measure)) for fact in facts[1:]] == [
        ("hearings.measures_late", "逾期落实的听证措施", "件"),
        ("hearings.measures_explained", "公开说明未落实的听证措施", "件"),
        ("hearings.measures_overdue", "逾期未落实的听证措施", "件"),
    ]


@pytest.mark.parametrize(("days", "expected"), [(10, [1, 0, 0, 0]), (11, [0, 1, 0, 0])])
def test_on_its_day_is_in_time_and_the_day_after_is_late(promised, held, ended, time, days, expected):
    made = study(promised, held, handler=held.handler)
    time.go(days=days)  # 24 November and ten days are 4 December
    ended(made)
    assert figures(held.handler, DECEMBER) == expected
    assert figures(held.handler, NOVEMBER) == []


def test_what_is_explained_is_neither_in_time_nor_late(promised, held):
    measures.explain(promised(handler=held.handler), "县里明年统一安装。", held.user)
    assert figures(held.handler, NOVEMBER) == [0, 0, 1, 0]


def test_done_on_the_spot_is_in_time(promised, held):
    promised(kind=MeasureKind.DONE, due=None, handler=held.handler)
    assert figures(held.handler, NOVEMBER) == [1, 0, 0, 0]


def test_an_open_measure_is_overdue_from_the_day_after_its_own(promised, held, time):
    promised(handler=held.handler)
    time.go(days=10)
    assert figures(held.handler, DECEMBER) == []
    time.go(days=1)
    assert figures(held.handler, DECEMBER) == [0, 0, 0, 1]
    assert figures(held.handler, NOVEMBER) == []


def test_what_was_overdue_at_the_end_of_a_period_stays_so_in_its_figures(promised, held, ended, time):
    made = study(promised, held, handler=held.handler)
    time.go(days=50)
    assert figures(held.handler, DECEMBER) == figures(held.handler, JANUARY) == [0, 0, 0, 1]
    ended(made)
    assert figures(held.handler, DECEMBER) == [0, 0, 0, 1]
    assert figures(held.handler, JANUARY) == [0, 1, 0, 0]


def test_what_is_due_on_the_last_day_of_a_past_period_is_overdue_in_it(promised, held, time):
    promised(handler=held.handler, due=datetime.date(2026, 11, 30))
    time.go(days=6)
    assert figures(held.handler, NOVEMBER) == []
    time.go(days=1)
    assert figures(held.handler, NOVEMBER) == [0, 0, 0, 1]
