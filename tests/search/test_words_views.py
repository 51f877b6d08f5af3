"""The editor's list of words: what it says of each, how a sentence is cut, how far the re-indexing is."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from search.models import OfficeWord, Reindexing
from suite.roles.domain import group

ADDRESS = "/admin/snippets/search/officeword/"


@pytest.fixture
def editor(client, django_user_model, worker, search_index):
    user = django_user_model.objects.create_user("editor", "e@example.org", "x")
    user.groups.add(group("editor"))
    client.force_login(user)
    return client


def page(title):
    return Page.get_first_root_node().add_child(instance=Page(title=title, slug=f"p{title.encode().hex()}"))


def listed(client, **asked):
    return client.get(ADDRESS, asked).content.decode()


@pytest.mark.django_db
def test_an_editor_adds_and_deletes_words_and_sees_where_they_count(editor, worker, search_index):
    page("湖长制实施方案")
    search_index()
    assert editor.post(f"{ADDRESS}add/", {"word": "湖長制"}).status_code == 302
    assert OfficeWord.objects.get().word == "湖长制"
    before = listed(editor)
    assert "提问已生效，页面更新中" in before
    assert "正在更新含有这些词的页面和文件：湖长制" in before
    worker()
    after = listed(editor)
    assert "已全部生效" in after
    assert "正在更新" not in after
    key = OfficeWord.objects.get().pk
    assert editor.post(f"{ADDRESS}delete/{key}/").status_code == 302
    assert "正在更新含有这些词的页面和文件：湖长制" in listed(editor)


@pytest.mark.django_db
def test_a_sentence_is_shown_as_it_is_cut_now_and_with_one_more_word(editor):
    OfficeWord.objects.create(word="湖长制")
    html = listed(editor, sentence="推行湖長制，办积分超市", **{"with": "积分超市"})
    now, then = html.split('class="slices"')[1:]
    assert [word in now for word in ('class="slice-ours">湖长制<', ">积分<", ">超市<", ">，<")] == [
        True,
        True,
        True,
        False,
    ]
    assert 'class="slice-ours">积分超市<' in then
    assert "把“积分超市”加进词典" in html
    assert OfficeWord.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("低保", "“低保”这个词搜索已经认识，不用再加。"),
        ("湖长制", "“湖长制”已经在词典里。"),
        ("<b>", "请写一个词：两个字以上，只用汉字，中间不加空格和标点。"),
    ],
)
def test_a_word_that_cannot_be_added_says_why_and_is_not_offered(editor, word, text):
    OfficeWord.objects.create(word="湖长制")
    html = listed(editor, sentence="推行湖长制", **{"with": word})
    assert text in html
    assert "加进词典" not in html
    assert "<b>" not in html


@pytest.mark.django_db
def test_the_progress_is_told_to_those_who_see_the_words_alone(editor, client, django_user_model):
    OfficeWord.objects.create(word="湖长制")
    address = reverse("search_words_progress", args=[Reindexing.objects.get().pk])
    assert editor.get(address).json() == {"done": 0, "text": "0 / 0，正在排队", "unfinished": True}
    client.force_login(django_user_model.objects.create_user("other", "o@example.org", "x"))
    assert client.get(address).status_code in (302, 403)
    assert client.get(ADDRESS).status_code == 302
