"""One index and several processes: nothing lost, nothing stuck."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.engines.base import Document, Must, Question
from search.engines.store import IndexBusy, IndexStore
from search.engines.whoosh import WhooshEngine

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from pathlib import Path
from search.engines.base import Document
from search.engines.store import IndexStore
from search.engines.whoosh import WhooshEngine
store = IndexStore(Path(sys.argv[1]), WhooshEngine)
for number in range(int(sys.argv[3])):
    store.write([f"{sys.argv[2]}-{number}"], lambda keys: [Document(key, {"低保": 1.0, key: 1.0}) for key in keys])
"""
HOLDER = """
import sys, time
from pathlib import Path
from search.engines.store import IndexStore
from search.engines.whoosh import WhooshEngine
with IndexStore(Path(sys.argv[1]), WhooshEngine).lock():
    print("held", flush=True)
    time.sleep(60)
"""


def process(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


class Store(IndexStore):
    """An index whose documents are given, where the product makes them from the database."""

    def put(self, *documents, remove=()):
        made = {document.key: document for document in documents}
        self.write(made, lambda keys: [made[key] for key in keys if key in made], remove)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "index", WhooshEngine)


def test_four_processes_write_at_once_and_nothing_is_lost(store):
    writers = [process(WRITER, str(store.root), name, "15") for name in "甲乙丙丁"]
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
    assert sorted(path.name[:6] for path in store.root.iterdir()) == ["curren", "index-", "lock"]


def test_a_document_written_again_is_replaced_and_a_removed_one_is_gone(store):
    store.put(Document("1", {"低保": 1.0}), Document("2", {"低保": 1.0}))
    store.put(Document("1", {"五保": 1.0}), remove=["2"])
    assert store.search(Question(words=("低保",))) == {}
    assert set(store.search(Question(words=("五保",)))) == {"1"}


def test_documents_stay_as_they_were_when_whoosh_merges_its_segments(store):
    for number in range(40):
        store.put(Document(str(number), {"低保": 1.0 + number, "甲": 1.0}, {"低保": 1.0}, frozenset({"低"})))
        if number % 7 == 0:
            store.put(remove=[str(number)])
    left = {str(number) for number in range(40) if number % 7}
    assert len(store._current()._open()._segments()) < 10
    hits = store.search(Question(words=("低保",)))
    assert set(hits) == left
    assert sorted(hits, key=lambda key: -hits[key]) == sorted(left, key=lambda key: -int(key))
    assert set(store.search(Question(must=(Must("starts", "低"),)))) == left


def test_scores_do_not_depend_on_how_the_index_was_written(tmp_path):
    documents = [Document(str(n), {"低保": 1.0 + n % 3, f"w{n % 5}": 2.0}, {"低保": 1.0}) for n in range(30)]
    one, many = (Store(tmp_path / name, WhooshEngine) for name in ("one", "many"))
    one.put(*documents)
    for document in documents:
        many.put(document)
    question = Question(("低保", "w1"), ("低保",))
    assert one.search(question) == pytest.approx(many.search(question))


def test_the_rarer_word_ranks_higher_and_every_needed_term_is_needed(store):
    store.put(*(Document(str(number), {"通知": 1.0}) for number in range(9)), Document("x", {"低保": 1.0}))
    hits = store.search(Question(("通知", "低保")))
    assert max(hits, key=hits.get) == "x"
    assert store.search(Question(("通知", "低保"), must=(Must("words", "通知"), Must("words", "低保")))) == {}


def test_a_pair_weighs_half_of_a_word(store):
    store.put(Document("word", {"低保": 1.0}), Document("pair", {}, {"低保": 1.0}))
    hits = store.search(Question(("低保",), ("低保",)))
    assert hits["pair"] / hits["word"] == pytest.approx(0.5)
