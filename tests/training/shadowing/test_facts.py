"""What a year is told of shadowing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suite.appraisal import Period
from suite.hooks import collect
from tests.training.shadowing.stage import DATE
from training.domain.lifecycle import shadowing as lifecycle
from training.domain.shadowing.facts import Row, for_people
from training.domain.years import tables
from training.domain.years.told import told


def line(person):
    (found,) = (line for line in told(person, 2026).lines if line.key == "shadowing")
    return found.said, found.done, found.entries


def test_a_year_is_told_what_is_over_and_what_of_it_was_closed(town):
    town.closed(since="2026-09-01", until="2026-09-02")
    town.reported()
    town.planned(since="2026-11-04", until="2026-11-06", unit=None, outside="县审批局")
    lifecycle.cancel(town.planned(since="2026-08-01", until="2026-08-02"), "防汛。", town.cadre.user)
    assert for_people([town.cadre, town.farmer], 2026) == {
        town.cadre.pk: Row(
            over=2,
            closed=1,
            entries=(
                "2026-09-01—2026-09-02 农业服务队（已办结）",
                "2026-10-19—2026-10-23 农业服务队（报告待审阅）",
                "2026-11-04—2026-11-06 县审批局（进行中）",
            ),
        ),
        town.farmer.pk: Row(),
    }


def test_it_belongs_to_the_year_in_which_it_ends(town):
    town.closed(since="2025-12-29", until="2026-01-04")
    assert [for_people([town.cadre], year)[town.cadre.pk].closed for year in (2025, 2026)] == [0, 1]


def test_everybody_is_asked_about_in_one_query(town):
    town.closed()
    town.closed(town.farmer)
    with CaptureQueriesContext(connection) as asked:
        for_people([town.cadre, town.farmer], 2026)
    assert len(asked) == 1


def test_the_persons_year_says_how_far_it_is(town):
    assert line(town.cadre) == ("本年度没有", True, ())
    row = town.planned(since="2026-11-05", until="2026-11-06")
    assert line(town.cadre)[:2] == ("已安排或者进行中", True)
    lifecycle.cancel(row, "防汛。", town.cadre.user)
    reported = town.reported()
    assert line(town.cadre)[:2] == ("已办结 0 次，已结束 1 次", False)
    lifecycle.close(reported, town.leader.user)
    assert line(town.cadre)[:2] == ("已办结 1 次，已结束 1 次", True)


def test_the_units_table_counts_it(town):
    town.closed()
    town.reported(town.clerk)
    found = tables.table(town.clerk.user, 2026)
    place = tables.columns().index("跟班学习") - 1
    assert {one.unit.name if one.unit else "": row[place] for one, row in tables.rows(found)} == {
        "石桥镇": "—",
        "党政办公室": "1/2（50%）",
        "农业服务队": "—",
        "": "1/2（50%）",
    }


@pytest.mark.parametrize(
    ("first", "last", "closed"), [("2026-10-01", "2026-12-31", 1), ("2026-07-01", "2026-09-30", 0)]
)
def test_the_appraisal_is_told_of_what_ended_in_the_period_and_is_closed(town, first, last, closed):
    town.closed()
    town.reported(since="2026-09-01", until="2026-09-02")
    town.confirmed()
    found = collect("appraisal_facts", town.cadre, Period(DATE(first), DATE(last)))
    figures = {fact.key: (fact.value, str(fact.unit_of_measure)) for fact in found}
    # Nobody is told of whom nothing concerns.
    assert figures.get("training.shadowing", (0, "次")) == (closed, "次")
