"""The backend for OpenSearch, and the page on it.

Not against OpenSearch: against osmem-server, a double that speaks its protocol in memory and ranks by a formula of its
own. What is tested is what is found and in which groups, never how one text ranks against another.
"""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from modelsearch.backends import get_search_backend
from wagtail.models import Page, PageViewRestriction

from search import documents
from search.analysis import analyse
from search.backends.matching import question
from search.backends.opensearch import asking
from search.backends.opensearch import store as server_store
from search.checks import check_search_address, check_search_backend
from search.engines.base import Must, Question
from search.engines.locks import IndexBusy
from search.indexing import index_objects
from search.models import Synonym
from search.suggesting import learn
from tests.search.reading import filter_choices, titles

pytestmark = pytest.mark.django_db

# Where nothing listens.
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def search_index(on_the_server):
    """All pages of these tests are on the server."""
    return on_the_server


@pytest.fixture
def gone(search_index, settings):
    """gone(): from now on the server does not answer; gone(back=True) brings it back."""
    backends = settings.MODELSEARCH_BACKENDS
    there = backends["default"]["URLS"]

    def switch(back=False):
        settings.MODELSEARCH_BACKENDS = {"default": backends["default"] | {"URLS": there if back else [NOBODY]}}

    return switch


def found(text):
    return [hit.title for hit in Page.objects.search(text)]


def test_the_page_on_a_double_of_opensearch_has_hits_marks_and_filters(page, notice, answer, search_index):
    page("农村低保申请指南")
    made = notice("低保公示", "<p>本村低保户名单如下。</p>")
    get_search_backend().update(type(made), [made.pk])  # it was made live past all signals
    search_index()
    html = answer("低保")
    assert sorted(titles(html)) == ["低保公示", "农村低保申请指南"]
    assert "农村<mark>低保</mark>申请指南" in html
    assert "共 2 条" in html
    assert len(filter_choices(html)) > 0


def test_on_a_double_of_opensearch_only_what_anyone_may_read_is_found_at_once(page, answer, search_index):
    page("低保公告")
    page("低保草稿", live=False)
    hidden = page("低保内部材料")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert titles(answer("低保")) == ["低保公告"]
    left = page("低保旧闻")
    Page.objects.filter(pk=left.pk).update(live=False)  # the index does not know of it
    assert titles(answer("低保")) == ["低保公告"]


def test_on_a_double_of_opensearch_a_synonym_works_at_once(page):
    page("最低生活保障审核办法")
    assert found("低保") == []
    Synonym.objects.create(words="低保\n最低生活保障")
    assert found("低保") == ["最低生活保障审核办法"]


def test_on_a_double_of_opensearch_a_document_comes_before_all_that_cite_it(page):
    for number in range(3):
        page(f"关于贯彻国发〔2014〕17号文件的通知{number} 国发2014年17号")
    page("国发〔2014〕17号")
    assert found("国发[2014]17号")[0] == "国发〔2014〕17号"
    assert found("国发2014年17号")[0] == "国发〔2014〕17号"


@pytest.mark.parametrize("typed", ["dibao", "di bao", "DB"])
def test_on_a_double_of_opensearch_a_title_is_found_by_its_sound_after_what_is_written_so(page, typed):
    page("低保申请")
    page(f"手机应用 {typed} 下载")
    assert found(typed) == [f"手机应用 {typed} 下载", "低保申请"]


def test_on_a_double_of_opensearch_a_wrong_character_is_offered(page, answer, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    for number in range(30):
        page(f"宅基地申请办法{number}")
    learn()
    assert ">宅基地<" in re.sub(r"\s+", "", answer("宅鸡地"))


def test_hits_are_ranked_by_words_and_pairs_with_the_engines_weights():
    assert analyse("低保申请").words == ["低保", "申请"]
    weights = {}
    for each in asking.ranked(question("低保申请"))["bool"]["should"]:
        ((field, about),) = each["match"].items()
        weights[field, about["query"]] = about["boost"]
    assert weights == {
        ("_words", "低保"): 1.0,
        ("_words", "申请"): 1.0,
        ("_pairs", "低保"): 0.75,
        ("_pairs", "保申"): 0.75,
        ("_pairs", "申请"): 0.75,
    }


@pytest.mark.parametrize("text", ["低保" * 5000, "".join(map(chr, range(0x4E00, 0x4E00 + 5000)))])
def test_no_question_has_more_conditions_than_a_server_takes(text):
    for index in range(40):
        word = chr(0x4E00 + 2 * index) + chr(0x4E01 + 2 * index)
        Synonym.objects.create(words=f"{word}\n同义词语{index}\n另一说法{index}")
    for body in (asking.plain(text, False), asking.plain(text, True), asking.while_typing(text), asking.phrase(text)):
        assert len(re.findall(r"'(?:match|term|prefix|match_phrase)':", str(body))) <= 1024


def test_while_the_server_is_away_the_page_says_so_in_chinese_and_the_site_stays_up(page, answer, gone, client):
    page("低保公告")
    gone()
    html = answer("低保")
    assert "搜索暂时无法使用，请过几分钟再试。" in html
    assert "没有找到" not in html
    assert client.get("/").status_code == 200
    gone(back=True)
    assert titles(answer("低保")) == ["低保公告"]
    assert "搜索暂时无法使用" not in answer("低保")


def test_a_server_that_is_away_is_not_asked_again_by_everybody(page, gone, monkeypatch):
    page("低保公告")
    gone()
    store = get_search_backend().store(Page)
    asked = []
    search = store.client.search
    monkeypatch.setattr(store.client, "search", lambda *args, **options: asked.append(1) or search(*args, **options))
    for _ in range(5):
        assert found("低保") == []
    assert len(asked) <= 1
    store._asked_again -= server_store.PAUSE


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_while_the_server_is_away_is_found_once_it_is_back(page, gone):
    kept, deleted = page("低保公告"), page("低保旧闻")
    gone()
    deleted.delete()
    kept.title = "五保公告"
    kept.save()
    assert get_search_backend().store(Page).behind
    gone(back=True)
    assert get_search_backend().store(Page).behind
    page("防汛通知")  # the next change takes along what had to wait
    assert not get_search_backend().store(Page).behind
    assert found("五保") == ["五保公告"]
    assert set(found("低保")) == set()


@pytest.mark.django_db(transaction=True)
def test_keys_that_a_writer_is_reading_are_not_taken_away_from_it(page, gone, monkeypatch):
    kept = page("低保公告")
    gone()
    kept.title = "五保公告"
    kept.save()
    store = get_search_backend().store(Page)
    monkeypatch.setattr(server_store, "LOCK_TIMEOUT", 0.1)
    with store.lock(), pytest.raises(IndexBusy):
        store.caught_up()
    assert store.behind
    store.caught_up()
    assert not store.behind


@pytest.mark.django_db(transaction=True)
def test_what_is_written_during_a_rebuild_on_the_server_is_in_the_rebuilt_index(page):
    kept, gone = page("低保甲"), page("低保乙")
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Page))
    index = rebuilder.start()
    read = list(Page.get_indexed_objects())
    page("低保丙")
    gone.delete()
    kept.title = "五保"
    kept.save()
    index.add_items(Page, read)  # as they were before
    assert found("低保") == ["低保丙"]
    rebuilder.finish()
    assert (found("低保"), found("五保")) == (["低保丙"], ["五保"])
    store = backend.store(Page)
    assert store.count() == Page.get_indexed_objects().count()
    assert store.indexes() == store.in_use() == [index.name]


def test_a_rebuild_that_never_finished_leaves_nothing_behind(page):
    page("低保甲")
    backend = get_search_backend()
    before = backend.store(Page).in_use()
    backend.rebuilder_class(backend.get_index_for_model(Page)).start()
    assert len(backend.store(Page).indexes()) == 2
    assert backend.store(Page).in_use() == before
    call_command("update_index", verbosity=0)
    assert len(backend.store(Page).indexes()) == 1
    assert found("低保") == ["低保甲"]


@pytest.mark.django_db(transaction=True)
def test_reconcile_finds_and_mends_what_the_server_lacks_or_should_not_have(page, capsys):
    lost, stale = page("低保公告"), page("五保公告")
    store = get_search_backend().store(Page)
    store.take_out(store.in_use()[0], [str(lost.pk)])
    Page.objects.filter(pk=stale.pk).update(title="特困公告")
    store.put(store.in_use()[0], [server_store.Entry("999999", {"pk": "999999", "_fingerprint": 1})])
    with pytest.raises(CommandError):
        call_command("search_reconcile")
    call_command("search_reconcile", "--mend")
    call_command("search_reconcile")
    assert (found("低保"), found("特困"), found("五保")) == (["低保公告"], ["特困公告"], [])


def test_reconcile_and_update_index_say_that_the_server_is_away(page, gone):
    gone()
    for command in ("search_reconcile", "update_index"):
        with pytest.raises(CommandError, match="搜索服务器没有应答"):
            call_command(command, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_page_whose_text_can_not_be_read_keeps_no_other_from_the_server(page, monkeypatch, caplog):
    broken, kept = page("低保公告"), page("低保名单")
    texts = documents.declared

    def failing(obj, *args):
        if obj.pk == broken.pk:
            raise LookupError("a block that is no more")
        return texts(obj, *args)

    monkeypatch.setattr(documents, "declared", failing)
    call_command("update_index", verbosity=0)
    assert found("低保") == ["低保名单"]
    Page.objects.filter(pk=kept.pk).update(title="五保名单")
    index_objects("wagtailcore", "page", [broken.pk, kept.pk])
    assert "can't be read, it will not be found" in caplog.text
    assert (found("低保"), found("五保")) == ([], ["五保名单"])


def test_a_server_without_our_index_makes_the_page_say_that_it_is_being_mended(page, answer):
    page("低保公告")
    backend = get_search_backend()
    for name in backend.store(Page).indexes():
        backend.es.indices.delete(index=name)
    assert "搜索正在修复" in answer("低保")
    page("防汛通知")  # a page is saved all the same
    call_command("update_index", verbosity=0)
    assert titles(answer("低保")) == ["低保公告"]
    assert "搜索正在修复" not in answer("低保")


def test_an_index_on_the_server_tells_by_which_words_of_the_office_it_is_cut(search_index):
    store = get_search_backend().store(Page)
    (index,) = store.in_use()
    store.put(index, [server_store.Entry("1", {"pk": "1"}, frozenset({"云水谣"}))])
    assert store.cuts().unsettled(frozenset({"云水谣"})) == frozenset()
    store.put(index, [server_store.Entry("2", {"pk": "2"}, frozenset())])
    assert store.cuts().unsettled(frozenset()) == {"云水谣"}
    store.settle(frozenset())
    assert store.cuts().unsettled(frozenset()) == frozenset()


@pytest.mark.parametrize("address", ["localhost:9200", "search.example", "ftp://search:9200", "http://", "http://a:x"])
def test_an_address_that_can_be_none_stops_the_start(settings, address):
    settings.SEARCH_URL = address
    assert [(error.id, "http://search.example:9200" in error.hint) for error in check_search_address(None)] == [
        ("search.E003", True)
    ]
    assert check_search_backend(None) == []


def test_the_message_about_a_wrong_address_does_not_show_its_password(settings):
    settings.SEARCH_URL = "ftp://office:secret@search:9200"
    (error,) = check_search_address(None)
    assert "secret" not in error.msg


def test_a_server_that_does_not_answer_is_a_warning_only(settings, search_server):
    settings.MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.opensearch", "URLS": [NOBODY]}}
    settings.SEARCH_URL = NOBODY
    assert [warning.id for warning in check_search_address(None)] == ["search.W001"]
    settings.MODELSEARCH_BACKENDS["default"]["URLS"] = [search_server]
    settings.SEARCH_URL = search_server
    assert check_search_address(None) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_reaches_the_server(page):
    with transaction.atomic():
        page_of = Page.get_first_root_node().add_child(instance=Page(title="抗旱通知", slug="rolled-back"))
        assert page_of.pk
        transaction.set_rollback(True)
    assert found("抗旱") == []


def test_all_that_hold_a_word_are_found_however_many(page, monkeypatch):
    monkeypatch.setattr(server_store, "MOST_KEYS", 3)
    keys = {str(page(f"云水谣{number}").pk) for number in range(8)}
    store = get_search_backend().store(Page)
    asked = Question(must=(Must("pairs", "云水"), Must("pairs", "水谣")))
    assert store.search(asked).keys() == keys
    assert len(store.search(asked, 2)) == 2
