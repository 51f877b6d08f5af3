"""Taking one plugin's line out of the settings leaves a site that starts and works (docs/plugins.md).

Each plugin is left out once of a database that holds its data, then all are put back. On an empty database they come
one by one; that each is well by itself, migrations and all, is said by test_each_alone.py.
"""

import json
import sys

import pytest

from tests.contract.plugins import PLUGINS, run
from tests.manage import ROOT, copy_sample_site

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
    var = copy_sample_site(tmp_path_factory.mktemp("with-data") / "var", tmp_path_factory)
    # The page types of the tests' own have tables, too.
    manage("migrate", "--no-input", "-v0", var=var)
    manage("shell", "-c", PAPERS, var=var)
    return var


def test_every_plugin_of_the_settings_is_taken_out_once():
    told = "from config.settings.base import FEATURE_APPS; print(*FEATURE_APPS)"
    assert run([sys.executable, "-c", told], ROOT / "var" / "test" / "none").split() == PLUGINS
    for plugin in PLUGINS:
        left = run([sys.executable, "-c", told], ROOT / "var" / "test" / "none", plugin).split()
        assert left == [name for name in PLUGINS if name != plugin]


def test_plugins_come_to_an_empty_site_one_after_another(tmp_path):
    # The last one first: each comes where none of those is that stand before it in the settings.
    for number in range(len(PLUGINS), -1, -1):
        left_out = PLUGINS[:number]
        assert broken(tmp_path, ",".join(left_out), "prepare") == {}, f"without {left_out}"


@pytest.mark.parametrize("plugin", PLUGINS)
def test_without_it_a_database_that_holds_its_data_still_serves_the_rest(plugin, with_data):
    assert broken(with_data, plugin, "prepare") == {}


def test_all_of_them_come_back_with_their_lines(with_data):
    assert broken(with_data, "") == {}
