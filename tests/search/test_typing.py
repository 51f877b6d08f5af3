"""Titles offered while someone types: what the address answers, and in what order."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, Site

from search import SearchKind
from search.analysis.beginnings import beginning, beginnings
from search.models import Synonym
from suite.hooks import collect
from tests.search.test_page import AWKWARD
from tests.suite.publishing.testapp.models import Poster


@pytest.fixture(params=["whoosh", "tantivy"])
def page(request, db, settings, tmp_path):
    """page(title, **fields): a live page below the home page, in an index of each engine in turn."""
    from modelsearch.backends import get_search_backend

    backend = {"BACKEND": f"search.backends.{request.param}", "FOLDER": tmp_path / "index"}
    settings.MODELSEARCH_BACKENDS = {"default": backend}
    root = Site.objects.get(is_default_site=True).root_page

    def make(title, model=Page, **fields):
        root.refresh_from_db()
        made = root.add_child(instance=model(title=title, slug=f"p{Page.objects.count()}", **fields))
        get_search_backend().refresh_indexes()
        return made

    return make


@pytest.fixture
def offered(client):
    """offered(q, **parameters): the titles of the answer."""

    def get(query, **parameters):
        response = client.get("/search/suggest/", {"q": query, **parameters})
        assert response.status_code == 200
        return [each["title"] for each in response.json()["titles"]]

    return get


def test_a_title_comes_with_its_address_and_kind_and_nothing_else(page, client):
    made = page("农村低保申请")
    kinds = [SearchKind("plain", "普通页面", Page)]
    with hooks.register_temporarily("search_kinds", lambda: kinds, order=-1):
        answer = client.get("/search/suggest/", {"q": "低保"})
    assert answer.json() == {"titles": [{"title": "农村低保申请", "url": made.url, "kind": "普通页面"}]}


@pytest.mark.parametrize(
    "typed", ["低", "低保", "低保申", "dibao", "diba", "di bao", "dbsq", "db", "DiBao", "農村", "ncdb"]
)
def test_characters_of_both_scripts_syllables_and_initials_find_titles(page, offered, typed):
    page("农村低保申请")
    page("宅基地审批")
    assert offered(typed) == ["农村低保申请"]


def test_what_begins_so_comes_first_whatever_was_published_first(page, offered):
    for title in ["农村宅基地审批", "“宅基地”问答", "再谈宅基地", "宅基地审批"]:
        page(title)
    assert offered("宅基") == ["“宅基地”问答", "宅基地审批", "农村宅基地审批", "再谈宅基地"]
    assert offered("zjd") == offered("zhaijid") == offered("宅基")


def test_titles_in_words_that_mean_the_same_come_after_those_as_typed(page, offered):
    Synonym.objects.create(words="低保、最低生活保障")
    for title in ["最低生活保障审核", "最低的生活保障", "农村低保", "低保公告"]:
        page(title)
    assert offered("低保") == ["低保公告", "农村低保", "最低生活保障审核"]
    assert offered("低") == ["低保公告", "最低生活保障审核", "最低的生活保障", "农村低保"]


def test_at_most_eight_are_offered(page, offered):
    for number in range(11):
        page(f"低保公告{number}")
    assert offered("低保") == [f"低保公告{number}" for number in range(8)]


def test_one_letter_and_half_a_page_are_not_asked_for(page, offered, django_assert_num_queries):
    page("低保 a")
    with django_assert_num_queries(0):
        for typed in ("", " ", "d", "1", "。", "低保" * 16, "\x00"):
            assert offered(typed) == []


def test_only_what_anyone_may_read_is_offered(page, offered):
    page("低保公告")
    page("低保草稿", live=False)
    PageViewRestriction.objects.create(page=page("低保内部材料"), restriction_type=PageViewRestriction.LOGIN)
    left = page("低保明白纸")
    lamps = ContentType.objects.create(app_label="lamps", model="lampmappage")
    Page.objects.filter(pk=left.pk).update(content_type=lamps)
    assert offered("低") == offered("dibao") == ["低保公告"]


def test_the_form_of_one_kind_is_offered_that_kind_alone(page, offered):
    poster = page("低保海报", model=Poster, live=False)
    with connection.cursor() as cursor:  # past the gate, which is not what is tested here
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, poster.pk])
    page("低保公告")
    kinds = [SearchKind("plain", "普通页面", Page), SearchKind("poster", "海报", Poster)]
    with hooks.register_temporarily("search_kinds", lambda: kinds, order=-1):
        assert offered("低保", kind="poster") == ["低保海报"]
        assert offered("低保", kind="plain") == ["低保公告"]
        assert offered("低保", kind="nonsense") == ["低保海报", "低保公告"]


def test_the_first_three_that_answer_come_before_all_others(page, offered):
    from suite.publishing.models import PublishedPage

    for number in range(5):
        made = page(f"申请低保{number}", model=Poster, live=False)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, made.pk])
    page("低保公告")
    kinds = [SearchKind("plain", "普通页面", Page), SearchKind("poster", "海报", PublishedPage, answers=True)]
    with hooks.register_temporarily("search_kinds", lambda: kinds, order=-1):
        assert offered("低保") == ["申请低保0", "申请低保1", "申请低保2", "低保公告", "申请低保3", "申请低保4"]


def test_what_replaced_a_page_stands_before_it(page, offered):
    old, _other, new = page("低保办法"), page("低保公告"), page("关于低保办法的新规定")
    kinds = [SearchKind("plain", "普通页面", Page, replaced=lambda: {old.pk: new.pk})]
    with hooks.register_temporarily("search_kinds", lambda: kinds, order=-1):
        assert offered("低保") == ["关于低保办法的新规定", "低保办法", "低保公告"]


def test_the_answer_may_be_kept_for_a_minute_and_sets_no_cookie(page, client):
    answer = client.get("/search/suggest/", {"q": "低保"})
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Content-Type"] == "application/json"
    assert (answer.get("Vary", ""), dict(answer.cookies)) == ("", {})


def test_nothing_is_changed_by_asking(client):
    assert client.post("/search/suggest/", {"q": "低保"}).status_code == 405


def test_many_titles_cost_no_more_queries_than_one(page, offered):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            titles = offered("低保")
        return len(titles), len(seen)

    page("低保公告")
    queries()
    one = queries()
    for number in range(9):
        page(f"低保公告{number}")
    assert (queries(), one) == ((8, one[1]), (1, one[1]))
    assert one[1] <= 7


@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_is_answered(page, client, text):
    page("低保公告")
    answer = client.get("/search/suggest/", {"q": text, "kind": text})
    assert (answer.status_code, set(answer.json())) == (200, {"titles"})


def test_the_first_of_a_list_are_those_of_the_whole_list(page, offered):
    for number in range(30):
        page(f"{'农村' * (number % 3)}低保{'dibao' * (number % 2)}")
    for typed in ("低保", "dibao", "农村", "db"):
        hits = Page.objects.autocomplete(typed)
        everything = list(hits)
        again = Page.objects.autocomplete(typed)
        assert [hit.pk for hit in again[:7]] + [hit.pk for hit in again[7:]] == [hit.pk for hit in everything]
        assert len(everything) >= 20


def test_a_title_is_known_by_its_first_letters_only():
    assert beginning("“宅基地”审批须知") == "<宅基地审"
    assert beginning("——！") == ""
    assert set(beginnings("“宅基地”审批须知")) == {"<宅基地审", "<~zhaijidishen", "<^zjds"}
    assert set(beginnings("app")) == {"<app"}
    assert set(beginnings("！")) == set()


def test_anybody_may_ask(django_user_model):
    rows = {row.url_name: row.allowed for row in collect("permission_rows") if row.url_name.startswith("search")}
    assert [rows["search"](None), rows["search_suggest"](None)] == [True, True]
    assert reverse("search_suggest") == "/search/suggest/"


def test_every_search_box_says_where_to_ask(client, db):
    for address in ("/", "/search/"):
        html = client.get(address).content.decode()
        assert html.count('data-suggest="/search/suggest/"') == html.count('role="search"') > 0
        assert html.count("search/suggest.js") == 1
