"""A full disk and a folder that may not be written, with real processes: the site goes on, nothing is thrown away."""

import os
import resource
import signal
import tempfile
from pathlib import Path

import pytest

from search.engines.base import Document
from tests.search.stores import Store, each_engine

MANY = [Document(str(n), dict.fromkeys([*(f"w{n}x{i}" for i in range(200)), "低保"], 1.0)) for n in range(100)]
NOBODY = 65534


def child(work):
    """What a forked process says; it opens the index for the first time."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            said = work()
        except Exception as error:  # noqa: BLE001 (told to the test)
            said = f"raised {type(error).__name__}"
        os.write(writing, str(said).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return said


def begun(root, engine):
    store = Store(root, engine)
    store.put(Document("1", {"低保": 1.0}))
    store.complete()


@each_engine
@pytest.mark.parametrize("room", [0, 2_000, 30_000])
def test_on_a_full_disk_the_index_stays_and_takes_all_once_there_is_room(engine, room, tmp_path):
    root = tmp_path / "index"

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        Store(root, engine).put(*MANY)

    def state():
        store = Store(root, engine)
        return sorted(store.found()), store.usable, store.behind, len(list(root.glob("damaged-*")))

    def mended():
        store = Store(root, engine)
        store.caught_up()
        store.put(*MANY)
        return len(store.found()), store.usable, store.behind

    child(lambda: begun(root, engine))
    assert child(full).startswith("raised ")
    assert child(state) == "(['1'], True, True, 0)"
    assert child(mended) == "(100, True, False)"


@pytest.fixture
def open_folder():
    """A folder that everybody may enter, as those of pytest are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@each_engine
@pytest.mark.skipif(os.getuid() != 0, reason="only the superuser may try what somebody else may not")
def test_a_folder_that_may_not_be_written_is_searched_or_said_to_be_wanting(engine, open_folder):
    root = open_folder / "index"

    def refused(work):
        def changed():
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            return work()

        return child(changed)

    def looking():
        store = Store(root, engine)
        found = store.found()
        return (found == {"1"} and store.usable) or (not found and not store.usable), store.behind

    child(lambda: begun(root, engine))
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode | 0o055 if path.is_dir() else 0o644)
    assert refused(looking) == "(True, True)"
    assert refused(lambda: Store(root, engine).put(*MANY)).startswith("raised ")
    assert child(lambda: (sorted(Store(root, engine).found()), Store(root, engine).usable)) == "(['1'], True)"
    assert not list(root.glob("damaged-*"))
