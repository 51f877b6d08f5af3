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


@pytest.mark.skipif(
    not (FIXTURES / "search.json").exists(),
    reason="modelsearch's wheel lacks its fixture search.json: name its folder in BIANMIN_MODELSEARCH_FIXTURES",
)
@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_backend_passes_every_test_that_modelsearch_has_for_one(engine, tmp_path):
    """In a process of its own: the tests need their models installed, which the product must not have."""
    run = subprocess.run(
        [sys.executable, "-m", "django", "test", "tests.search.modelsearch_suite.backend"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "tests.search.modelsearch_suite.settings",
            "MODELSEARCH_FIXTURES": str(FIXTURES),
            "MODELSEARCH_INDEX": str(tmp_path / "index"),
            "MODELSEARCH_BACKEND": f"search.backends.{engine}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert re.search(r"^Ran 121 tests .*\n\nOK$", run.stderr, re.MULTILINE), run.stderr
