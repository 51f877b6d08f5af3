"""Processes that write, rebuild and search at once, and processes killed at random moments. Figures for both engines
through the database: benchmarks/search_kills.py.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.search.busy import Rows
from tests.search.stores import each_engine

ROOT = Path(__file__).resolve().parents[2]


def process(root, engine, *arguments):
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.search.busy", str(root), engine.name, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout.readline() == "begun\n"
    return started


def ended(*processes):
    """Exit codes and the last words of all."""
    return [(each.communicate()[1].splitlines()[-1:], each.returncode) for each in processes]


@pytest.mark.long
@each_engine
def test_a_rebuild_while_four_write_and_two_search_loses_nothing(engine, tmp_path):
    """And at no time does a search miss what was acknowledged before it was asked."""
    rows = Rows(tmp_path, engine.name)
    for number in range(20):
        rows.add(f"old{number}")
    searching = [process(tmp_path, engine, "search", 4) for _ in range(2)]
    writing = [process(tmp_path, engine, "write", name, 6) for name in "abcd"]
    rebuilding = process(tmp_path, engine, "rebuild", 2)
    assert ended(*writing, rebuilding, *searching) == [([], 0)] * 7
    assert rows.found() == set(rows.keys())
    assert len(rows.keys()) == 20 + 4 * 6
    assert dict(rows.store.entries()).keys() == set(rows.keys())
    assert not list(rows.store.root.glob("damaged-*"))


@pytest.mark.long
@each_engine
@pytest.mark.parametrize("kind", ["rebuild", "write"])
def test_a_process_killed_at_any_moment_leaves_an_index_that_works_and_lacks_nothing_acknowledged(
    kind, engine, tmp_path
):
    dice = random.Random(f"{kind}{engine.name}")  # noqa: S311
    rows = Rows(tmp_path, engine.name)
    for number in range(20):
        rows.add(f"old{number}")
    for kill in range(5):
        arguments = ("rebuild", 1000) if kind == "rebuild" else ("write", f"k{kill}-", 1000)
        killed = process(tmp_path, engine, *arguments)
        time.sleep(dice.uniform(0.0, 0.4))
        rows.add(f"meanwhile{kill}")
        os.kill(killed.pid, signal.SIGKILL)
        assert ended(killed) == [([], -signal.SIGKILL)]
        rows.store.write([], rows.documents_for)  # takes over what could not wait for the killed one
        assert {path.name for path in rows.acknowledged.iterdir()} <= rows.found()
        # Committed, and killed before it was written: one at most of each process.
        assert len(set(rows.keys()) - rows.found()) <= (kill + 1 if kind == "write" else 0)
        rows.store.verify()
        assert not list(rows.store.root.glob("damaged-*"))
    rows.store.write(rows.keys(), rows.documents_for)
    assert rows.found() == set(rows.keys())
    rows.rebuild()
    assert len(list(rows.store.root.glob("index-*"))) == 1
    assert sorted(rows.store.entries()) == [(key, 0) for key in sorted(rows.keys())]
