"""The backend on Wagtail's pages: what shows when, what a damaged index does, the admin's search."""

import pytest
from django.core.management import call_command
from django.db import transaction
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from search.batch import batched
from search.checks import check_search_backend

ENGINES = ("whoosh", "tantivy")


@pytest.fixture(params=["whoosh", "tantivy", "a double of OpenSearch"])
def search_index(request, search_index, settings):
    """Every test with each engine and on a server."""
    if request.param not in ENGINES:
        return request.getfixturevalue("on_the_server")
    settings.MODELSEARCH_BACKENDS["default"]["BACKEND"] = f"search.backends.{request.param}"
    return search_index


# What these tests look at is in files: the index of an engine of ours.
with_each_engine = pytest.mark.parametrize("search_index", ENGINES, indirect=True)


@pytest.fixture
def commits(search_index, monkeypatch):
    """Grows with each commit of the index."""
    written = []
    engine = get_search_backend().engine_class
    write = engine.write
    monkeypatch.setattr(engine, "write", lambda self, *args: written.append(1) or write(self, *args))
    return written


def page(title, **fields):
    return Page.get_first_root_node().add_child(instance=Page(title=title, slug=f"p{title.encode().hex()}", **fields))


def found(text, queryset=None, **options):
    queryset = Page.objects.all() if queryset is None else queryset
    return [hit.title for hit in queryset.search(text, **options)]


@pytest.mark.django_db
def test_a_page_is_found_by_a_word_of_its_title(search_index):
    page("农村低保申请指南")
    page("防汛通知")
    search_index()
    assert found("低保") == ["农村低保申请指南"]


@pytest.mark.django_db
@pytest.mark.parametrize(("simplified", "traditional"), [("残疾证", "殘疾證"), ("临时救助", "臨時救助")])
def test_both_scripts_find_the_same_pages_in_the_same_order(search_index, simplified, traditional):
    for number in range(6):
        page(f"残疾证和临时救助{'的办法' * number}")
        page(f"殘疾證和臨時救助{'須知' * number}")
    search_index()
    assert len(found(simplified)) == 12
    assert found(simplified) == found(traditional)


@pytest.mark.django_db
def test_equally_good_pages_come_in_the_order_of_their_keys(search_index):
    root = Page.get_first_root_node()
    same = [root.add_child(instance=Page(title="防汛通知", slug=f"same-{n}")) for n in range(12)]
    search_index()
    assert [hit.pk for hit in Page.objects.search("防汛")] == [each.pk for each in same]


@pytest.mark.django_db
def test_the_queryset_restricts_orders_and_counts(search_index):
    first, second, third = page("低保甲"), page("低保乙", live=False), page("低保丙")
    search_index()
    live = Page.objects.live()
    assert set(found("低保", live)) == {"低保甲", "低保丙"}
    assert found("低保", live, order_by="-title") == sorted(["低保甲", "低保丙"], reverse=True)
    hits = Page.objects.search("低保")
    assert (hits.count(), hits.facet("live")) == (3, {True: 2, False: 1})
    assert {hit.pk for hit in hits[1:3]} | {hits[0].pk} == {first.pk, second.pk, third.pk}


@pytest.mark.django_db
def test_the_first_hits_are_the_first_of_all_hits(search_index, monkeypatch):
    """Whether the engine was asked for its best alone, for pages equally good, or for more than its best."""
    monkeypatch.setattr("search.backends.ranked.BEST", 6)
    for number in range(9):
        page(f"低保{number}", live=number % 3 == 0)
        page(f"低保低保{'防汛' * (number % 4)}{number}", live=number % 3 == 0)
    search_index()
    for pages in (Page.objects.all(), Page.objects.live()):
        for text in ("低保", "防汛", "低保防汛8", "五保"):
            every = list(pages.search(text))
            for start, stop in ((0, 1), (0, 3), (2, 5), (0, 6), (0, 50)):
                assert list(pages.search(text)[start:stop]) == every[start:stop], (text, start, stop)


@with_each_engine
@pytest.mark.django_db
def test_the_first_hits_come_from_the_engines_best_alone(search_index, monkeypatch):
    for number in range(9):
        page(f"低保{number}{'防汛' * number}")
    search_index()
    store = get_search_backend().store(Page)
    limits = []
    ask = store.search
    monkeypatch.setattr(store, "search", lambda asked, limit=None: limits.append(limit) or ask(asked, limit))
    assert len(Page.objects.search("防汛")[:5]) == 5
    assert limits == [100]


@pytest.mark.django_db
def test_more_hits_than_fit_into_one_query_are_all_found(search_index, monkeypatch):
    monkeypatch.setattr("search.backends.ranked.KEYS_IN_A_QUERY", 3)
    for number in range(10):
        page(f"低保{number}", live=number % 2 == 0)
    search_index()
    assert len(found("低保")) == 10
    assert len(found("低保", Page.objects.live())) == 5
    assert Page.objects.search("低保").facet("live") == {True: 5, False: 5}


@pytest.mark.django_db
def test_a_phrase_is_found_in_its_order_only(search_index):
    page("土地承包办法")
    page("承包土地办法")
    search_index()
    from modelsearch.query import Phrase

    assert found(Phrase("土地承包")) == ["土地承包办法"]


@pytest.mark.django_db
def test_while_typing_all_of_it_must_fit(search_index):
    page("农村低保申请指南")
    page("低保公示 App 下载")
    search_index()
    hits = Page.objects.autocomplete("低保 ap")
    assert [hit.title for hit in hits] == ["低保公示 App 下载"]
    assert {hit.title for hit in Page.objects.autocomplete("保")} == {"农村低保申请指南", "低保公示 App 下载"}
    assert [hit.title for hit in Page.objects.autocomplete("保申请")] == ["农村低保申请指南"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["的", "，。！", "“", "*", '"', "AND", "()", "\x00", "😀", "\u202e", "x" * 10_000, "%", "'"]
)
def test_nothing_typed_is_an_error(search_index, text):
    page("农村低保申请指南")
    search_index()
    assert found(text) == []
    assert list(Page.objects.autocomplete(text)) == []


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_after_its_commit_and_never_when_it_is_rolled_back(search_index):
    with transaction.atomic():
        page("防汛通知")
        assert found("防汛") == []
    assert found("防汛") == ["防汛通知"]
    with transaction.atomic():
        page("抗旱通知")
        transaction.set_rollback(True)
    assert found("抗旱") == []
    with transaction.atomic():
        Page.objects.get(title="防汛通知").delete()
        assert found("防汛") == []
    store = get_search_backend().store(Page)
    assert (store._current() if hasattr(store, "_current") else store).count() == 0


@with_each_engine
@pytest.mark.django_db(transaction=True)
def test_many_objects_added_in_one_transaction_are_one_commit_of_the_index(commits):
    pages = [page(f"低保{number}") for number in range(5)]
    commits.clear()
    with transaction.atomic():
        for each in pages:
            get_search_backend().add(each)
    assert len(commits) == 1
    assert len(found("低保")) == 5


@with_each_engine
@pytest.mark.django_db(transaction=True)
def test_a_batch_writes_some_hundred_objects_at_a_time_and_queues_no_task(commits, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    with batched(size=4):
        for number in range(10):
            page(f"低保{number}")
    assert len(commits) == 3
    assert DBTaskResult.objects.count() == 0
    assert len(found("低保")) == 10


@pytest.mark.django_db(transaction=True)
def test_what_a_batch_saved_before_an_error_is_found(search_index):
    def interrupted():
        with batched():
            page("低保")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert found("低保") == ["低保"]


@with_each_engine
@pytest.mark.django_db(transaction=True)
def test_a_damaged_index_is_set_aside_the_site_answers_and_update_index_mends_it(search_index, caplog):
    page("防汛通知")
    call_command("update_index", verbosity=0)
    store = get_search_backend().store(Page)
    assert store.usable
    store._forget()
    for part in (store.root / store.pointer()).iterdir():
        part.write_bytes(b"broken")
    assert found("防汛") == []
    assert "damaged" in caplog.text
    assert not store.usable
    assert [path.name[:8] for path in store.root.glob("damaged-*")] == ["damaged-"]
    page("抗旱通知")
    assert found("抗旱") == ["抗旱通知"]
    assert not store.usable
    call_command("update_index", verbosity=0)
    assert set(found("防汛抗旱")) == {"防汛通知", "抗旱通知"}
    assert store.usable


def test_a_search_engine_that_is_not_known_stops_the_start_and_the_known_ones_are_named(settings):
    assert check_search_backend(None) == []
    settings.MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.sphinx"}}
    errors = check_search_backend(None)
    assert [error.id for error in errors] == ["search.E002"]
    assert "whoosh or tantivy" in errors[0].hint


@with_each_engine
@pytest.mark.django_db(transaction=True)
def test_a_missing_index_answers_nothing_and_says_so_in_the_log(search_index, caplog):
    assert found("防汛") == []
    assert "run manage.py update_index" in caplog.text


@with_each_engine
@pytest.mark.django_db(transaction=True)
def test_what_is_written_during_a_rebuild_is_in_the_rebuilt_index(search_index):
    kept, gone = page("低保甲"), page("低保乙")
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Page))
    index = rebuilder.start()
    index.add_items(Page, list(Page.get_indexed_objects()))
    page("低保丙")
    gone.delete()
    kept.title = "五保"
    kept.save()
    assert set(found("低保")) == {"低保丙"}
    rebuilder.finish()
    assert set(found("低保")) == {"低保丙"}
    assert found("五保") == ["五保"]
    assert backend.store(Page)._current().count() == Page.get_indexed_objects().count()
    assert len([path for path in backend.store(Page).root.glob("index-*") if path.is_dir()]) == 1


@pytest.mark.django_db
def test_the_admin_finds_pages_in_the_explorer_the_search_and_the_chooser(search_index, client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("head", "head@example.org", "x"))
    page("农村低保申请指南")
    search_index()
    root = Page.get_first_root_node().pk
    for address in (f"/admin/pages/{root}/?q=低保", "/admin/pages/search/?q=低保", "/admin/choose-page/search/?q=低保"):
        assert "农村低保申请指南" in client.get(address).content.decode(), address
    for address in ("/admin/images/?q=低保", "/admin/documents/?q=低保", "/admin/users/?q=低保"):
        assert client.get(address).status_code == 200, address


@pytest.mark.django_db
def test_a_queryset_of_values_gives_values_in_the_order_of_the_hits(search_index):
    root = Page.get_first_root_node()
    for number, title in enumerate(["关于低保和其他许多事情的说明", "低保", "宅基地"]):
        root.add_child(instance=Page(title=title, slug=f"v{number}"))
    search_index()
    best = [page.pk for page in Page.objects.search("低保")]
    assert [Page.objects.get(pk=key).title for key in best] == ["低保", "关于低保和其他许多事情的说明"]
    assert list(Page.objects.values_list("pk", flat=True).search("低保")) == best
    assert list(Page.objects.values_list("slug", flat=True).autocomplete("低保")) == ["v1", "v0"]
    assert list(Page.objects.values("slug").search("低保")) == [{"slug": "v1"}, {"slug": "v0"}]
