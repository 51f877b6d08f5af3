"""The page /search/."""

import re
import time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils.html import escape
from modelsearch.backends import get_search_backend
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, Site

from search import SearchKind
from search.checks import check_search_kinds
from tests.search.reading import filter_choices, titles

AWKWARD = [
    "<script>alert(1)</script>",
    "' OR 1=1; DROP TABLE wagtailcore_page; --",
    '*"AND()[]{}~^:\\/+-',
    "AND OR NOT",
    "😀👨\u200d👩\u200d👧",
    "\u202e低保\u202c\u2066",
    "\x00\x01\x1b[31m",
    "，。！？",
    "%s %(query)s {{ query }} {% now 'Y' %}",
    "a",
    "的",
    "�\ufffe",
    "x" * 10_000,
    "宅" * 10_000,
    "ﷺ" * 300,
]


@pytest.mark.django_db
def test_a_hit_has_its_link_kind_date_and_the_words_marked(page, answer):
    made = page("农村低保申请指南", first_published_at="2026-03-05T01:00:00Z")
    html = answer("低保")
    assert f'<a href="{made.url}">农村<mark>低保</mark>申请指南</a>' in html
    assert '<time datetime="2026-03-05">2026年3月5日</time>' in html
    assert "共 1 条" in html


@pytest.mark.django_db
def test_marks_stand_in_the_script_of_the_document(page, answer):
    page("辦理殘疾證須知")
    assert "辦理<mark>殘疾證</mark>須知" in answer("残疾证")
    page("办理临时救助须知")
    assert "办理<mark>临时救助</mark>须知" in answer("臨時救助")


@pytest.mark.django_db
@pytest.mark.parametrize(("simplified", "traditional"), [("残疾证", "殘疾證"), ("临时救助", "臨時救助")])
def test_both_scripts_give_the_same_ten_hits_in_the_same_order(page, answer, simplified, traditional):
    for number in range(7):
        page(f"残疾证和临时救助{'的办法' * number}")
        page(f"殘疾證和臨時救助{'須知' * number}")
    assert len(titles(answer(simplified))) == 10
    assert titles(answer(simplified)) == titles(answer(traditional))


@pytest.mark.django_db
def test_only_what_anyone_may_read_is_found(page, answer):
    page("低保公告")
    page("低保草稿", live=False)
    hidden = page("低保内部材料")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    page("低保内部附件")  # below no restriction
    assert sorted(titles(answer("低保"))) == ["低保公告", "低保内部附件"]


@pytest.mark.django_db
def test_a_page_whose_plugin_is_out_is_no_hit(page, answer):
    page("低保公告")
    left = page("低保明白纸")
    lamps = ContentType.objects.create(app_label="lamps", model="lampmappage")
    Page.objects.filter(pk=left.pk).update(content_type=lamps)
    assert titles(answer("低保")) == ["低保公告"]


@pytest.mark.django_db
def test_ten_hits_a_page_and_the_rest_on_the_next(page, answer):
    for number in range(13):
        page(f"低保通知{number}")
    first, second = titles(answer("低保")), titles(answer("低保", p="2"))
    assert (len(first), len(second), len({*first, *second})) == (10, 3, 13)
    assert "共 13 条" in answer("低保", p="2")
    assert titles(answer("低保", p="no number")) == first
    assert titles(answer("低保", p="99")) == second
    assert 'href="?p=2&amp;q=%E4%BD%8E%E4%BF%9D"' in answer("低保")


@pytest.mark.django_db
def test_hits_are_filtered_by_the_kinds_that_plugins_declare(page, notice, answer):
    kinds = [SearchKind("plain", "普通页面", Page), SearchKind("of-test", "本乡公告", type(notice("低保名单")))]
    page("低保公告")
    with hooks.register_temporarily("search_kinds", lambda: kinds, order=-1):
        assert filter_choices(answer("低保"))["kind"] == {"plain": ("普通页面", 1), "of-test": ("本乡公告", 1)}
        assert titles(answer("低保", kind="of-test")) == ["低保名单"]
        assert titles(answer("低保", kind="plain")) == ["低保公告"]
        assert sorted(titles(answer("低保", kind="nonsense"))) == ["低保公告", "低保名单"]


@pytest.mark.django_db
def test_what_replaced_a_page_stands_before_it(page, answer):
    old, new = page("低保低保低保"), page("关于低保和其他许多事情的新规定")
    kinds = [SearchKind("plain", "普通页面", Page, replaced=lambda: {old.pk: new.pk})]
    assert titles(answer("低保")) == [old.title, new.title]
    with hooks.register_temporarily("search_kinds", lambda: kinds, order=-1):
        assert titles(answer("低保")) == [new.title, old.title]


@pytest.mark.django_db
def test_the_text_of_a_page_is_found_without_its_markup_and_shown_in_a_passage(notice, answer):
    last = '<p>凡持有<b>殘疾證</b>的居民，可以&lt;到&gt;<a href="http://x.cn">大厅</a>申请。</p>'
    notice("办事须知", "<p>第一条 总则。</p>" * 60 + last)
    assert "凡持有<mark>殘疾證</mark>的居民，可以&lt;到&gt;大厅申请。" in answer("残疾证")
    assert titles(answer("href")) == []


@pytest.mark.django_db
def test_an_empty_question_says_what_to_do(answer):
    for nothing in ("", "   ", "\x00"):
        html = answer(nothing)
        assert "用自己的话输入就行" in html
        assert 'class="result"' not in html


@pytest.mark.django_db
def test_nothing_found_says_what_to_do_and_whom_to_call(answer, search_index):
    from suite.theme.models import OfficeSettings

    OfficeSettings.objects.create(site=Site.objects.get(is_default_site=True), hall_phone="0873-2201234")
    html = answer("飞机票")
    assert "没有找到与“飞机票”有关的内容。" in html
    assert "换个说法再试" in html
    assert 'href="tel:0873-2201234"' in html


@pytest.mark.django_db
def test_a_question_over_200_characters_is_cut_and_says_so(page, answer):
    page("低保公告")
    long = "低保" * 100
    assert "只按前 200 个字搜索" not in answer(long)
    html = answer(long + "防汛")
    assert "只按前 200 个字搜索。" in html
    assert "防汛" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("text", AWKWARD)
def test_nothing_that_can_be_typed_is_an_error_or_comes_back_unescaped(page, answer, text):
    page(f"低保 {text[:100]}".replace("\x00", ""))
    html = answer(text)
    body = html.split("</form>", 1)[1]
    assert "<script>alert" not in html
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", html.split("<article", 1)[0])
    if "<" in text:
        assert escape(text) in html
    assert body


@pytest.mark.django_db
def test_nothing_that_can_be_typed_costs_much(page, answer):
    """At most 300 ms of CPU each, with synonyms in the table; the first question loads dictionary and templates."""
    from search.models import Synonym

    Synonym.objects.create(words="低保、最低生活保障、宅宅")
    page("低保公告")
    answer("低保")
    for text in [*AWKWARD, "", "宅基地" * 66, "低保 " * 66, "zhaijidi " * 22, "国发〔2014〕17号" * 16]:
        started = time.process_time()
        answer(text)
        assert time.process_time() - started < 0.3, text[:20]


@pytest.mark.django_db
def test_a_damaged_index_is_said_on_the_page(page, answer, caplog):
    page("低保公告")
    store = get_search_backend().store(Page)
    store.complete()
    assert "搜索正在修复，结果可能不全" not in answer("低保")
    store._forget()
    for part in (store.root / store.pointer()).iterdir():
        part.write_bytes(b"broken")
    assert "搜索正在修复，结果可能不全" in answer("低保")
    assert "damaged" in caplog.text


@pytest.mark.django_db
def test_no_english_is_left_on_the_page(page, answer):
    page("低保公告")
    for html in (answer(""), answer("低保"), answer("飞机票")):
        words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
        assert re.findall(r"[A-Za-z]{3,}", words) == []


def test_two_kinds_with_one_key_are_an_error_at_the_start():
    kinds = [SearchKind("same", "甲", Page), SearchKind("same", "乙", Page)]
    with hooks.register_temporarily("search_kinds", lambda: kinds):
        assert [error.id for error in check_search_kinds(None)] == ["search.E001"]
    assert check_search_kinds(None) == []
