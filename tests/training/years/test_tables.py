"""The units' year: tables, charts, workbook, and how many questions they ask the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.training.years.stage import ask_all, attended, grow, held, written
from training.domain.years import tables
from training.domain.years.year import MEASURES
from training.enums import CourseKind

# Beyond what the same address asks for in a year in which nothing was.
MOST_QUERIES = 12


def cells(found):
    return {one.unit.name if one.unit else "": row for one, row in tables.rows(found)}


def test_each_unit_has_its_own_figures_and_nobody_does_anothers_part(town):
    for month in range(1, 11):
        attended(town.cadre, held(f"2026-{month:02}-10", town.clerk, town.office))
    for _number in range(3):
        written(town.cadre)
    found = tables.table(town.clerk.user, 2026)
    names = tables.columns()
    assert cells(found)["党政办公室"][:2] == ["2", "10/20（50%）"]
    notes = names.index("学习笔记") - 1
    assert (cells(found)["党政办公室"][notes], cells(found)[""][notes]) == ("1/2（50%）", "1/6（16%）")
    assert [one.unit.name for one in found.units] == ["石桥镇", "党政办公室", "农业服务队"]


def test_a_leader_sees_the_own_units_alone(town):
    found = tables.table(town.leader.user, 2026)
    assert [one.unit.name for one in found.units] == ["党政办公室"]
    assert tables.table(town.cadre.user, 2026).units == ()


def test_the_overview_draws_each_measure_in_its_own_hundred(town):
    written(town.cadre)
    chart = tables.overview(tables.table(town.clerk.user, 2026))
    bars = {bar.label: ([part.value for part in bar.parts], bar.said) for bar in chart.bars}
    assert bars["学习笔记"] == ([16, 84], "1/6（16%）")
    assert bars["测验合格"] == ([0, 0], "—")
    assert len(chart.bars) == len(MEASURES)


def test_units_are_drawn_by_the_measure_that_is_asked_for(town):
    written(town.cadre)
    found = tables.table(town.clerk.user, 2026)
    chart = tables.by_unit(found, tables.measure_by_key("notes"))
    assert [(bar.label, [part.value for part in bar.parts]) for bar in chart.bars] == [
        ("石桥镇", [0, 3]),
        ("党政办公室", [1, 1]),
        ("农业服务队", [0, 1]),
    ]
    assert tables.measure_by_key("nonsense").key == "study"


def test_of_very_many_units_those_with_most_to_do_are_drawn(town, monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNITS", 2)
    written(town.cadre)
    chart = tables.by_unit(tables.table(town.clerk.user, 2026), tables.measure_by_key("notes"))
    assert (chart.title, [bar.label for bar in chart.bars]) == (
        "学习笔记（未完成最多的 2 个单位）",
        ["石桥镇", "党政办公室"],
    )


def test_what_nobody_owes_is_added_up(town):
    held("2026-03-05", town.clerk, town.office, trainer=town.cadre)
    held("2026-03-12", town.clerk, town.office, CourseKind.VILLAGERS, trainer=town.clerk)
    other = held("2026-03-19", town.clerk, town.office, CourseKind.COURSE)
    for person in (town.cadre, town.clerk):
        attended(person, other)
    found = tables.table(town.clerk.user, 2026)
    assert tables.columns()[-3:] == ["其他培训", "主讲", "办群众培训"]
    assert {name: row[-3:] for name, row in cells(found).items()} == {
        "石桥镇": ["—", "—", "—"], "党政办公室": ["2", "1", "1"], "农业服务队": ["—", "—", "—"], "": ["2", "1", "1"],
    }  # fmt: skip
    (office,) = (one for one in found.units if one.unit == town.office)
    assert {one.person.name: row[-3:] for one, row in tables.people_rows(office)} == {
        "柏建民": ["1", "—", "1"], "方旭": ["1", "1", "—"],
    }  # fmt: skip
    (_units, heads, units), (_people, columns, people) = tables.sheets(found)
    assert dict(zip(heads, units[-1], strict=True))["其他培训"] == 2
    (row,) = (dict(zip(columns, row, strict=True)) for row in people if row[1] == "方旭")
    assert (row["其他培训"], row["主讲"], row["办群众培训"]) == (1, 1, 0)


def test_the_workbook_holds_done_and_owed_apart_for_units_and_people(town):
    written(town.cadre)
    town.confirmed()
    (_units, heads, units), (_people, columns, people) = tables.sheets(tables.table(town.clerk.user, 2026))
    assert (len(heads), len(columns)) == (len(units[0]), len(people[0]))
    row = dict(zip(columns, next(row for row in people if row[1] == "方旭"), strict=True))
    assert (row["单位"], row["学习笔记"], row["学习笔记（应完成）"], row["技能"]) == (
        "党政办公室",
        1,
        1,
        "无人机航拍（熟练）",
    )
    assert (units[-1][0], units[-1][heads.index("学习笔记（应完成）")]) == ("合计", 6)


def test_reading_and_quizzes_are_counted_of_whom_they_are_asked(town):
    ask_all(2, 2)
    grow(town.seat, 1)
    found = tables.table(town.clerk.user, 2026)
    names = tables.columns()
    reading, quizzes = (names.index(name) - 1 for name in ("必读资料", "测验合格"))
    (grown,) = (row for name, row in cells(found).items() if name.startswith("第"))
    assert (grown[reading], grown[quizzes]) == ("12/24（50%）", "24/24（100%）")
    assert cells(found)["农业服务队"][reading] == "0/2（0%）"


@pytest.mark.long
def test_a_table_of_a_thousand_cadres_asks_as_little_as_one_of_a_hundred(town):
    def queries(year):
        with CaptureQueriesContext(connection) as asked:
            tables.sheets(tables.table(town.clerk.user, year))
        return len(asked)

    empty = queries(2020)
    ask_all(6, 3)
    grow(town.seat, 8)
    few = queries(2026)
    grow(town.seat, 76)
    assert queries(2026) == few
    assert few - empty <= MOST_QUERIES
