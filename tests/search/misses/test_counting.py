"""What is counted, and how often."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from search.misses import counting
from search.misses.counting import count
from search.misses.models import Miss, Outcome, Standing
from search.models import Synonym
from suite.roles.domain import group
from suite.throttle.models import Passage
from tests.processes import at_once

PHONE = "Mozilla/5.0 (Linux; Android 10; HarmonyOS; HUAWEI Browser) AppleWebKit/537.36 Mobile Safari/537.36"


@pytest.fixture
def visit(db, search_index):
    """visit(q, address, **headers): a villager searches. The site has one page, about 低保."""
    root = Site.objects.get(is_default_site=True).root_page
    from wagtail.models import Page

    root.add_child(instance=Page(title="农村低保申请指南", slug="dibao"))
    call_command("rebuild_modelsearch_index", verbosity=0, stdout=StringIO())

    def get(query, address="203.0.113.7", method="get", headers=None, client=None, **parameters):
        sent = {"User-Agent": PHONE, **(headers or {})}
        client = client or Client()
        return getattr(client, method)("/search/", {"q": query, **parameters}, REMOTE_ADDR=address, headers=sent)

    return get


def counted():
    return dict(Miss.objects.values_list("question", "times"))


def test_a_question_counts_when_nothing_is_found(visit):
    visit("飞机票")
    visit("低保")
    assert counted() == {"飞机票": 1}
    assert Miss.objects.get().first_day == Miss.objects.get().last_day == timezone.localdate()


def test_other_spellings_of_a_question_are_the_same_question(visit):
    visit("飛機票？", "203.0.113.1")
    visit(" 飞机票", "203.0.113.2")
    assert counted() == {"飞机票": 2}


def test_one_address_counts_once_an_hour(visit):
    for _ in range(3):
        visit("飞机票")
    visit("飞机票", "203.0.113.8")
    assert counted() == {"飞机票": 2}
    Passage.objects.update(at=timezone.now() - datetime.timedelta(hours=1))
    visit("飞机票")
    assert counted() == {"飞机票": 3}


def test_further_pages_and_filters_that_leave_nothing_are_no_miss(visit):
    visit("低保", kind="hearing")
    visit("低保", kind="nonsense", p="3")
    visit("飞机票", p="2")
    visit("飞机票", kind="guide")
    visit("")
    visit("低保", p="99")
    assert counted() == {}


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("get", {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"}),
        ("get", {"User-Agent": "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/103.0.5060.134"}),
        ("get", {"User-Agent": "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)"}),
        ("get", {"User-Agent": "python-requests/2.32"}),
        ("get", {"User-Agent": ""}),
        ("get", {"Sec-Purpose": "prefetch"}),
        ("get", {"Purpose": "prefetch"}),
        ("head", {}),
        ("post", {}),
    ],
)
def test_only_people_are_counted(visit, method, headers):
    visit("飞机票", method=method, headers=headers)
    assert counted() == {}


def test_who_keeps_the_list_may_try_things_out(visit, django_user_model):
    editor = django_user_model.objects.create_user("editor", "e@example.org", "x")
    editor.groups.add(group("editor"))
    client = Client()
    client.force_login(editor)
    visit("飞机票", client=client)
    assert counted() == {}
    client.force_login(django_user_model.objects.create_user("cadre", "c@example.org", "x"))
    visit("飞机票", client=client)
    assert counted() == {"飞机票": 1}


def test_an_index_that_cannot_be_asked_makes_no_miss(visit):
    from modelsearch.backends import get_search_backend
    from wagtail.models import Page

    store = get_search_backend().store(Page)
    store._forget()
    for part in (store.root / store.pointer()).iterdir():
        part.write_bytes(b"broken")
    visit("飞机票")
    visit("火车票")
    assert counted() == {}
    call_command("rebuild_modelsearch_index", verbosity=0, stdout=StringIO())
    visit("飞机票")
    assert counted() == {"飞机票": 1}


def test_nothing_about_who_asked_is_kept_anywhere(visit):
    visit("飞机票")
    visit("张建国低保户口火车票13812345678")
    assert counted() == {"飞机票": 1}
    rows = [str(row) for model in (Miss, Passage) for row in model.objects.values()]
    assert not any("203.0.113.7" in row or "张建国" in row or "138" in row for row in rows)


def test_one_address_counts_so_many_different_questions_an_hour(visit, monkeypatch):
    monkeypatch.setattr(counting, "MOST_FROM_ONE", 2)
    for query in ("飞机票", "火车票", "汽车票"):
        visit(query)
    assert counted() == {"飞机票": 1, "火车票": 1}
    visit("汽车票", "203.0.113.8")
    assert counted() == {"飞机票": 1, "火车票": 1, "汽车票": 1}


def test_a_full_list_lets_go_of_what_is_asked_least_and_keeps_what_is_not_ours(db, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)
    count("不归我们管", "203.0.113.1")
    Miss.objects.update(outcome=Outcome.NOT_OURS)
    for address in ("203.0.113.1", "203.0.113.2"):
        count("常有人问", address)
    count("很早以前", "203.0.113.1")
    Miss.objects.filter(question="很早以前").update(last_day=timezone.localdate() - datetime.timedelta(days=1))
    count("刚刚有人问", "203.0.113.1")
    assert counted() == {"不归我们管": 1, "常有人问": 2, "刚刚有人问": 1}


def test_a_question_that_was_dealt_with_comes_back_and_one_that_is_not_ours_does_not(visit):
    visit("飞机票")
    visit("火车票")
    Miss.objects.filter(question="飞机票").update(outcome=Outcome.DONE, times_then=1)
    Miss.objects.filter(question="火车票").update(outcome=Outcome.NOT_OURS, times_then=1)
    assert list(Miss.objects.waiting()) == []
    visit("飞机票", "203.0.113.8")
    visit("火车票", "203.0.113.8")
    assert [(miss.question, miss.standing) for miss in Miss.objects.waiting()] == [("飞机票", Standing.AGAIN)]
    assert counted() == {"飞机票": 2, "火车票": 2}


def test_what_a_synonym_finds_by_now_does_not_come_back(visit):
    visit("困难户")
    Miss.objects.update(outcome=Outcome.DONE, times_then=1)
    Synonym.objects.create(words="困难户、低保")
    visit("困难户", "203.0.113.8")
    assert counted() == {"困难户": 1}


def test_the_page_asks_and_writes_nothing_more_before_it_is_sent(visit, rf):
    """Counting happens when the server closes the response, so that nobody waits for it."""
    from django.contrib.auth.models import AnonymousUser

    from search.views import search

    request = rf.get("/search/", {"q": "飞机票"}, REMOTE_ADDR="203.0.113.7", headers={"User-Agent": PHONE})
    request.user = AnonymousUser()
    response = search(request)
    assert "没有找到" in response.content.decode()
    assert counted() == {}
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)
    assert counted() == {"飞机票": 1}


@pytest.mark.django_db(transaction=True)
def test_a_busy_database_costs_the_count_and_not_the_visitor(monkeypatch, tmp_path, caplog, visit):
    """Another process writes for longer than a count waits."""
    import sqlite3
    import time

    monkeypatch.setattr(counting, "PATIENCE", 0.2)
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    response = visit("飞机票")
    took = time.monotonic() - started
    other.execute("ROLLBACK")
    other.close()
    assert response.status_code == 200
    assert took < 5
    assert "was not counted" in caplog.text
    assert counted() == {}
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == usual


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_count_the_same_question_lose_none(tmp_path):
    def work(number):
        for address in range(10):
            assert count("飞机票", f"203.0.{number}.{address}")

    assert at_once(work, 2, tmp_path) == []
    assert counted() == {"飞机票": 20}


@pytest.mark.django_db(transaction=True)
def test_one_address_in_two_processes_counts_once(tmp_path):
    assert at_once(lambda number: count("飞机票", "203.0.113.7"), 2, tmp_path) == []
    assert counted() == {"飞机票": 1}
