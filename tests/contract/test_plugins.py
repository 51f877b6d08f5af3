"""Taking one plugin's line out of the settings leaves a site that starts and works (docs/plugins.md).

Each plugin is left out once, on an empty database and on one that holds its data.
"""

import json
import shutil
import sys

import pytest

from tests.contract.plugins import PLUGINS, ROOT, run

# One paper of every kind has been printed; there may be kinds of which the sample township has none today.
PAPERS = """
from itertools import islice
from printing.domain.papers import record_next
from printing.domain.registry import printables
without = []
for kind, printable in printables().items():
    keys = list(islice(printable.keys(), 1))
    for key in keys:
        record_next(kind, key)
    without += [] if keys else [kind]
assert len(without) < 3, without
"""


def manage(*arguments, var):
    return run([sys.executable, "manage.py", *arguments], var)


def broken(var, without, *prepare):
    """The addresses that answer with a server's error."""
    seen = json.loads(run([sys.executable, "tests/contract/visit.py", *prepare], var, without))
    assert len(seen) > 2
    return {path: status for path, status in seen.items() if status >= 500}


@pytest.fixture(scope="module")
def with_data(tmp_path_factory):
    """A data folder that holds the sample township, of every plugin."""
    var = tmp_path_factory.mktemp("with-data") / "var"
    manage("migrate", "--no-input", "-v0", var=var)
    manage("demo", var=var)
    manage("shell", "-c", PAPERS, var=var)
    return var


def test_every_plugin_of_the_settings_is_taken_out_once():
    told = "from config.settings.base import FEATURE_APPS; print(*FEATURE_APPS)"
    assert run([sys.executable, "-c", told], ROOT / "var" / "test" / "none").split() == PLUGINS
    for plugin in PLUGINS:
        left = run([sys.executable, "-c", told], ROOT / "var" / "test" / "none", plugin).split()
        assert left == [name for name in PLUGINS if name != plugin]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_without_it_an_empty_database_migrates_and_the_site_answers(plugin, tmp_path):
    assert broken(tmp_path, plugin, "prepare") == {}


@pytest.mark.parametrize("plugin", PLUGINS)
def test_without_it_a_database_that_holds_its_data_still_serves_the_rest(plugin, with_data, tmp_path):
    var = tmp_path / "var"
    shutil.copytree(with_data, var)
    assert broken(var, plugin, "prepare") == {}
    # And it comes back with its line.
    assert broken(var, "") == {}
