"""The search library's own tests of a backend, all of them, against ours."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(os.environ.get("BIANMIN_MODELSEARCH_FIXTURES", ROOT.parent / "shared" / "data" / "modelsearch"))
# A worktree lies one folder deeper than a checkout.
if not FIXTURES.exists():
    FIXTURES = ROOT.parents[1] / "shared" / "data" / "modelsearch"


with_fixtures = pytest.mark.skipif(
    not (FIXTURES / "search.json").exists(),
    reason="modelsearch's wheel lacks its fixture search.json: name its folder in BIANMIN_MODELSEARCH_FIXTURES",
)


def run(suite, engine, folder, **environment):
    """In a process of its own: the tests need their models installed, which the product must not have."""
    return subprocess.run(
        [sys.executable, "-m", "django", "test", f"tests.search.modelsearch_suite.{suite}"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "tests.search.modelsearch_suite.settings",
            "MODELSEARCH_FIXTURES": str(FIXTURES),
            "MODELSEARCH_INDEX": str(folder),
            "MODELSEARCH_BACKEND": f"search.backends.{engine}",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
@with_fixtures
@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_backend_passes_every_test_that_modelsearch_has_for_one(engine, tmp_path):
    done = run("backend", engine, tmp_path / "index")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^Ran 121 tests .*\n\nOK$", done.stderr, re.MULTILINE), done.stderr


@pytest.mark.long
@with_fixtures
def test_on_a_double_of_opensearch_every_test_passes_that_modelsearch_has_for_a_server(search_server, tmp_path):
    done = run("server", "opensearch", tmp_path / "index", MODELSEARCH_URL=search_server)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^Ran 139 tests .*\n\nOK$", done.stderr, re.MULTILINE), done.stderr
