"""How far it is, in words and on a screen."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import timezone

from suite.background.domain.telling import progress_text
from suite.background.following import follow, progress


@pytest.mark.parametrize(
    ("state", "running", "done", "age", "expected"),
    [
        ("counting", False, 0, 10, "0 / 100，正在排队"),
        ("counting", False, 0, 400, "0 / 100，等待后台处理。如果一直这样，请告诉系统管理员。"),
        ("counting", True, 0, 400, "0 / 100，正在排队"),
        ("counting", True, 25, 10, "25 / 100，约还需30秒"),
        ("counting", False, 5, 10, "5 / 100，约还需3分钟"),
        ("done", False, 100, 10, "counted"),
    ],
)
def test_progress_is_told_in_one_line(count_model, state, running, done, age, expected):
    now = timezone.now()
    started = now - timedelta(seconds=10) if done else None
    count = count_model(total=100, done=done, running=running, state=state, started_at=started)
    count.requested_at = now - timedelta(seconds=age)
    assert progress_text(count, now) == expected


def screen(rf, count, query=""):
    following = follow(rf.get("/" + query), count, "已看的灯", "2 / 5", "/progress/")
    names = ("head", "progress", "script")
    return "".join(render_to_string(f"background/{name}.html", {"following": following}) for name in names)


def test_a_screen_follows_it_with_scripts_and_without(rf, count_model):
    html = screen(rf, count_model(done=2, total=5))
    page = BeautifulSoup(html, "html.parser")
    assert page.select_one("[data-progress]")["data-progress"] == "/progress/"
    bar = page.select_one("progress")
    assert (bar["max"], bar["value"], page.select_one(f"label[for={bar['id']}]").text) == ("5", "2", "已看的灯")
    assert page.select_one(f"#{bar['aria-describedby']}").text == "2 / 5"
    assert 'http-equiv="refresh" content="5"' in html
    assert "progress.js" in html
    assert "本页每5秒自动刷新一次。" in html


def test_whoever_does_not_want_that_stops_it(rf, count_model):
    html = screen(rf, count_model(done=2, total=5), "?follow=no")
    assert "data-progress" not in html
    assert "http-equiv" not in html
    assert "progress.js" not in html
    assert [link["href"] for link in BeautifulSoup(html, "html.parser").select("a")] == ["?follow=no", "?"]


def test_work_without_a_known_end_shows_only_that_something_happens(rf, count_model):
    bar = BeautifulSoup(screen(rf, count_model(done=2)), "html.parser").select_one("progress")
    assert (bar.get("max"), bar.get("value")) == (None, None)


def test_of_finished_work_nothing_is_followed(rf, count_model):
    assert screen(rf, count_model(state="done")).strip() == ""


def test_the_script_is_told_the_same(count_model):
    answer = progress(count_model(done=2, total=5), "2 / 5", problems=1)
    assert json.loads(answer.content) == {"done": 2, "text": "2 / 5", "unfinished": True, "problems": 1}
