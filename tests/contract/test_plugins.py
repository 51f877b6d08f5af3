"""Taking one plugin's line out of the settings leaves a site that starts and works (docs/plugins.md).

Each plugin is left out once, on an empty database and on one that holds its data. All tests of the other apps run
without it, too, but for those that need the browser or the fonts of paper, and those of the whole site.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The line as it stands in the settings, whatever this very run was told to leave out.
PLUGINS = ["pages", "policies", "guides", "hearings"]
# One paper of every kind has been printed.
PAPERS = """
from printing.domain.papers import record_next
from printing.domain.registry import printables
for kind, printable in printables().items():
    record_next(kind, next(iter(printable.keys())))
"""
# Tests of the whole site and of the commands around it; they take plugins out, or in, themselves.
WHOLE_SITE = ["contract", "bootstrap", "journeys"]


def run(command, var, without=""):
    """A process of its own with its own data folder. Returns what it printed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "BIANMIN_"))}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={
            **inherited,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "BIANMIN_VAR": str(var),
            "BIANMIN_WITHOUT": without,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def manage(*arguments, var, without=""):
    return run([sys.executable, "manage.py", *arguments], var, without)


def broken(var, without, who):
    """The addresses that answer with a server's error."""
    seen = json.loads(run([sys.executable, "tests/contract/visit.py", who], var, without))
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
    manage("migrate", "--no-input", "-v0", var=tmp_path, without=plugin)
    manage("check", "--fail-level", "WARNING", var=tmp_path, without=plugin)
    manage("makemigrations", "--check", "--dry-run", var=tmp_path, without=plugin)
    assert broken(tmp_path, plugin, "staff") == {}


@pytest.mark.parametrize("plugin", PLUGINS)
def test_without_it_a_database_that_holds_its_data_still_serves_the_rest(plugin, with_data, tmp_path):
    var = tmp_path / "var"
    shutil.copytree(with_data, var)
    manage("check", "--fail-level", "WARNING", var=var, without=plugin)
    manage("migrate", "--no-input", "-v0", var=var, without=plugin)
    assert broken(var, plugin, "staff") == {}
    # And it comes back with its line.
    assert broken(var, "", "staff") == {}


@pytest.mark.parametrize("plugin", PLUGINS)
def test_without_it_the_other_apps_tests_pass(plugin, tmp_path):
    left_out = [f"--ignore=tests/{name}" for name in [*WHOLE_SITE, plugin]]
    run([sys.executable, "-m", "pytest", "-q", "-x", "-m", "not chromium and not pdf", *left_out], tmp_path, plugin)
