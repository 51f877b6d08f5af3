"""Packs printed by real workers, on a copy of the migrated database: one is killed, two come at once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from pypdf import PdfReader

pytestmark = pytest.mark.pdf
PAPERS = 30
# Letters by number; each one that is set leaves a line in a file, whatever becomes of the process.
SCRIPT = """
import datetime, json, os, sys
sys.path[:0] = [{root!r}, {root!r} + "/site"]
os.environ["BIANMIN_VAR"] = {var!r}
import django
from config.settings import test
test.DATABASES["default"]["NAME"] = {var!r} + "/copy.sqlite3"
test.TASKS = {{"default": {{"BACKEND": "django_tasks_db.DatabaseBackend"}}}}
test.MODELSEARCH_BACKENDS = {{"default": {{"BACKEND": "modelsearch.backends.database.fallback"}}}}
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from wagtail import hooks
from printing import Printable
from printing.domain.gongwen import gongwen_sheet
from printing.domain.packs import PackItem, order_pack
from printing.models import Pack
from suite.periodic.domain.lifecycle import tick

def sheet(number):
    with open({var!r} + "/set", "a") as lines:
        lines.write(number + "\\n")
    return gongwen_sheet(title="通知", body_html=f"<p>信函{{number}}。</p>", day=datetime.date(2026, 11, 21))

letter = Printable("letter", "信函", None, sheet, str, list, lambda user, number: True)
hooks.register("register_printables", lambda: [letter])
"""
ORDER = """
clerk = get_user_model().objects.create_user("clerk")
print(order_pack("三十份", [PackItem("letter", str(number)) for number in range({papers})], clerk).folder)
"""
WORKER = (
    'print("ready", flush=True); call_command("db_worker", batch=True, startup_delay=False, interval=0, reload=False)'
)
# As the clock of the office does it a minute after the power is back.
TICK = "print(json.dumps(tick(timezone.now() + datetime.timedelta(seconds=61)).done))"
STATE = "pack = Pack.objects.get(); print(json.dumps([pack.state, pack.done, pack.problems, pack.revived]))"
QUEUED_TWICE = """
from suite.background.tasks import do_turn
do_turn.enqueue("printing.pack", Pack.objects.get().pk, 1)
"""


class Machine:
    """Processes on one database; what they set, and the file that comes out."""

    def __init__(self, var):
        self.var = var
        self.running = []

    def start(self, code):
        script = SCRIPT.format(root=str(settings.BASE_DIR), var=str(self.var)) + code.format(papers=PAPERS)
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        command = [sys.executable, "-c", script]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.running.append(process)
        return process

    def run(self, code):
        process = self.start(code)
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return out.strip().splitlines()[-1] if out.strip() else ""

    def printed(self):
        lines = self.var / "set"
        return [int(line) for line in lines.read_text().split()] if lines.exists() else []

    def letters(self):
        (file,) = self.var.glob("packs/*/pack.pdf")
        return [int(page.extract_text().split("信函")[1].split("。")[0]) for page in PdfReader(file).pages]


@pytest.fixture
def machine(django_db_setup, tmp_path):
    source = sqlite3.connect(connection.settings_dict["NAME"])
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        source.backup(copy)
    machine = Machine(tmp_path)
    yield machine
    for process in machine.running:
        process.kill()
        process.wait()


def wait_until(condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_is_killed_in_the_middle_and_the_next_one_goes_on_where_it_stood(machine):
    machine.run(ORDER)
    worker = machine.start(WORKER)
    wait_until(lambda: len(machine.printed()) >= 5)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(20) == -signal.SIGKILL
    before = machine.printed()
    assert len(before) < PAPERS
    assert any(key.startswith("background.revive:printing.pack:1:") for key in json.loads(machine.run(TICK)))
    state, done, problems, revived = json.loads(machine.run(f"{WORKER}\n{STATE}"))
    assert machine.letters() == list(range(PAPERS))
    assert (state, done, problems, revived) == ("done", PAPERS, [], 1)
    # Only the paper during which it was killed is set again.
    assert machine.printed()[len(before) :] in (list(range(before[-1], PAPERS)), list(range(before[-1] + 1, PAPERS)))


def test_two_workers_and_a_task_that_was_queued_twice_print_each_paper_once(machine):
    machine.run(ORDER + QUEUED_TWICE)
    workers = [machine.start(WORKER), machine.start(WORKER)]
    for worker in workers:
        _out, errors = worker.communicate(timeout=120)
        assert worker.returncode == 0, errors
    assert machine.printed() == list(range(PAPERS))
    assert machine.letters() == list(range(PAPERS))
