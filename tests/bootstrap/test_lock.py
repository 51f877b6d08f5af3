"""One at a time."""

import subprocess
import sys
import time

import pytest

from bootstrap.lock import only_one
from bootstrap.problem import Problem

from .conftest import ROOT

HOLDER = """
import sys, time
from pathlib import Path
from bootstrap.lock import only_one
with only_one(Path(sys.argv[1]), "it"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def held_for(tmp_path):
    holders = []

    def hold(seconds):
        command = [sys.executable, "-c", HOLDER, str(tmp_path / "a.lock"), str(seconds)]
        holders.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
        assert holders[-1].stdout.readline() == "held\n"
        return tmp_path / "a.lock"

    yield hold
    for holder in holders:
        holder.kill()
        holder.wait()


def test_the_second_is_refused_while_the_first_is_at_it(held_for):
    with pytest.raises(Problem, match="Another it is running"), only_one(held_for(60), "it"):
        pytest.fail("two at once")


def test_who_is_patient_has_it_when_the_first_is_done(held_for):
    path, start = held_for(1), time.monotonic()
    with only_one(path, "it", patience=30):
        assert time.monotonic() - start > 0.5


def test_patience_ends(held_for):
    with pytest.raises(Problem), only_one(held_for(60), "it", patience=0.5):
        pytest.fail("two at once")


def test_the_lock_is_free_again_afterwards(tmp_path):
    for _time in range(2):
        with only_one(tmp_path / "a.lock", "it"):
            pass
