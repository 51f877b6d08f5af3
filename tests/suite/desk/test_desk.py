import datetime
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail import hooks

from suite.desk import DeskItem, DeskLink
from suite.desk.domain.queries import desk_of
from suite.roles.domain import assign
from suite.roles.models import RoleSettings

pytestmark = pytest.mark.django_db

# A Wednesday.
NOW = datetime.datetime(2026, 11, 18, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def item(key, due=None, title=None):
    return DeskItem(key, title or f"做{key}", f"/do/{key}/", "您是承办人", due, "periodic")


def at(day, hour=12):
    return NOW.replace(day=day, hour=hour, minute=0)


@contextmanager
def answering(name, *functions):
    registered = hooks._hooks.get(name, [])
    hooks._hooks[name] = [(function, 0) for function in functions]
    try:
        yield
    finally:
        hooks._hooks[name] = registered


def waiting(*functions):
    return answering("desk_items", *functions)


@pytest.fixture
def person():
    return User.objects.create_user("li", password="secret", first_name="李", last_name="某")


def shape(desk):
    return {group.key: [line.key for line in group.items] for group in desk.groups}


def test_lines_are_ordered_by_due_time_in_groups(person):
    lines = [
        item("none"),
        item("next", at(23)),
        item("sunday", at(22)),
        item("late", at(18, 9)),
        item("tonight", at(18, 23)),
        item("noon", at(18)),
        item("later", at(17)),
        item("tomorrow", at(19)),
    ]
    with waiting(lambda user: lines):
        desk = desk_of(person, NOW)
    assert shape(desk) == {
        "overdue": ["later", "late"],
        "today": ["noon", "tonight"],
        "week": ["tomorrow", "sunday"],
        "later": ["next"],
        "undated": ["none"],
    }
    assert list(shape(desk)) == ["overdue", "today", "week", "later", "undated"]
    assert (desk.count, desk.missing) == (8, [])


def test_a_day_is_the_office_s_day_whatever_zone_the_due_time_is_in(person):
    utc = datetime.datetime(2026, 11, 18, 17, tzinfo=datetime.UTC)
    with waiting(lambda user: [item("one in the morning tomorrow", utc)]):
        assert list(shape(desk_of(person, NOW))) == ["week"]


def test_the_same_line_from_two_plugins_is_one_line(person):
    with waiting(lambda user: [item("a")], lambda user: [item("a")]):
        assert desk_of(person, NOW).count == 1


def test_each_line_goes_to_the_person_asked_for(person):
    with waiting(lambda user: [item(user.username)]):
        assert shape(desk_of(person, NOW)) == {"undated": ["li"]}


def broken(user):
    raise ValueError("no desk drawer")


def test_a_plugin_that_fails_takes_only_its_own_lines_and_is_named(person, client, caplog):
    client.force_login(person)
    broken.__module__ = "suite.periodic.wagtail_hooks"
    with waiting(broken, lambda user: [item("a")]):
        response = client.get("/desk/")
    assert response.status_code == 200
    text = response.content.decode()
    assert "“定时处理”部分读取失败" in text
    assert "做a" in text
    assert "no desk drawer" in caplog.text


@pytest.mark.parametrize("row", ["a string", item("naive", datetime.datetime(2026, 11, 18, 9))])  # noqa: DTZ001
def test_a_plugin_that_answers_nonsense_takes_only_its_own_lines(person, row):
    with waiting(lambda user: [row], lambda user: [item("a")]):
        desk = desk_of(person, NOW)
    assert (shape(desk), len(desk.missing)) == ({"undated": ["a"]}, 1)


def test_the_page_says_what_why_until_when_and_how_many(person, client):
    client.force_login(person)
    lines = [item("a", timezone.now() - datetime.timedelta(days=2)), item("b")]
    with waiting(lambda user: lines):
        text = client.get("/desk/").content.decode()
    assert "共有2件事等您处理" in text
    assert '<a href="/do/a/">做a</a>' in text
    assert text.count("您是承办人") == 2
    assert f"{timezone.localtime(lines[0].due):%Y-%m-%d %H:%M} 已逾期" in text
    assert "李 某" in text


def test_an_empty_desk_says_why_it_is_empty(person, client):
    client.force_login(person)
    with waiting():
        assert "目前没有等您处理的事" in client.get("/desk/").content.decode()


def test_titles_cannot_smuggle_markup(person, client):
    client.force_login(person)
    with waiting(lambda user: [item("a", title="<script>alert(1)</script>")]):
        text = client.get("/desk/").content.decode()
    assert "<script>alert(1)</script>" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_only_who_works_in_the_admin_is_led_there(person, client):
    client.force_login(person)
    assert 'href="/admin/"' not in client.get("/desk/").content.decode()
    assign(person, "editor", None)
    text = client.get("/desk/").content.decode()
    assert 'href="/admin/"' in text
    assert "李 某，编辑" in text


def test_the_desk_says_when_the_three_administrators_are_not_kept_apart(person, client):
    client.force_login(person)
    assert "三员" not in client.get("/desk/").content.decode()
    RoleSettings.objects.create(separate_administrators=False)
    assert "三员" in client.get("/desk/").content.decode()


def test_more_lines_cost_no_more_queries(person, client):
    client.force_login(person)
    client.get("/desk/")
    counts = []
    for number in (1, 50):
        with (
            waiting(lambda user, n=number: [item(str(i)) for i in range(n)]),
            answering("desk_links"),
            CaptureQueriesContext(connection) as seen,
        ):
            client.get("/desk/")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_a_desk_is_kept_in_no_cache(person, client):
    client.force_login(person)
    assert "no-store" in client.get("/desk/")["Cache-Control"]


def test_buttons_of_plugins_stand_on_the_desk_in_their_order(person, client):
    client.force_login(person)
    rows = [DeskLink("后", "/b/", order=20), DeskLink("先", "/a/", order=10)]
    with answering("desk_links", lambda user: rows):
        html = client.get("/desk/").content.decode()
    assert html.index('href="/a/">先') < html.index('href="/b/">后')
