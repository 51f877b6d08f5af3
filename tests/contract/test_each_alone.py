"""Each plugin's tests pass where it is the only one, and the kernel's where there is none.

Features know nothing of each other (import-linter), so this stands for leaving out any of them. Left out are tests
that need the browser or the fonts of paper, those that try one rule in very many ways, and those of the whole site; of
a test that is tried with several values one is enough to see whether it wants another plugin.
"""

import sys

import pytest

from tests.contract.plugins import PLUGINS, run
from tests.manage import ROOT

# Tests of the whole site and of the commands around it; they take plugins out, or in, themselves.
WHOLE_SITE = {"contract", "bootstrap", "journeys"}


def run_tests(folders, var, without):
    paths = [f"tests/{name}" for name in folders]
    marked = "not chromium and not pdf and not long"
    run([sys.executable, "-m", "pytest", "-q", "-x", "--one-value", "-m", marked, *paths], var, ",".join(without))


@pytest.mark.parametrize("plugin", PLUGINS)
def test_its_tests_pass_where_it_is_the_only_plugin(plugin, tmp_path):
    run_tests([plugin], tmp_path, [name for name in PLUGINS if name != plugin])


def test_the_tests_of_the_kernel_pass_without_any_plugin(tmp_path):
    folders = {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("**/test_*.py"))}
    run_tests(["test_start.py", *sorted(folders - WHOLE_SITE - set(PLUGINS))], tmp_path, PLUGINS)
