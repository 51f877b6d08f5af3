"""Titles by pinyin and by initials."""

import pytest
from wagtail.models import Page

from search.analysis.sounds import sounded, sounds
from search.documents import document


@pytest.fixture
def titles(db, search_index):
    root = Page.get_first_root_node()
    for number, title in enumerate(
        ["农村低保申请指南", "宅基地审批", "重庆银行网点", "取得绿化证", "App 下载", "殘疾證須知"]
    ):
        root.add_child(instance=Page(title=title, slug=f"p{number}"))
    search_index()


def found(text):
    return [hit.title for hit in Page.objects.search(text)]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("dibao", "农村低保申请指南"),
        ("di bao", "农村低保申请指南"),
        ("DiBao", "农村低保申请指南"),
        ("dibaoshenq", "农村低保申请指南"),
        ("dbsq", "农村低保申请指南"),
        ("zjd", "宅基地审批"),
        ("zhaijidi", "宅基地审批"),
        ("zhai ji di", "宅基地审批"),
        ("chongqing", "重庆银行网点"),
        ("yinhang", "重庆银行网点"),
        ("lvhuazheng", "取得绿化证"),
        ("canjizheng", "殘疾證須知"),
        ("app", "App 下载"),
    ],
)
def test_a_title_is_found_by_how_it_sounds(titles, typed, title):
    assert found(typed) == [title]
    assert [hit.title for hit in Page.objects.autocomplete(typed)] == [title]


@pytest.mark.parametrize("typed", ["d", "hongqing", "ibao", "dibaoo", "zhongqing", "di3bao1", "a" * 200])
def test_what_no_title_sounds_like_finds_nothing(titles, typed):
    assert found(typed) == []


def test_what_holds_the_letters_comes_before_what_sounds_like_them(titles, search_index):
    Page.get_first_root_node().add_child(instance=Page(title="ZJD 100 说明书", slug="zjd"))
    search_index()
    assert found("zjd") == ["ZJD 100 说明书", "宅基地审批"]


def test_only_titles_sound():
    assert list(sounds("abc 的")) == []
    assert not any(term.startswith(("~", "^")) for term in document("1", [("低保", 1.0)]).starts)
    assert {"~dibao", "^db"} <= document("1", [], ["低保"]).starts


@pytest.mark.parametrize("text", ["低保", "di保", "~dibao", "^db", "d", "", "*"])
def test_what_is_no_pinyin_is_not_asked_as_such(text):
    assert sounded(text) is None
