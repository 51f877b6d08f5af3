"""The command search_reconcile, and what the clock and the worker mend by themselves."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from modelsearch.backends import get_search_backend
from wagtail.images import get_image_model
from wagtail.models import Page

from search.engines import keys
from search.engines.base import Document
from search.reconciling import fill, reconcile
from search.tasks import mend_index
from search.trees import trees
from search.wagtail_hooks import periodic_jobs
from suite.periodic.domain.lifecycle import tick

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(params=["whoosh", "tantivy"])
def store(request, search_index, settings):
    """The index of all pages, whole at first."""
    settings.MODELSEARCH_BACKENDS["default"]["BACKEND"] = f"search.backends.{request.param}"
    page("农村低保申请指南")
    search_index()
    call_command("update_index", verbosity=0)
    return get_search_backend().store(Page)


def page(title, slug=None):
    slug = slug or f"p{title.encode().hex()}"
    return Page.get_first_root_node().add_child(instance=Page(title=title, slug=slug))


def unnoticed(title):
    """A page as it is after its process was killed before the index was written."""
    made = page("草稿", f"draft-of-{title.encode().hex()}")
    get_search_backend().refresh_indexes()
    Page.objects.filter(pk=made.pk).update(title=title)
    return made


def spoil(store):
    """One page missing, one stale, one superfluous. Returns their keys."""
    missing, stale = page("缺页"), unnoticed("防汛通知")
    get_search_backend().refresh_indexes()
    store.write([], lambda keys: [], [str(missing.pk)])
    store.write(["900"], lambda keys: [Document("900", {"低保": 1.0})])
    return missing.pk, stale.pk, 900


def run(capsys, *arguments):
    """Exit code, and what was said about pages, in lines."""
    code, last = 0, []
    try:
        call_command("search_reconcile", *arguments)
    except CommandError as error:
        code, last = error.returncode, [str(error)]
    lines = [*capsys.readouterr().out.splitlines(), *last]
    return code, [line for line in lines if line.startswith(("页面", "  ", "请", "没", "另"))]


def pages():
    return next(tree for tree in trees() if tree.root is Page)


@pytest.mark.django_db
def test_an_index_that_is_as_the_database_says_so(store, capsys):
    number = Page.objects.count()
    assert run(capsys) == (0, [f"页面：{number} 条，与数据库一致。"])
    assert run(capsys, "--mend") == (0, [f"页面：{number} 条，与数据库一致。"])


@pytest.mark.django_db
def test_what_is_missing_superfluous_and_stale_is_shown_and_mended(store, capsys):
    missing, stale, superfluous = spoil(store)
    shown = [
        f"页面：索引里缺 1 条：{missing}",
        f"页面：索引里多出 1 条：{superfluous}",
        f"页面：索引里有 1 条不是最新内容：{stale}",
    ]
    for _ in range(2):  # looking changes nothing
        assert run(capsys) == (1, [*shown, "请运行 manage.py search_reconcile --mend 修复。"])
    assert list(Page.objects.search("防汛")) == []
    assert run(capsys, "--mend") == (0, [*shown, "  已修复。"])
    assert [hit.pk for hit in Page.objects.search("防汛")] == [stale]
    assert [hit.pk for hit in Page.objects.search("缺页")] == [missing]
    assert run(capsys)[0] == 0


@pytest.mark.django_db
def test_an_object_that_the_index_holds_twice_is_written_anew(store, capsys):
    key = str(Page.objects.get(title="农村低保申请指南").pk)
    documents = list(pages().index.documents_for(pages().keys()))
    rebuild = store.start_rebuild()
    rebuild.write([*documents, next(each for each in documents if each.key == key)])
    rebuild.finish(lambda keys: [])
    assert len(store.entries()) == len(documents) + 1
    said = f"页面：索引里有 1 条不是最新内容：{key}"
    assert run(capsys) == (1, [said, "请运行 manage.py search_reconcile --mend 修复。"])
    assert run(capsys, "--mend") == (0, [said, "  已修复。"])
    assert len(store.entries()) == len(documents)


@pytest.mark.django_db
def test_a_page_whose_text_can_not_be_read_is_named_and_keeps_no_other_from_the_index(store, capsys, monkeypatch):
    broken, missing, _ = spoil(store)
    declared = "search.documents.declared"
    from search.documents import declared as texts

    def failing(obj, *args):
        if obj.pk == broken:
            raise LookupError("a block that is no more")
        return texts(obj, *args)

    monkeypatch.setattr(declared, failing)
    code, said = run(capsys, "--mend")
    assert code == 1
    assert f"页面：有 1 条的文字读不出来，原因见日志：{broken}" in said
    assert said[-1] == "没有全部修好，原因见日志。"
    assert [hit.pk for hit in Page.objects.search("防汛")] == [missing]


@pytest.mark.django_db
def test_a_damaged_index_is_named_and_built_anew(store, capsys):
    store._forget()
    for path in (store.root / store.pointer()).iterdir():
        path.write_bytes(b"broken")
    code, said = run(capsys)
    assert (code, said[0]) == (1, "页面：没有索引，或索引损坏后正在重建。")
    assert not store.usable
    assert run(capsys, "--mend")[0] == 0
    assert store.usable
    assert [hit.title for hit in Page.objects.search("低保")] == ["农村低保申请指南"]
    assert run(capsys)[0] == 0


@pytest.mark.django_db
def test_damage_that_no_search_has_met_is_found_by_comparing(store, capsys):
    folder = store.root / store.pointer()
    spoilt = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    content = spoilt.read_bytes()
    spoilt.write_bytes(content[:-2] + bytes([content[-2] ^ 255]) + content[-1:])
    code, said = run(capsys)
    assert (code, said[0]) == (1, "页面：没有索引，或索引损坏后正在重建。")
    assert run(capsys, "--mend")[0] == 0
    assert run(capsys)[0] == 0


@pytest.mark.django_db
def test_of_two_who_mend_the_second_is_told_to_wait(store, capsys, monkeypatch):
    spoil(store)
    monkeypatch.setattr("search.management.commands.search_reconcile.LOCK_TIMEOUT", 0.1)
    monkeypatch.setattr("search.engines.store.LOCK_TIMEOUT", 0.1)
    with store.building():
        assert run(capsys, "--mend")[1][-1] == "另一个进程正在建这个索引，请等它完成后再试。"
        with pytest.raises(CommandError, match="另一个进程正在建这个索引"):
            call_command("update_index", verbosity=0)


@pytest.mark.django_db
def test_the_clock_has_a_damaged_index_filled_and_searches_find_what_is_there(store, monkeypatch, caplog):
    monkeypatch.setattr("search.reconciling.PORTION", 2)
    for number in range(5):
        page(f"低保{number}")
    get_search_backend().refresh_indexes()
    store._forget()
    for path in (store.root / store.pointer()).iterdir():
        path.write_bytes(b"broken")
    assert list(Page.objects.search("低保")) == []
    assert not store.usable
    assert not fill(pages(), seconds=-1)  # one portion: searches find more and more
    assert not fill(pages(), seconds=-1)
    assert 0 < len(store.entries()) < len(pages().keys())
    assert not store.usable
    assert [job.key for job in periodic_jobs(NOW) if "mend" in job.key] == [
        "search.mend:default:wagtailcore.page:5984460"
    ]
    report = tick(NOW)
    assert report.failed == []
    assert store.usable
    assert len(Page.objects.search("低保")) == 6
    assert [job.key for job in periodic_jobs(NOW) if "mend" in job.key] == []
    assert list(store.root.glob("damaged-*")) == []


@pytest.mark.django_db
def test_an_index_that_is_wanting_or_of_another_engine_is_filled_too(store, settings):
    backend = settings.MODELSEARCH_BACKENDS["default"]
    other = {"search.backends.whoosh": "search.backends.tantivy", "search.backends.tantivy": "search.backends.whoosh"}
    settings.MODELSEARCH_BACKENDS = {"default": backend | {"BACKEND": other[backend["BACKEND"]]}}
    assert list(Page.objects.search("低保")) == []
    mend_index.enqueue("default:wagtailcore.page")
    assert len(Page.objects.search("低保")) == 1
    assert get_search_backend().store(Page).usable


@pytest.mark.django_db
def test_every_day_all_is_compared_and_mended(store):
    missing, stale, _ = spoil(store)
    page_key = "search.reconcile:default:wagtailcore.page:2026-11-22"
    assert page_key in tick(NOW).done
    assert {hit.pk for hit in Page.objects.search("防汛缺页")} == {missing, stale}
    assert "900" not in dict(store.entries())
    assert page_key not in tick(NOW).done


@pytest.mark.django_db
def test_comparing_goes_on_behind_the_key_where_it_stopped(store, monkeypatch):
    monkeypatch.setattr("search.reconciling.PORTION", 2)
    made = [unnoticed(f"防汛{number}") for number in range(5)]
    after, turns = reconcile(pages(), None, seconds=-1), 1
    while after is not None:
        before = after
        after, turns = reconcile(pages(), after, seconds=-1), turns + 1
        assert after is None or after > before
    assert turns == -(-len(pages().keys()) // 2) + 1
    assert {hit.pk for hit in Page.objects.search("防汛")} == {each.pk for each in made}


@pytest.mark.django_db
def test_what_could_not_be_written_is_looked_for_by_the_clock(store):
    made = unnoticed("防汛通知")
    (store.root / "unwritten").touch()
    assert tick(NOW).failed == []
    assert [hit.pk for hit in Page.objects.search("防汛")] == [made.pk]
    assert not store.behind


@pytest.mark.django_db
def test_keys_left_for_one_who_had_finished_writing_are_written_by_the_clock(store):
    made = unnoticed("防汛通知")
    keys.append(store.root / "late-1", [str(made.pk)])
    (job,) = [job for job in periodic_jobs(NOW) if job.key.startswith("search.mend:")]
    job.run()
    assert [hit.pk for hit in Page.objects.search("防汛")] == [made.pk]
    assert not store.late


@pytest.mark.django_db(transaction=True)
def test_a_page_deleted_during_a_rebuild_hides_no_other(store, monkeypatch):
    """Counting rows, a page would move to a place that was passed already."""
    for number in range(6):
        page(f"低保{number}")
    monkeypatch.setattr("search.documents.AT_ONCE", 2)
    seen = []

    def deleting(obj):
        seen.append(obj.pk)
        if obj.title == "低保3":
            Page.objects.get(title="低保0").delete()
        return contents(obj)

    from search.documents import contents

    monkeypatch.setattr("search.documents.contents", deleting)
    call_command("update_index", verbosity=0)
    assert {hit.title for hit in Page.objects.search("低保")} == {f"低保{n}" for n in range(1, 6)} | {
        "农村低保申请指南"
    }


@pytest.mark.django_db
def test_every_searched_model_has_its_tree(store):
    names = {tree.name for tree in trees()}
    assert {"default:wagtailcore.page", f"default:{get_image_model()._meta.label_lower}"} < names
    assert {name for name in names if not name.startswith("default:")} == set()
