"""A word came or went: which documents are written anew, and what a question finds before, meanwhile and after."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from search import vocabulary
from search.backends.ranked import RankedIndex
from search.domain import lifecycle, rewriting
from search.engines.base import Question
from search.engines.cuts import Cuts
from search.enums import ReindexingState
from search.models import OfficeWord, Reindexing
from search.words_hooks import settle_words
from suite.background.domain import turn as turns
from suite.background.domain.lifecycle import revive
from suite.hooks import collect
from suite.periodic.domain.lifecycle import tick
from tests.processes import at_once

TITLES = ["湖长制实施方案", "积分超市管理办法", "长江十年禁渔", "湖长巡湖制度", "防汛通知"]


@pytest.fixture(params=["whoosh", "tantivy"])
def search_index(request, search_index, settings):
    """Every test with each engine."""
    settings.MODELSEARCH_BACKENDS["default"]["BACKEND"] = f"search.backends.{request.param}"
    return search_index


def page(title):
    return Page.get_first_root_node().add_child(instance=Page(title=title, slug=f"p{title.encode().hex()}"))


@pytest.fixture
def written(monkeypatch):
    """The titles of pages that are written into the index, as they are."""
    titles = []
    made = RankedIndex.__init__

    def noting(self, *args):
        made(self, *args)
        documents_for = self.documents_for

        def noted(keys):
            titles.extend(Page.objects.filter(pk__in=keys).order_by("pk").values_list("title", flat=True))
            return documents_for(keys)

        self.documents_for = noted

    monkeypatch.setattr(RankedIndex, "__init__", noting)
    return titles


@pytest.fixture
def pages(db, search_index, worker, written):
    """Some pages, in the index."""
    for title in TITLES:
        page(title)
    call_command("update_index", verbosity=0)
    search_index()
    written.clear()


def kept(*words):
    for word in words:
        OfficeWord.objects.create(word=word)


def store():
    return get_search_backend().store(Page)


def holding(word):
    """The titles of pages whose document holds a word as the dictionary cuts."""
    keys = store().search(Question(words=(word,)))
    return set(Page.objects.filter(pk__in=keys).values_list("title", flat=True))


def terms_held():
    """Which documents hold which of all words that a dictionary could find in the titles."""
    titles = Page.objects.values_list("title", flat=True)
    terms = {title[start : start + length] for title in titles for start in range(len(title)) for length in range(1, 5)}
    return {term: keys for term in terms if (keys := set(store().search(Question(words=(term,)))))}


def scores(text):
    return {hit.title: hit.score for hit in Page.objects.search(text).annotate_score("score")}


def last():
    return Reindexing.objects.latest("pk")


def test_only_documents_that_hold_the_word_are_written_anew(pages, worker, written):
    kept("湖长制")
    assert holding("湖长制") == set()
    assert rewriting.unsettled() == {"湖长制"}
    worker()
    assert written == ["湖长制实施方案"]
    assert holding("湖长制") == {"湖长制实施方案"}
    assert store().cuts() == Cuts(frozenset({"湖长制"}))
    assert rewriting.unsettled() == frozenset()
    assert (last().state, last().done, last().total, last().words) == (ReindexingState.DONE, 1, 1, ["湖长制"])


def test_after_the_re_indexing_only_the_new_cut_is_asked(pages, worker, monkeypatch):
    asked = []
    kept("湖长制")
    ask = store().search
    monkeypatch.setattr(store(), "search", lambda question, limit=None: asked.append(question) or ask(question, limit))
    scores("湖长制方案")
    assert len(asked) == 2
    worker()
    asked.clear()
    scores("湖长制方案")
    assert [question.words for question in asked] == [("湖长制", "方案")]


def test_a_deleted_word_is_taken_out_again_and_its_documents_are_as_before(pages, worker, written):
    before = terms_held()
    kept("湖长制")
    worker()
    assert terms_held() != before
    written.clear()
    OfficeWord.objects.get().delete()
    worker()
    assert written == ["湖长制实施方案"]
    assert terms_held() == before
    assert store().cuts() == Cuts()


def test_of_two_words_at_once_one_inside_the_other_every_document_is_written_once(pages, worker, written):
    kept("湖长", "湖长制", "积分超市")
    assert Reindexing.objects.count() == 1
    worker()
    assert sorted(written) == ["湖长制实施方案", "湖长巡湖制度", "积分超市管理办法"]
    assert holding("湖长") == {"湖长制实施方案", "湖长巡湖制度"}
    assert holding("湖长制") == {"湖长制实施方案"}
    OfficeWord.objects.get(word="湖长").delete()
    worker()
    assert holding("湖长") == set()
    assert holding("湖长制") == {"湖长制实施方案"}


def test_a_worker_that_was_killed_in_the_middle_is_followed_by_one_that_goes_on_there(
    pages, worker, written, monkeypatch
):
    monkeypatch.setattr(rewriting, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "PROGRESS_EVERY", 0)
    kept("湖长")
    report = turns.Turn.report

    def killed(self, *args, **fields):
        report(self, *args, **fields)
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(turns.Turn, "report", killed)
        with pytest.raises(SystemExit):
            worker()
    assert written == ["湖长制实施方案"]
    assert (last().done, last().total, last().running) == (1, 2, True)
    assert set(scores("湖长")) >= {"湖长制实施方案", "湖长巡湖制度"}
    later = timezone.now() + timedelta(seconds=61)
    job = next(job for job in collect("background_work") if job.model is Reindexing)
    revive(job, last().pk, later)
    worker()
    assert written == ["湖长制实施方案", "湖长巡湖制度"]
    assert (last().state, last().done, last().revived) == (ReindexingState.DONE, 2, 1)
    assert rewriting.unsettled() == frozenset()


def test_long_work_is_done_in_turns_and_a_word_that_comes_between_them_is_taken_along(pages, worker, monkeypatch):
    monkeypatch.setattr(rewriting, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "TURN_SECONDS", 0)
    kept("湖长")
    worker(1)
    assert (last().done, last().total, last().state) == (1, 2, ReindexingState.RUNNING)
    kept("积分超市")
    assert Reindexing.objects.count() == 1
    worker()
    assert last().state == ReindexingState.DONE
    assert (holding("湖长"), holding("积分超市")) == ({"湖长制实施方案", "湖长巡湖制度"}, {"积分超市管理办法"})
    assert rewriting.unsettled() == frozenset()


def test_a_page_saved_while_a_word_came_and_went_is_written_anew_as_well(pages, worker, search_index):
    """No list of words as they are and as they were would tell."""
    word = OfficeWord.objects.create(word="湖长制")
    page("湖长制考核")
    search_index()
    word.delete()
    assert vocabulary.current().office == store().cuts().words == frozenset()
    assert rewriting.unsettled() == {"湖长制"}
    assert holding("湖长制") == {"湖长制考核"}
    assert set(scores("湖长制")) >= {"湖长制考核", "湖长制实施方案"}
    worker()
    assert holding("湖长制") == set()
    assert rewriting.unsettled() == frozenset()


def test_a_rebuild_meanwhile_settles_its_own_words_and_the_tick_the_rest(pages, worker, search_index, monkeypatch):
    monkeypatch.setattr(rewriting, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "TURN_SECONDS", 0)
    kept("湖长")
    worker(1)
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Page))
    building = rebuilder.start()
    building.add_items(Page, list(Page.get_indexed_objects()))
    kept("积分超市")
    worker()
    assert rewriting.unsettled() == frozenset()
    rebuilder.finish()
    assert holding("湖长") == {"湖长制实施方案", "湖长巡湖制度"}
    assert rewriting.unsettled() == {"积分超市"}
    now = datetime(2026, 11, 23, 9, tzinfo=timezone.get_current_timezone())
    (job,) = settle_words(now)
    job.run()
    worker()
    assert holding("积分超市") == {"积分超市管理办法"}
    assert rewriting.unsettled() == frozenset()
    assert list(settle_words(now)) == []


def test_a_full_rebuild_settles_everything(pages, worker):
    kept("湖长制")
    call_command("update_index", verbosity=0)
    assert store().cuts() == Cuts(frozenset({"湖长制"}))
    assert holding("湖长制") == {"湖长制实施方案"}


def test_a_re_indexing_that_fails_says_so_and_is_tried_again_by_the_tick(pages, worker, monkeypatch):
    kept("湖长制")
    with monkeypatch.context() as patched:
        patched.setattr(store(), "write", lambda *args: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        worker()
    assert last().state == ReindexingState.FAILED
    assert last().message == "这些词没能在所有页面生效。系统会自动再试；如果一直这样，请告诉系统管理员。"
    assert "search.words:" in " ".join(tick(timezone.now()).done)
    worker()
    assert last().state == ReindexingState.DONE
    assert holding("湖长制") == {"湖长制实施方案"}


def test_keys_that_wait_for_the_lock_are_written_before_a_word_counts_as_known(pages, worker, search_index):
    kept("湖长制")
    key = str(Page.objects.get(title="湖长制实施方案").pk)
    (store().root / "late-1").write_text(f'"{key}"\n')
    worker()
    assert not store().late
    assert last().state == ReindexingState.DONE


WORDS = ["湖长", "湖长制", "长制", "积分超市", "超市管理", "禁渔", "巡湖制"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["add", "delete"]), st.sampled_from(WORDS)),
        st.tuples(st.just("page"), st.sampled_from(["湖长制超市管理", "十年禁渔巡湖制", "积分"])),
        st.tuples(st.just("turn"), st.just("")),
    ),
    max_size=8,
)


@pytest.mark.long
@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_after_any_words_came_and_went_the_index_is_as_one_that_is_freshly_built(
    pages, worker, search_index, settings, tmp_path, monkeypatch, steps
):
    # Hypothesis makes chance repeat itself: Whoosh's files would get the names of those that another example left.
    settings.MODELSEARCH_BACKENDS["default"]["FOLDER"] = tmp_path / str(len(list(tmp_path.iterdir())))
    call_command("update_index", verbosity=0)
    monkeypatch.setattr(rewriting, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "TURN_SECONDS", 0)
    for number, (step, text) in enumerate(steps):
        match step:
            case "add":
                OfficeWord.objects.get_or_create(word=text)
            case "delete":
                for row in OfficeWord.objects.filter(word=text):
                    row.delete()
            case "page":
                page(f"{text}{number}{Page.objects.count()}")
                search_index()
            case "turn":
                worker(1)
    worker()
    assert rewriting.unsettled() == frozenset()
    held = terms_held()
    call_command("update_index", verbosity=0)
    assert terms_held() == held
    for row in OfficeWord.objects.all():
        row.delete()
    worker()


@pytest.mark.django_db(transaction=True)
def test_two_processes_add_words_at_once_and_nothing_is_left_out(search_index, worker, tmp_path):
    for title in TITLES:
        page(title)

    def work(number):
        kept(["湖长", "积分超市"][number])
        rewriting_now = Reindexing.objects.filter(state=ReindexingState.RUNNING).first()
        if rewriting_now:
            turns_of(rewriting_now)

    def turns_of(record):
        from suite.background.domain.lifecycle import work_on

        while Reindexing.objects.filter(state=ReindexingState.RUNNING).exists():
            record.refresh_from_db()
            work_on(Reindexing, record.pk, record.turn)

    assert at_once(work, 2, tmp_path) == []
    assert rewriting.unsettled() == frozenset()
    assert (holding("湖长"), holding("积分超市")) == ({"湖长制实施方案", "湖长巡湖制度"}, {"积分超市管理办法"})


def test_words_ordered_while_the_last_step_is_done_are_not_forgotten(pages, worker):
    kept("湖长制")
    record = last()
    Reindexing.objects.filter(pk=record.pk).update(running=True)
    lifecycle.order(["积分超市"])
    assert lifecycle.finish(record).state == ReindexingState.RUNNING
    assert last().words == ["湖长制", "积分超市"]
