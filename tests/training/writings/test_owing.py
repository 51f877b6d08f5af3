"""Who still owes a note or an article, and what of it stands in tables, facts, files and on desks."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from organisation.models import Absence
from suite.registers.sheets import write_book
from tests.training.town import appoint, leave
from tests.training.writings.stage import NOW, YEAR
from training.domain.lifecycle import writings
from training.domain.writings.book import owing_book, standing, why_nothing
from training.domain.writings.facts import Row, for_people
from training.domain.writings.owing import by_unit, day_asked, owing, owing_of
from training.domain.writings.waiting import editing, reading, running, writing


def owed(on=None, year=YEAR):
    return {one.cadre.person.name: (one.owed("note"), one.owed("article")) for one in owing(year, on=on)}


def test_every_cadre_owes_one_of_each_until_it_is_accepted(town):
    assert owed() == {"顾明远": (1, 1), "田野": (1, 1), "沈静": (1, 1), "白露": (1, 1)}
    town.handed_in()
    assert owed()["田野"] == (1, 1)
    town.accepted()
    assert owed()["田野"] == (0, 1)
    town.accepted(kind="article")
    assert owed()["田野"] == (0, 0)


def test_more_than_asked_of_one_kind_does_not_stand_for_the_other_nor_for_another_year(town):
    town.accepted()
    town.accepted()
    assert owed()["田野"] == (0, 1)
    assert owed(year=2025)["田野"] == (1, 1)


def test_the_office_says_how_many_are_asked(town):
    town.settings.notes_a_year, town.settings.articles_a_year = 2, 0
    town.settings.save()
    town.accepted()
    assert owed()["田野"] == (1, 0)


def test_only_the_townships_own_cadres_in_service_owe(town):
    village = town.unit("上塘村", "village", town.seat)
    town.person("谭秀芝", "liaison", unit=village)
    leave(town.other)
    assert sorted(owed()) == sorted(["顾明远", "田野", "沈静"])


@pytest.mark.parametrize(("since", "both"), [((2026, 9, 30), (1, 1)), ((2026, 10, 1), (0, 0))])
def test_newcomers_of_the_last_quarter_begin_next_year(town, since, both):
    one = town.person("方圆", unit=town.office, since=datetime.date(*since))
    found = owing_of(one, YEAR)
    assert (found.owed("note"), found.owed("article")) == both
    assert found.newcomer == (both == (0, 0))
    assert why_nothing(found) == ("第四季度新到岗" if both == (0, 0) else "")


def test_who_moves_to_another_post_in_the_last_quarter_is_no_newcomer(town):
    town.cadre.appointments.update(until=datetime.date(2026, 10, 1))
    appoint(town.cadre, town.centre, since=datetime.date(2026, 10, 2))
    found = owing_of(town.cadre, YEAR)
    assert (found.cadre.unit, found.newcomer, found.owes) == (town.centre, False, True)


def test_who_is_let_off_owes_nothing_and_what_they_wrote_still_counts(town):
    town.accepted()
    writings.release(town.cadre, YEAR, "长期病假。", town.runs.user)
    found = owing_of(town.cadre, YEAR)
    assert (found.owes, found.accepted("note"), why_nothing(found)) == (False, 1, "免写：长期病假。")
    assert owed(year=2025)["田野"] == (1, 1)


def test_an_absence_is_shown_and_lets_nobody_off_by_itself(town):
    Absence.objects.create(person=town.cadre, kind="leave", since=NOW.date(), until=NOW.date())
    found = owing_of(town.cadre, YEAR)
    assert (found.away, found.owes) == ("请假 2026-10-20–2026-10-20", True)


def test_the_posts_that_count_are_those_of_today_within_the_year(time):
    assert day_asked(2026) == datetime.date(2026, 10, 20)
    assert day_asked(2025) == datetime.date(2025, 12, 31)
    assert day_asked(2027) == datetime.date(2027, 1, 1)


def test_units_add_up(town):
    town.accepted()
    rows = {
        unit.unit.name: (len(unit.people), len(unit.asked), unit.accepted("note"), len(unit.owing))
        for unit in by_unit(owing(YEAR))
    }
    assert rows == {"石桥镇": (1, 1, 0, 1), "党政办公室": (2, 2, 1, 2), "便民服务中心": (1, 1, 0, 1)}


def test_where_somebody_is_in_words(town):
    town.accepted()
    town.handed_in(kind="article")
    found = owing_of(town.cadre, YEAR)
    assert [standing(found, kind) for kind in ("note", "article")] == ["已通过 1", "待审阅 1，欠1篇"]


def test_the_workbook_has_everybody_and_the_units(town):
    town.accepted()
    output = io.BytesIO()
    write_book(output, owing_book(owing(YEAR)))
    people, units = (list(sheet.values) for sheet in load_workbook(output).worksheets)
    assert ("党政办公室", "田野", "党政办公室干事", "已通过 1", "欠1篇", 1, None) in [
        tuple(value or None for value in row) for row in people
    ]
    assert units[2] == ("党政办公室", 2, 2, 1, 0, 2)


def test_facts_of_people(town):
    town.accepted(title="笔记")
    town.begun(kind="article")
    writings.release(town.other, YEAR, "长期病假。", town.runs.user)
    assert for_people([town.cadre, town.other, town.head], YEAR) == {
        town.cadre.pk: Row(note=1, article=0, states=(("note", "accepted", "笔记"), ("article", "writing", ""))),
        town.other.pk: Row(released="长期病假。"),
        town.head.pk: Row(),
    }


@pytest.mark.parametrize("asked", [lambda town: owing(YEAR), lambda town: for_people([town.cadre], YEAR)])
def test_the_number_of_queries_does_not_grow_with_people(town, asked):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            asked(town)
        return len(queries)

    few = count()
    for number in range(30):
        one = town.person(f"干部{number}", unit=town.office)
        town.accepted(one) if number % 3 else town.begun(one)
    assert count() == few
    assert few <= 7


# Desks


def items(found):
    return [(str(one.title), str(one.reason), one.due and one.due.date()) for one in found]


def test_from_its_month_on_the_desk_asks_for_what_is_to_be_handed_in(town, time):
    last = datetime.date(2026, 12, 31)
    why = "每名干部每年都要写；您在党政办公室任职。"
    assert items(writing(town.cadre.user)) == [("2026年还要写：学习笔记 1、调研文章 1篇", why, last)]
    town.handed_in()
    assert items(writing(town.cadre.user)) == [("2026年还要写：调研文章 1篇", why, last)]
    town.handed_in(kind="article")
    assert items(writing(town.cadre.user)) == []


def test_before_its_month_the_desk_asks_for_nothing(town, time):
    time.now = datetime.datetime(2026, 8, 31, 23, 59, tzinfo=NOW.tzinfo)
    assert items(writing(town.cadre.user)) == items(running()) == []
    time.now += datetime.timedelta(minutes=1)
    assert len(items(writing(town.cadre.user))) == len(items(running())) == 1


def test_what_was_returned_is_on_the_desk_all_year(town, time):
    one = town.handed_in()
    writings.return_with_remark(one, one.version, "请补数据。", town.leader.user)
    time.now = datetime.datetime(2026, 3, 1, 9, tzinfo=NOW.tzinfo)
    assert items(writing(town.cadre.user)) == [("请修改“走访体会”", "已退回：请补数据。", None)]


def test_who_decides_has_one_line_however_many_wait(town):
    assert items(reading(town.leader.user)) == []
    town.handed_in()
    town.handed_in(town.other)
    assert items(reading(town.leader.user)) == [("请审阅2篇学习笔记或调研文章", "由您审阅，作者：田野、白露。", None)]
    assert items(reading(town.head.user)) == items(reading(town.runs.user)) == []


def test_the_office_sees_how_many_owe(town):
    assert [title for title, _why, _due in items(running())] == ["还有4人欠交学习笔记或调研文章"]


def test_editors_are_told_of_drafts_and_of_the_section_that_is_wanting(town):
    assert items(editing(town.editor.user)) == []
    town.accepted(publish=True)
    assert [title for title, _why, _due in items(editing(town.editor.user))] == ["请建立学习园地栏目"]
    assert items(editing(town.cadre.user)) == []
