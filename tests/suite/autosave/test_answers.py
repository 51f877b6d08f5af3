"""What is read from a form that saves itself, and what it is answered; with and without scripts."""

import re

import pytest
from django.test import Client, RequestFactory

from suite.autosave.answers import as_fields, fields_of, rows_of, sent

JSON = {"Accept": "application/json"}


def posted(data):
    return RequestFactory().post("/", data)


@pytest.mark.parametrize(
    ("data", "read"),
    [
        ({"version": "3", "writer": "desk", "turn": "8"}, (3, "desk", 8)),
        ({"version": "0"}, (0, "", 0)),
        ({}, (-1, "", 0)),
        ({"version": "-3", "turn": "-1"}, (-1, "", 0)),
        ({"version": "三", "turn": "²"}, (-1, "", 0)),
        ({"version": "9" * 400, "writer": "x" * 400, "turn": "9" * 400}, (-1, "x" * 36, 0)),
    ],
)
def test_what_cannot_be_read_is_a_version_that_no_draft_has(data, read):
    assert sent(posted(data)) == read


def test_the_fields_are_kept_in_their_order_without_those_of_the_machinery():
    request = posted({"version": "1", "writer": "w", "turn": "1", "b": ["2", "1"], "a": "", "csrfmiddlewaretoken": "x"})
    assert list(fields_of(request.POST).items()) == [("b", ["2", "1"]), ("a", [""])]


def test_rows_are_read_in_the_order_of_their_numbers_and_written_back():
    fields = {
        "rows-10-work": ["后"], "rows-2-work": ["先\r\n二行"], "rows-2-due": [""], "rows-3-work": [" "], "unit": ["甲"],
        "other-0-work": ["x"], "rows-x-work": ["x"], "rows-1": ["x"], "rows-4-work": [],
    }  # fmt: skip
    rows = rows_of(fields, "rows")
    assert rows == [{"work": "先\n二行", "due": ""}, {"work": "后"}]
    assert as_fields(rows, "rows") == {"rows-0-work": ["先\n二行"], "rows-0-due": [""], "rows-1-work": ["后"]}


def test_a_script_is_told_the_version_a_conflict_or_a_refusal(kept, client):
    first = client.post("/kept/", {"version": 0, "unit": "党政办"}, headers=JSON)
    assert (first.status_code, first.json()) == (200, {"version": 1})
    late = client.post("/kept/", {"version": 0, "unit": "农业站"}, headers=JSON)
    assert (late.status_code, late.json()) == (409, {"version": 1, "values": {"unit": ["党政办"]}})
    refused = client.post("/kept/", {"version": 1, "unit": "天天"}, headers=JSON)
    assert (refused.status_code, refused.json()) == (422, {"errors": ["“天天”不是可以衡量的目标。"]})
    assert kept.values == {"unit": ["党政办"]}


def test_a_page_whose_token_has_expired_gets_another(kept):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/kept/", {"version": 0}, headers=JSON).status_code == 403
    news = client.get("/kept/news/").json()
    headers = {**JSON, "X-CSRFToken": news["token"]}
    assert news["version"] == 0
    assert client.post("/kept/", {"version": 0}, headers=headers).json() == {"version": 1}


def test_without_scripts_a_conflict_shows_what_differs_and_the_person_chooses(kept, client):
    client.post("/kept/", {"version": 0, "unit": "党政办", "rows-0-work": "修路"})
    page = client.post("/kept/", {"version": 0, "unit": "党政办", "rows-0-work": "修<桥>\n和堤", "file": "1"})
    shown = page.content.decode()
    assert page.status_code == 409
    assert re.findall(r"<h2>([^<]*)</h2>", shown) == ["第1项工作"]
    assert re.findall(r'kept-text">([^<]*)<', shown) == ["修路。", "修&lt;桥&gt;\n和堤。"]
    assert kept.values["rows-0-work"] == ["修路"]
    hidden = dict(re.findall(r'type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', shown))
    chosen = {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in hidden.items()}
    assert client.post("/kept/", chosen)["Location"] == "/kept/filed/"
    assert kept.filed == [{"unit": ["党政办"], "rows-0-work": ["修<桥>\n和堤"]}]
