"""What every test may use."""

from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils.translation.reloader import translation_file_changed

from suite.translation.compile import compile_catalogues
from tests import database
from tests.browser import chromium, window  # noqa: F401 - fixtures

# What takes minutes in one file begins first, so that no process is left with it when the others have nothing to do.
_LONGEST = (
    "contract/test_each_alone.py",
    "search/test_wagtail_suite.py",
    "contract/test_plugins.py",
    "bootstrap/test_up.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--one-value", action="store_true", help="of a test with several values, run the first alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first; with --one-value, each test once."""
    here = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        name = item.path.relative_to(here).as_posix()
        return _LONGEST.index(name) if name in _LONGEST else len(_LONGEST)

    items.sort(key=place)
    if config.getoption("--one-value"):
        first: dict[str, pytest.Item] = {}
        for item in items:
            first.setdefault(item.nodeid.split("[")[0], item)
        config.hook.pytest_deselected(items=[item for item in items if item is not first[item.nodeid.split("[")[0]]])
        items[:] = first.values()


def pytest_configure() -> None:
    """Compile the Chinese catalogues, which are not committed, and drop what Django had read before them."""
    for written in compile_catalogues(Path(__file__).resolve().parents[1]):
        translation_file_changed(None, written)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_createdb, django_db_modify_db_settings):
    """The migrated database that all tests share; see tests/database.py."""
    with django_db_blocker.unblock():
        database.prepare(anew=django_db_createdb)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """After a test that really commits, the next one finds the migrated rows again."""
    yield
    database.restore_after(item)


@pytest.fixture
def search_index(settings, tmp_path):
    """An empty search index of the test's own. Returns a function that writes what the test's transaction changed."""
    from modelsearch.backends import get_search_backend

    settings.MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.whoosh", "FOLDER": tmp_path / "index"}}
    return lambda: get_search_backend().refresh_indexes()


@pytest.fixture
def queued(monkeypatch):
    """Turns of background work, (model, key, turn), queued here instead of being done at once.

    A test says when the worker comes: ``work_on(*queued[0])``.
    """
    from suite.background.domain import lifecycle

    turns = []
    monkeypatch.setattr(lifecycle, "_enqueue", lambda record: turns.append((type(record), record.pk, record.turn)))
    return turns


@pytest.fixture(scope="session")
def search_server():
    """The address of a search server: no OpenSearch, but osmem-server, a double that speaks its protocol in memory."""
    double = pytest.importorskip("osmem_server", reason="osmem-server is not installed")
    with double.OsmemServer.start(japanese=False) as server:
        yield server.url


@pytest.fixture
def on_the_server(settings, tmp_path, search_server):
    """Empty indexes of the test's own on the search server. Returns a function as `search_index` does."""
    from modelsearch.backends import get_search_backend

    settings.MODELSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "search.backends.opensearch",
            "URLS": [search_server],
            "INDEX_PREFIX": f"{uuid4().hex}_",
            "FOLDER": tmp_path / "index",
        }
    }
    get_search_backend().reset_indexes()
    return lambda: get_search_backend().refresh_indexes()
