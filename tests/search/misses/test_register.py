"""The editor's list of questions that found nothing."""

import re

import pytest
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from search import SearchKind
from search.misses.models import Miss, Outcome, Standing
from search.models import Synonym
from suite.hooks import collect
from suite.roles.domain import group

pytestmark = pytest.mark.django_db
LIST = "/admin/search/miss/"


def miss(question, times=1, **fields):
    today = timezone.localdate()
    return Miss.objects.create(question=question, times=times, first_day=today, last_day=today, **fields)


@pytest.fixture
def who(client, django_user_model, search_index):
    """who("editor"): a client in which somebody with that role is logged in."""

    def log_in(role):
        user = django_user_model.objects.create_user(role, f"{role}@example.org", "x")
        user.groups.add(group(role))
        client.force_login(user)
        return client

    return log_in


def listed(client, **parameters):
    html = client.get(LIST, parameters).content.decode()
    return re.findall(r'<td class="field-question[^"]*">.*?>\s*([^<>]*?)\s*</a>', html, re.DOTALL)


def test_the_list_shows_what_waits_and_the_rest_when_asked_for(who):
    editor = who("editor")
    miss("飞机票", times=2)
    miss("火车票", times=9)
    miss("汽车票", outcome=Outcome.DONE, times_then=1)
    miss("轮船票", outcome=Outcome.NOT_OURS)
    miss("缆车票", times=3, outcome=Outcome.DONE, times_then=1)
    assert listed(editor) == ["火车票", "缆车票", "飞机票"]
    assert listed(editor, standing="done") == ["汽车票"]
    assert listed(editor, standing="not_ours") == ["轮船票"]
    assert listed(editor, standing="again") == ["缆车票"]
    assert len(listed(editor, standing="all")) == 5
    assert listed(editor, q="火车") == ["火车票"]


def test_the_editor_adds_a_synonym_from_a_prefilled_form(who):
    editor = who("editor")
    asked = miss("困难户")
    form = editor.get(f"{LIST}synonym/{asked.pk}/").content.decode()
    assert 'value="困难户、"' in form
    response = editor.post(f"{LIST}synonym/{asked.pk}/", {"words": "困难户、低保"})
    assert response.status_code == 302
    assert Synonym.objects.get().words == "困难户、低保"
    asked.refresh_from_db()
    assert asked.standing == Standing.DONE


def test_a_question_of_several_words_is_not_prefilled_but_shown(who):
    asked = miss("困难户 补助")
    form = who("editor").get(f"{LIST}synonym/{asked.pk}/").content.decode()
    assert "意思相同的词（搜索的是“困难户 补助”）" in form
    assert "困难户 补助、" not in form


def test_a_refused_synonym_says_why_beside_the_field(who):
    asked = miss("困难户")
    html = who("editor").post(f"{LIST}synonym/{asked.pk}/", {"words": "困难户、"}).content.decode()
    assert "请写两到八个意思相同的词，用顿号隔开。" in html
    assert Synonym.objects.count() == 0


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("done", "", Standing.DONE),
        ("ignore", "", Standing.NOT_OURS),
        ("ignore", "done", Standing.NOT_OURS),
        ("reopen", "done", Standing.WAITING),
        ("reopen", "not_ours", Standing.WAITING),
    ],
)
def test_the_editor_decides(who, action, before, after):
    asked = miss("飞机票", outcome=before, times_then=1)
    assert who("editor").post(f"{LIST}{action}/{asked.pk}/").status_code == 302
    asked.refresh_from_db()
    assert asked.standing == after


def test_a_question_that_names_somebody_is_deleted_for_good(who):
    asked = miss("某人的名字")
    assert who("editor").post(f"{LIST}delete/{asked.pk}/").status_code == 302
    assert Miss.objects.count() == 0


def test_a_question_shows_what_it_finds_now_and_where_pages_are_started(who):
    asked = miss("飞机票")
    kinds = [
        SearchKind("started", "航班指南", Page, start=lambda question: f"/admin/start/?title={question}"),
        SearchKind("closed", "关闭的种类", Page, start=lambda question: ""),
        SearchKind("other", "别的种类", Page),
    ]
    editor = who("editor")
    with hooks.register_temporarily("search_kinds", lambda: kinds):
        html = editor.get(f"{LIST}inspect/{asked.pk}/").content.decode()
    assert '<a href="/admin/start/?title=飞机票" class="button">写一篇航班指南</a>' in html
    assert "关闭的种类" not in html
    assert "别的种类" not in html
    assert re.search(r'<a href="/search/\?q=%E9%A3%9E[^"]*">仍然没有</a>', html)


@pytest.mark.parametrize("role", ["system_admin", "checker", "cadre"])
def test_only_editors_see_the_list(who, role):
    asked = miss("飞机票")
    client = who(role)
    for address in (LIST, f"{LIST}inspect/{asked.pk}/", f"{LIST}synonym/{asked.pk}/", f"{LIST}done/{asked.pk}/"):
        assert client.get(address).status_code in (302, 403)
    client.post(f"{LIST}done/{asked.pk}/")
    asked.refresh_from_db()
    assert asked.standing == Standing.WAITING


def test_every_address_of_the_list_has_its_row_of_permissions(who, django_user_model):
    who("editor")
    user = django_user_model.objects.get()
    rows = {row.url_name: row.allowed(user) for row in collect("permission_rows") if "search_miss" in row.url_name}
    assert rows == {
        f"search_miss_modeladmin_{name}": name not in ("create", "edit")
        for name in (
            "index", "create", "inspect", "history", "edit", "delete", "synonym", "done", "ignore", "reopen",
        )
    }  # fmt: skip
