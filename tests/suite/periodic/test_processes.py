"""The tick in real processes, on a copy of the migrated database."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

# Offers one job that leaves a line in a file, which no rollback takes back, and takes its time.
TICK = """
import pathlib, sys, time
sys.path[:0] = [{root!r}, {root!r} + "/site"]
import django
from config.settings import test
test.DATABASES["default"]["NAME"] = {database!r}
django.setup()
from django.core.management import call_command
from wagtail import hooks
from suite.periodic import PeriodicJob

def leave_a_line():
    with open({lines!r}, "a") as lines:
        lines.write("once\\n")
    time.sleep(0.5)

hooks.search_for_hooks()
hooks._hooks["periodic_jobs"] = [(lambda now: [PeriodicJob("once", leave_a_line)], 0)]
print("ready", flush=True)
while not pathlib.Path({go!r}).exists():
    time.sleep(0.01)
call_command("tick", *sys.argv[1:])
"""


@pytest.fixture
def start(django_db_setup, tmp_path):
    source = sqlite3.connect(connection.settings_dict["NAME"])
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        source.backup(copy)
    script = TICK.format(
        root=str(settings.BASE_DIR),
        database=str(tmp_path / "copy.sqlite3"),
        lines=str(tmp_path / "lines"),
        go=str(tmp_path / "go"),
    )
    processes = []

    def start_process(*arguments):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        process = subprocess.Popen([sys.executable, "-c", script, *arguments], env=environment, stdout=subprocess.PIPE)
        processes.append(process)
        return process

    yield start_process
    for process in processes:
        process.kill()
        process.wait()


def test_two_processes_at_once_do_it_once(start, tmp_path):
    together = [start(), start()]
    for process in together:
        assert process.stdout.readline() == b"ready\n"
    (tmp_path / "go").touch()
    assert [process.wait(60) for process in together] == [0, 0]
    assert (tmp_path / "lines").read_text() == "once\n"


def test_the_loop_goes_on_and_ends_cleanly_when_told(start, tmp_path):
    (tmp_path / "go").touch()
    process = start("--every", "1")
    deadline = time.monotonic() + 60
    while not (tmp_path / "lines").exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert (tmp_path / "lines").read_text() == "once\n"
