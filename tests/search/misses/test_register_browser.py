"""The list of questions without hits in real Chromium, on a telephone and on a desk."""

import pytest
from django.utils import timezone

from search.misses.models import Miss
from suite.roles.domain import group
from tests.browser import answers

pytestmark = [pytest.mark.chromium, pytest.mark.django_db]
LIST = "/admin/search/miss/"
QUESTIONS = ("飞机票", "火车票", "汽车票", "轮船票")


@pytest.fixture
def pages(client, django_user_model, search_index):
    """What the editor gets, by path: Chromium may not touch the database itself."""
    editor = django_user_model.objects.create_user("editor", "editor@example.org", "x")
    editor.groups.add(group("editor"))
    client.force_login(editor)
    day = timezone.localdate()
    rows = [Miss.objects.create(question=question, first_day=day, last_day=day) for question in QUESTIONS]
    paths = [LIST, f"{LIST}inspect/{rows[0].pk}/"]
    return {path: client.get(path).content.decode() for path in paths}


@pytest.fixture(params=[320, 390, 1280])
def screen(pages, window, request):
    """A page of a browser without scripts, of that width."""
    return window(width=request.param, height=900, scripts=False, answer=answers(pages))


def test_the_last_row_of_a_register_is_whole_above_the_paging(screen):
    screen.goto(LIST)
    assert screen.locator(".listing tbody tr").count() == len(QUESTIONS)
    last = screen.locator(".listing tbody tr").last.bounding_box()
    shown = screen.locator(".result-list").bounding_box()
    end = last["y"] + last["height"]
    assert end <= shown["y"] + shown["height"] + 0.5
    assert end <= screen.locator(".pagination").bounding_box()["y"] + 0.5


def test_the_buttons_of_a_record_begin_each_line_at_its_edge(screen, pages):
    screen.goto(next(path for path in pages if path != LIST))
    actions = screen.locator(".register-actions").last
    edges: dict[float, float] = {}
    for button in actions.locator(".button").all():
        box = button.bounding_box()
        edges[round(box["y"])] = min(box["x"], edges.get(round(box["y"]), box["x"]))
    assert set(map(round, edges.values())) == {round(actions.bounding_box()["x"])}
