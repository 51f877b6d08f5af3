"""One's own learning, a person's year on a page and on paper, the units' year."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from printing.domain.door import print_document
from suite.hooks import collect
from suite.roles.domain import group
from tests.reading import text
from tests.training.years.stage import ask_all, attended, held, written
from training.domain.courses.own import desk_items
from training.enums import CourseKind, EnrolmentState, News, SessionState
from training.models import Enrolment


@pytest.fixture
def opened(client):
    """Opens an address as somebody."""

    def open_(person, name, *args, **query):
        client.force_login(person.user)
        return client.get(reverse(name, args=args), query)

    return open_


def html(page):
    return BeautifulSoup(page.content, "html.parser")


def test_ones_own_learning_names_what_waits_with_a_link_and_what_has_come_of_the_year(town, opened):
    town.claim()
    page = html(opened(town.leader, "training_own"))
    waiting = {link.get_text(strip=True): link["href"] for link in page.select(".entries a")}
    assert waiting["认定 1 项技能申报"] == reverse("training_skills_waiting")
    said = [line.get_text(" ", strip=True) for line in page.select(".year-lines h3")]
    assert said[0] == "每月学习 已学 0 个月，应学 10 个月"
    assert reverse("training_skills_who") in {link["href"] for link in page.select(".actions a")}
    assert reverse("training_own") not in {link["href"] for link in page.select(".actions a")}


def test_sessions_to_come_are_named_with_day_and_place_until_they_are_over(town, opened):
    soon = held("2026-11-05", town.clerk, town.office, CourseKind.COURSE, SessionState.OPEN)
    over = held("2026-11-03", town.clerk, town.office, CourseKind.STUDY, SessionState.OPEN)
    away = held("2026-11-06", town.clerk, town.office, CourseKind.COACHING, SessionState.OPEN)
    off = held("2026-11-07", town.clerk, town.office, CourseKind.COACHING, SessionState.CANCELLED)
    for session, state in ((soon, "enrolled"), (over, "enrolled"), (away, "withdrawn"), (off, "enrolled")):
        Enrolment.objects.create(session=session, person=town.cadre, state=EnrolmentState(state))
    page = html(opened(town.cadre, "training_own"))
    coming = [line.get_text(" ", strip=True) for line in page.select(".coming li")]
    assert coming == ["干部培训课 2026年11月5日（星期四）上午9:00 镇政府三楼会议室 已录取"]
    assert page.select_one(".coming a")["href"] == reverse("training_courses_session", args=[soon.pk])


def test_a_session_to_come_stands_once_on_the_page_with_its_news(town, opened):
    mine = held("2026-11-05", town.clerk, town.office, CourseKind.COURSE, SessionState.OPEN)
    taught = held("2026-11-05", town.clerk, town.office, CourseKind.COACHING, SessionState.OPEN, trainer=town.cadre)
    Enrolment.objects.create(session=mine, person=town.cadre, tell=News.MOVED)
    lines = [item.title for item in desk_items(town.cadre.user)]
    assert len(lines) == 3
    page = html(opened(town.cadre, "training_own"))
    links = [link["href"] for link in page.select(".entries a")]
    sessions = [reverse("training_courses_session", args=[one.pk]) for one in (mine, taught)]
    assert [link for link in links if link in sessions] == sessions
    assert [line.get_text(" ", strip=True).partition("会议室 ")[2] for line in page.select(".coming li")] == [
        "已改时间 已录取", "您主讲",
    ]  # fmt: skip


def test_what_has_to_be_done_about_a_session_to_come_stays_among_what_waits(town, opened):
    bare = held("2026-11-06", town.cadre, town.office, CourseKind.COACHING, SessionState.OPEN)
    Enrolment.objects.create(session=bare, person=town.cadre)
    page = html(opened(town.cadre, "training_own"))
    address = reverse("training_courses_session", args=[bare.pk])
    assert [link.get_text(strip=True) for link in page.select(".entries a") if link["href"] == address] == [
        "请安排主讲人：季度业务辅导课 2026-11-06 09:00", "季度业务辅导课",
    ]  # fmt: skip


def test_a_session_that_was_cancelled_stands_among_what_waits_until_it_was_seen(town, opened):
    gone = held("2026-11-05", town.clerk, town.office, CourseKind.COURSE, SessionState.CANCELLED)
    Enrolment.objects.create(session=gone, person=town.cadre, tell=News.CANCELLED)
    page = html(opened(town.cadre, "training_own"))
    assert page.select(".coming") == []
    assert reverse("training_courses_session", args=[gone.pk]) in [link["href"] for link in page.select(".entries a")]


def test_a_year_is_seen_by_the_person_and_those_who_may(town, opened):
    written(town.cadre, title="走访体会")
    for person, status in (
        (town.cadre, 200),
        (town.leader, 200),
        (town.head, 200),
        (town.clerk, 200),
        (town.supervisor, 200),
        (town.other, 404),
        (town.farmer, 404),
    ):
        page = opened(person, "training_year_person", town.cadre.pk, 2026)
        assert (person.name, page.status_code) == (person.name, status)
    page = opened(town.leader, "training_year_person", town.cadre.pk, 2026)
    assert "方旭：2026年学习情况" in text(page)
    assert "《走访体会》 已通过" in text(page)
    assert [link.get_text() for link in html(page).select("[rel=prev], [rel=next]")] == ["2025"]
    # Only one's own page leads to where it is done.
    assert html(page).select(".year-lines a") == []


@pytest.mark.parametrize("year", [1999, 2100])
def test_years_that_cannot_be_do_not_exist(town, opened, year):
    assert opened(town.cadre, "training_year_person", town.cadre.pk, year).status_code == 404
    assert opened(town.clerk, "training_years", year).status_code == 404
    assert opened(town.clerk, "training_years_file", year).status_code == 404


def test_nobody_has_no_year(town, opened):
    assert opened(town.clerk, "training_year_person", 10**9, 2026).status_code == 404


def test_the_units_year_is_for_those_who_see_others(town, opened):
    written(town.cadre)
    assert opened(town.cadre, "training_years", 2026).status_code == 403
    assert opened(town.cadre, "training_years_file", 2026).status_code == 403
    assert opened(town.clerk, "training_years_now").url == reverse("training_years", args=[2026])
    page = opened(town.leader, "training_years", 2026, by="notes", unit=town.office.pk)
    names = [link.get_text() for link in html(page).select("tbody a")]
    assert names == ["党政办公室", "柏建民", "方旭"]
    assert [link.get_text() for link in html(page).select("[aria-current=true]")] == ["学习笔记"]
    assert "学习笔记（按单位）" in text(page)
    elsewhere = opened(town.leader, "training_years", 2026, unit=town.team.pk)
    assert [link.get_text() for link in html(elsewhere).select("tbody a")] == ["党政办公室"]
    assert opened(town.leader, "training_years_file", 2026)["Content-Type"].endswith("spreadsheetml.sheet")


def test_who_leads_nobody_is_told_so(town, opened):
    idle = town.person("空缺", "leader", unit=town.seat)
    assert "您没有分管的干部。" in text(opened(idle, "training_years", 2026))


def test_of_all_ways_into_training_the_desk_shows_one_and_leaders_the_units_year(town):
    def ways(person):
        return [str(link.title) for link in collect("desk_links", person.user) if "/training/" in link.url]

    assert ways(town.cadre) == ["我的学习"]
    assert ways(town.leader) == ["我的学习", "各单位学习情况"]


def test_no_two_ways_on_the_page_of_ones_own_learning_bear_one_name(town, opened):
    page = html(opened(town.clerk, "training_own"))
    names = [link.get_text(strip=True) for link in page.select(".actions a")]
    assert {"培训签到", "培训签到名单"} <= set(names)
    assert len(names) == len(set(names))


def test_the_ways_into_every_room_stand_on_the_page_of_ones_own_learning(town, opened):
    page = text(opened(town.cadre, "training_own"))
    assert all(word in page for word in ("我的必读", "我的测验", "我的学习笔记和调研文章", "谁会什么", "我的技能"))
    assert "安排课程和场次" not in page
    assert "各单位学习情况" not in page
    leading = html(opened(town.leader, "training_own"))
    assert leading.find("a", string="各单位学习情况")["href"] == reverse("training_years_now")
    office = html(opened(town.clerk, "training_own"))
    assert office.find("a", string="安排课程和场次")["href"] == reverse("training_session_modeladmin_index")


def test_what_is_late_is_said_to_be_with_its_day(town, opened):
    ask_all(0, 1)
    group("cadre").user_set.add(town.cadre.user)
    [line] = [item for item in html(opened(town.cadre, "training_own")).select(".entries li") if "测验0" in item.text]
    assert line.time.get_text(strip=True) == "2026-09-01 17:30 已逾期"


def test_who_is_not_in_the_directory_has_no_learning_of_their_own(client, db, django_user_model):
    client.force_login(django_user_model.objects.create_user("visitor"))
    assert client.get(reverse("training_own")).status_code == 403
    assert client.get(reverse("training_year_person", args=[1, 2026])).status_code == 403


@pytest.mark.pdf
def test_the_year_is_one_sheet_of_paper_behind_the_same_door(town, opened):
    for month in range(1, 11):
        attended(town.cadre, held(f"2026-{month:02}-10", town.clerk, town.office))
    written(town.cadre)
    paper = print_document("training-year", f"{town.cadre.pk}-2026")
    assert paper.content.startswith(b"%PDF")
    assert paper.file_name == "2026年学习情况登记表 方旭.pdf"
    address = "printing:document"
    assert opened(town.leader, address, "training-year", f"{town.cadre.pk}-2026").status_code == 200
    assert opened(town.farmer, address, "training-year", f"{town.cadre.pk}-2026").status_code in (403, 404)
