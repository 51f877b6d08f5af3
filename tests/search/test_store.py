"""One index and several processes: nothing lost, nothing stuck."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.engines.base import Document, Must, Occurrences, Question
from search.engines.locks import IndexBusy
from search.engines.tantivy import TantivyEngine
from search.engines.whoosh import WhooshEngine
from tests.search.stores import ENGINES, Store, each_engine

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from pathlib import Path
from importlib import import_module
from search.engines.base import Document
from search.engines.store import IndexStore
store = IndexStore(Path(sys.argv[1]), getattr(import_module(sys.argv[2]), sys.argv[3]))
for number in range(int(sys.argv[5])):
    store.write([f"{sys.argv[4]}-{number}"], lambda keys: [Document(key, {"低保": 1.0, key: 1.0}) for key in keys])
"""
HOLDER = """
import sys, time
from pathlib import Path
from search.engines.store import IndexStore
with IndexStore(Path(sys.argv[1]), None).lock():
    print("held", flush=True)
    time.sleep(60)
"""


def process(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def parts_of(store):
    """How many parts the engine's index consists of."""
    engine = store._current()
    return engine._current().num_segments if isinstance(engine, TantivyEngine) else len(engine._open()._segments())


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def store(request, tmp_path):
    return Store(tmp_path / "index", request.param)


def test_four_processes_write_at_once_and_nothing_is_lost(store):
    engine = store.engine_class
    writers = [process(WRITER, str(store.root), engine.__module__, engine.__name__, name, "15") for name in "甲乙丙丁"]
    while any(writer.poll() is None for writer in writers):
        store.search(Question(words=("低保",)))
        time.sleep(0.02)
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    written = {f"{name}-{number}" for name in "甲乙丙丁" for number in range(15)}
    assert set(store.search(Question(words=("低保",)))) == written
    assert not list(store.root.glob("damaged-*"))


def test_a_killed_writer_does_not_keep_the_lock(store):
    holder = process(HOLDER, str(store.root))
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(IndexBusy), store.lock(timeout=0.1):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    store.put(Document("1", {"低保": 1.0}))
    assert set(store.search(Question(words=("低保",)))) == {"1"}


def test_what_a_writer_could_not_wait_for_is_written_by_the_next(store, monkeypatch):
    holder = process(HOLDER, str(store.root))
    assert holder.stdout.readline() == "held\n"
    monkeypatch.setattr("search.engines.store.LOCK_TIMEOUT", 0.1)
    store.put(Document("late", {"低保": 1.0}))
    assert store.search(Question(words=("低保",))) == {}
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    store.write(["1"], lambda keys: [Document(key, {"低保": 1.0}) for key in keys])
    assert set(store.search(Question(words=("低保",)))) == {"1", "late"}
    assert not list(store.root.glob("late-*"))


def test_a_document_that_is_no_longer_made_is_taken_out(store):
    store.put(Document("1", {"低保": 1.0}), Document("2", {"低保": 1.0}))
    store.write(["1", "2"], lambda keys: [Document("1", {"低保": 1.0})])
    assert set(store.search(Question(words=("低保",)))) == {"1"}


def test_a_rebuild_that_never_finished_leaves_nothing_after_the_next(store):
    store.put(Document("1", {"低保": 1.0}))
    store.start_rebuild()
    second = store.start_rebuild()
    second.write([Document("2", {"低保": 1.0})])
    second.finish(lambda keys: [])
    assert set(store.search(Question(words=("低保",)))) == {"2"}
    assert sorted(path.name[:6] for path in store.root.iterdir()) == ["buildi", "curren", "index-", "lock", "lock.n"]


def test_a_document_written_again_is_replaced_and_a_removed_one_is_gone(store):
    store.put(Document("1", {"低保": 1.0}), Document("2", {"低保": 1.0}))
    store.put(Document("1", {"五保": 1.0}), remove=["2"])
    assert store.search(Question(words=("低保",))) == {}
    assert set(store.search(Question(words=("五保",)))) == {"1"}


def test_documents_stay_as_they_were_when_parts_of_the_index_are_merged(store):
    for number in range(40):
        store.put(Document(str(number), {"低保": 1.0 + number, "甲": 1.0}, {"低保": 1.0}, frozenset({"低"})))
        if number % 7 == 0:
            store.put(remove=[str(number)])
    left = {str(number) for number in range(40) if number % 7}
    assert parts_of(store) < 10
    hits = store.search(Question(words=("低保",)))
    assert set(hits) == left
    assert sorted(hits, key=lambda key: -hits[key]) == sorted(left, key=lambda key: -int(key))
    assert set(store.search(Question(must=(Must("starts", "低"),)))) == left


@each_engine
def test_scores_do_not_depend_on_how_the_index_was_written(engine, tmp_path):
    documents = [Document(str(n), {"低保": 1.0 + n % 3, f"w{n % 5}": 2.0}, {"低保": 1.0}) for n in range(30)]
    one, many = (Store(tmp_path / name, engine) for name in ("one", "many"))
    one.put(*documents)
    for document in documents:
        many.put(document)
    question = Question(("低保", "w1"), ("低保",))
    assert one.search(question) == pytest.approx(many.search(question))


def test_whoosh_documents_stay_the_same_when_postings_are_put_down_in_parts(tmp_path, monkeypatch):
    documents = [
        Document(str(n), {"低保": 1.0 + n % 3, f"w{n % 5}": 2.0}, {"低保": 1.0}, frozenset("低保")) for n in range(30)
    ]
    at_once, parts = (Store(tmp_path / name, WhooshEngine) for name in ("at_once", "parts"))
    at_once.put(*documents)
    monkeypatch.setattr("search.engines.whoosh_postings.AT_ONCE", 20)
    parts.put(*documents)
    parts.put(Document("7", {"五保": 1.0}))
    at_once.put(Document("7", {"五保": 1.0}))
    for question in (Question(("低保", "w1", "五保"), ("低保",)), Question(must=(Must("starts", "低"),))):
        assert parts.search(question) == at_once.search(question)
    assert len(parts.search(Question(("低保",)))) == 29


def test_the_rarer_word_ranks_higher_and_every_needed_term_is_needed(store):
    store.put(*(Document(str(number), {"通知": 1.0}) for number in range(9)), Document("x", {"低保": 1.0}))
    hits = store.search(Question(("通知", "低保")))
    assert max(hits, key=hits.get) == "x"
    assert store.search(Question(("通知", "低保"), must=(Must("words", "通知"), Must("words", "低保")))) == {}


def test_a_pair_weighs_three_quarters_of_a_word(store):
    store.put(Document("word", {"低保": 1.0}), Document("pair", {}, {"低保": 1.0}))
    hits = store.search(Question(("低保",), ("低保",)))
    assert hits["pair"] / hits["word"] == pytest.approx(0.75, abs=0.001)


def test_a_word_that_is_asked_twice_weighs_twice(store):
    store.put(Document("once", {"五保": 1.0}), Document("twice", {"低保": 1.0}))
    hits = store.search(Question(("低保", "五保", "低保")))
    assert hits["twice"] / hits["once"] == pytest.approx(2, abs=0.001)


def test_of_a_long_question_the_rarest_words_count(store, monkeypatch):
    monkeypatch.setattr("search.engines.ranking.RAREST", 2)
    store.put(*(Document(f"{n}", dict.fromkeys("甲乙丙"[: n + 1], 1.0)) for n in range(3)))
    assert set(store.search(Question(("甲", "乙", "丙")))) == {"1", "2"}


def test_with_a_limit_the_best_are_found(store):
    store.put(*(Document(str(n), {"低保": 1.0 + n, f"w{n}": 9.0 - n}, {"低保": 1.0}) for n in range(9)))
    question = Question(("低保",), ("低保",))
    all_hits = store.search(question)
    best = sorted(all_hits, key=all_hits.get)[-4:]
    assert best == ["5", "6", "7", "8"]
    assert store.search(question, 4) == pytest.approx({key: all_hits[key] for key in best}, rel=0.001)
    assert store.search(question, 1000) == pytest.approx(all_hits, rel=0.001)


@pytest.mark.parametrize("key", ["7", "-7", "007", str(2**63), "f3a1-b2", "村", ""])
def test_any_text_may_be_a_key(store, key):
    store.put(Document(key, {"低保": 1.0}), Document("other", {"低保": 1.0}))
    assert set(store.search(Question(("低保",)))) == {key, "other"}
    store.put(Document(key, {"五保": 1.0}))
    assert set(store.search(Question(("低保",)))) == {"other"}


def test_a_term_may_hold_blanks(store):
    """As those of document numbers do."""
    number = Occurrences([(["文号 国发 2014 17"], 1.0)])
    store.put(Document("exact", number), Document("parts", {"文号": 1.0, "国发": 1.0, "2014": 1.0, "17": 1.0}))
    assert set(store.search(Question(must=(Must("words", "文号 国发 2014 17"),)))) == {"exact"}
    assert set(store.search(Question(("文号 国发 2014 17",)))) == {"exact"}
    assert set(store.search(Question(("国发",)))) == {"parts"}
    store.put(Document("exact", {"文号 国发 2014 18": 1.5}))
    assert set(store.search(Question(("文号 国发 2014 18",)))) == {"exact"}


def test_a_beginning_stands_for_every_word_that_begins_so(store):
    store.put(*(Document(word, starts=frozenset({word})) for word in ("app", "apple", "ape", "b")))
    assert set(store.search(Question(must=(Must("starts", "app", beginning=True),)))) == {"app", "apple"}
    assert set(store.search(Question(must=(Must("starts", "ap"),)))) == set()


def test_a_beginning_stands_for_so_many_words_at_most(store, monkeypatch):
    monkeypatch.setattr(f"search.engines.{store.engine_class.name}.LONGEST_EXPANSION", 2)
    store.put(*(Document(word, starts=frozenset({word})) for word in ("app", "apple", "apply")))
    assert len(store.search(Question(must=(Must("starts", "app", beginning=True),)))) == 2


def test_an_index_of_another_engine_is_none_until_it_is_rebuilt(tmp_path):
    whoosh, tantivy = (Store(tmp_path / "index", engine) for engine in (WhooshEngine, TantivyEngine))
    whoosh.put(Document("old", {"低保": 1.0}))
    assert not whoosh.usable  # it began empty: nobody has looked whether one document is all there is
    whoosh.complete()
    assert (whoosh.usable, tantivy.usable) == (True, False)
    assert tantivy.search(Question(("低保",))) == {}
    assert set(whoosh.search(Question(("低保",)))) == {"old"}
    tantivy.put(Document("new", {"低保": 1.0}))
    assert set(tantivy.search(Question(("低保",)))) == {"new"}
    assert not tantivy.usable
    rebuild = tantivy.start_rebuild()
    rebuild.write([Document("old", {"低保": 1.0}), Document("new", {"低保": 1.0})])
    rebuild.finish(lambda keys: [])
    assert set(tantivy.search(Question(("低保",)))) == {"old", "new"}
    assert tantivy.usable


def test_each_file_damaged_by_itself_is_no_error(store):
    """Whichever file a disk garbles: an answer, or an index set aside."""
    store.put(*(Document(str(n), {"低保": 1.0, f"w{n}": 2.0}, {"低保": 1.0}) for n in range(50)))
    name = store.pointer()
    whole = {path.name: path.read_bytes() for path in (store.root / name).iterdir() if path.stat().st_size}
    assert len(whole) > 1
    for damaged in whole:
        store._forget()
        (store.root / "current").write_text(name)
        (store.root / name).mkdir(exist_ok=True)
        for file, content in whole.items():
            path = store.root / name / file
            path.unlink(missing_ok=True)
            path.write_bytes(bytes(255 - byte for byte in content) if file == damaged else content)
        store.search(Question(("低保", "w7"), ("低保",)))
        store.put(Document("fresh", {"低保": 1.0}))
        assert "fresh" in store.search(Question(("低保",)))
