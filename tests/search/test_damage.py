"""What damages an index, what only looks like it, and what is left lying about by killed processes."""

import errno
import os
import re
import shutil
import threading
import time
from itertools import pairwise

import pytest

from search.engines import keys as key_files
from search.engines.base import Document, Question
from search.engines.failures import of_the_machine
from search.engines.locks import IndexBusy, held
from search.engines.sums import CHANGING
from tests.search.stores import ENGINES, Store


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def store(request, tmp_path):
    return Store(tmp_path / "index", request.param)


def named(store, pattern):
    return [path.name for path in store.root.glob(pattern)]


def test_an_index_tells_the_key_and_the_fingerprint_of_every_document(store):
    assert store.entries() == []
    store.put(*(Document(str(n), {"低保": 1.0}, fingerprint=n * 2**30) for n in range(4)))
    store.put(Document("2", {"低保": 1.0}, fingerprint=7), Document("村", fingerprint=2**32 - 1), remove=["0"])
    assert sorted(store.entries()) == [("1", 2**30), ("2", 7), ("3", 3 * 2**30), ("村", 2**32 - 1)]


def test_a_damaged_index_is_set_aside_once_and_an_empty_one_begun(store):
    store.put(Document("1", {"低保": 1.0}))
    store.complete()
    others = [Store(store.root, store.engine_class) for _ in range(3)]
    assert [other.found() for other in others] == [{"1"}] * 3
    for path in (store.root / store.pointer()).iterdir():
        path.write_bytes(b"broken")
    for each in [Store(store.root, store.engine_class) for _ in range(3)]:
        assert each.found() == set()
    assert len(named(store, "damaged-*")) == 1
    assert not store.usable
    store.put(Document("2", {"低保": 1.0}))
    assert [each.found() for each in (store, *others)] == [{"2"}] * 4
    store.complete()
    assert store.usable
    assert named(store, "damaged-*") == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"../../etc", b"index-whoosh-2-", b"index-whoosh-2-0", b"x/y"]
)
def test_a_pointer_that_was_garbled_is_an_index_that_is_wanting(store, content):
    store.put(Document("1", {"低保": 1.0}))
    store.complete()
    (store.root / "current").write_bytes(content)
    assert store.found() == set()
    store.put(Document("2", {"低保": 1.0}))
    assert store.found() == {"2"}
    assert not store.usable


@pytest.mark.parametrize("refused", ["EMFILE", "ENOSPC", "EACCES", "EROFS", "EFBIG", "ENOMEM"])
def test_what_the_system_refuses_is_no_damage(store, refused, monkeypatch):
    store.put(Document("1", {"低保": 1.0}))
    store.complete()

    def fail(*args):
        raise OSError(getattr(errno, refused), os.strerror(getattr(errno, refused)))

    with monkeypatch.context() as broken:
        broken.setattr(store.engine_class, "search", fail)
        broken.setattr(store.engine_class, "write", fail)
        assert store.found() == set()
        with pytest.raises(OSError, match=re.escape(os.strerror(getattr(errno, refused)))):
            store.put(Document("2", {"低保": 1.0}))
    assert (store.found(), store.usable, store.behind) == ({"1"}, True, True)
    assert named(store, "damaged-*") == []


def test_the_systems_words_are_known_in_another_librarys_error():
    assert of_the_machine(ValueError("Failed to write: IoError('No space left on device (os error 28)')"))
    assert not of_the_machine(ValueError("invalid magic number"))


def test_a_document_that_can_not_be_made_is_no_damage(store):
    store.put(Document("1", {"低保": 1.0}))
    store.complete()

    def documents(keys):
        yield Document("2", {"低保": 1.0})
        raise LookupError("the database went away")

    with pytest.raises(LookupError):
        store.write(["2", "3"], documents)
    assert (store.found(), store.usable, store.behind) == ({"1"}, True, True)


def test_a_reader_that_finds_damage_while_somebody_writes_for_long_is_not_kept_waiting(store, monkeypatch, caplog):
    store.put(Document("1", {"低保": 1.0}))
    for path in (store.root / store.pointer()).iterdir():
        path.write_bytes(b"broken")
    monkeypatch.setattr("search.engines.store.READER_TIMEOUT", 0.1)
    with store.lock():
        assert Store(store.root, store.engine_class).found() == set()
    assert "could not be read" in caplog.text
    assert named(store, "damaged-*") == []


def test_of_two_who_want_to_build_one_is_told_that_the_other_does(store, monkeypatch):
    monkeypatch.setattr("search.engines.store.LOCK_TIMEOUT", 0.1)
    rebuild = store.start_rebuild()
    with pytest.raises(IndexBusy):
        store.start_rebuild()
    with pytest.raises(IndexBusy), store.building():
        pass
    rebuild.finish(lambda keys: [])
    with store.building():
        pass


def test_a_line_that_a_killed_process_cut_short_spoils_no_other(tmp_path):
    file = tmp_path / "keys"
    key_files.append(file, ["1", "村\n"])
    with file.open("a") as lines:
        lines.write('\n"12')
    key_files.append(file, ["3", "1"])
    assert key_files.read(file) == ["1", "村\n", "3"]


def test_a_rebuild_killed_after_it_moved_the_pointer_leaves_a_whole_index(store):
    """What is left over goes with the next write and the next rebuild."""
    rebuild = store.start_rebuild()
    rebuild.write([Document("1", {"低保": 1.0})])
    store.point_to(rebuild.name)
    del rebuild
    assert (store.found(), store.usable) == ({"1"}, True)
    store.put(Document("2", {"低保": 1.0}))
    assert named(store, "*.changes") == []
    store.start_rebuild().finish(lambda keys: [])
    assert len(named(store, "index-*")) == 1


WAYS = {
    "garbled": lambda content: bytes(255 - byte for byte in content),
    "one byte": lambda content: content[: len(content) // 2] + b"\xa7" + content[len(content) // 2 + 1 :],
    "half": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "zeros": lambda content: bytes(len(content)),
    "removed": lambda content: None,
}
# Made anew by Tantivy from what it finds.
MADE_ANEW = (".managed.json",)


@pytest.mark.parametrize("way", WAYS)
def test_whichever_file_is_damaged_the_index_is_set_aside_once_or_as_good_as_before(store, way):
    """By the search that meets it, or by looking at the sums of all files."""
    for start in (0, 60):
        store.put(*(Document(str(n), {"低保": 1.0, f"w{n}": 2.0}, {"低保": 1.0}) for n in range(start, start + 60)))
    store.put(remove=["7"])
    store.complete()
    question = Question(("低保", "w9"), ("低保",))
    right, name = store.search(question), store.pointer()
    whole = {path.name: path.read_bytes() for path in (store.root / name).iterdir() if path.stat().st_size}
    assert len(whole) > 3
    for damaged, content in whole.items():
        root = store.root.with_name(f"{damaged}-{way}")
        shutil.copytree(store.root, root)
        (root / name / damaged).unlink()
        spoilt = WAYS[way](content)
        if spoilt is not None:
            (root / name / damaged).write_bytes(spoilt)
        copies = [Store(root, store.engine_class) for _ in range(2)]
        answers = [copy.search(question) for copy in copies]
        copies[0].verify()
        if copies[0].usable:
            assert answers == [right, right], (damaged, "not met, and wrong")
            assert spoilt == content or damaged.endswith((*CHANGING, *MADE_ANEW)) or spoilt is None, damaged
        else:
            assert len(list(root.glob("damaged-*"))) == 1, damaged
        copies[1].put(Document("fresh", {"低保": 1.0}))
        assert "fresh" in copies[0].found(), damaged


def test_a_process_killed_before_it_noted_sums_leaves_no_alarm(store):
    store.put(Document("1", {"低保": 1.0}))
    noted = (store.root / store.pointer() / "sums.json").read_bytes()
    for number in range(2, 12):
        store.put(Document(str(number), {"低保": 1.0}))
    (store.root / store.pointer() / "sums.json").write_bytes(noted)
    store.complete()
    store.verify()
    assert (store.usable, len(store.found())) == (True, 11)


def test_a_commit_that_was_killed_half_way_does_not_stop_the_next(store):
    """Its files lie there, the list of what belongs to the index does not know them yet."""
    store.put(*(Document(str(n), {"低保": 1.0}) for n in range(20)))
    store.complete()
    folder = store.root / store.pointer()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    store.put(Document("new", {"低保": 1.0}), remove=["3"])
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    store._forget()
    for path in folder.iterdir():
        path.unlink()
    # Tantivy lists a file as its own before it writes it, and as part of the index at the end.
    left = {name: content for name, content in written.items() if name not in before or name == ".managed.json"}
    for name, content in {**before, **left}.items():
        if name not in ("_MAIN_2.toc", "meta.json") or name in before:
            (folder / name).write_bytes(content)
    assert len(store.found()) == 20
    store.put(Document("new", {"低保": 1.0}), remove=["3"])
    assert len(store.found()) == 20
    assert "new" in store.found()
    assert (store.usable, named(store, "damaged-*")) == (True, [])


def test_who_writes_on_and_on_lets_others_in_between(tmp_path):
    """Each holds the lock for long and asks for it again at once."""
    turns = []

    def write(name):
        for _ in range(8):
            with held(tmp_path / "lock", 30):
                turns.append(name)
                time.sleep(0.05)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    changes = sum(one != other for one, other in pairwise(turns))
    assert changes > 8, "".join(turns)
