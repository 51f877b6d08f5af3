"""Sixteen people save at once on the default database: nobody is told that it is locked."""

import os
import sqlite3
import sys
import time
import traceback
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

PROCESSES = 16
WRITES = 12


def save_and_read(process: int) -> None:
    """What a form does: read, decide, write several rows, in one transaction."""
    from suite.periodic.models import JobRun

    for number in range(WRITES):
        with transaction.atomic():
            JobRun.objects.filter(key__startswith="many-writers").count()
            JobRun.objects.create(key=f"many-writers:{process}:{number}")
            JobRun.objects.filter(key=f"many-writers:{process}:{number}").update(description="ok")


def in_a_process_of_its_own(process: int, start_at: float, log: Path) -> int:
    """Run `save_and_read` in a forked process; the number of the process."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for each in connections.all(initialized_only=True):
            # The parent's connection must not be closed from here: forget it, open an own one.
            each.connection = None
        time.sleep(max(0.0, start_at - time.time()))
        save_and_read(process)
        code = 0
    except BaseException:  # noqa: BLE001 - a forked child may not return into pytest
        log.write_text(traceback.format_exc())
    finally:
        sys.stdout.flush()
        os._exit(code)


@pytest.mark.django_db(transaction=True)
def test_sixteen_processes_write_at_once_and_none_is_told_that_the_database_is_locked(tmp_path):
    name = connection.settings_dict["NAME"]
    connection.close()
    logs = [tmp_path / f"{process}.log" for process in range(PROCESSES)]
    start_at = time.time() + 1
    children = [in_a_process_of_its_own(process, start_at, log) for process, log in enumerate(logs)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert [log.read_text() for log in logs if log.exists()] == []
    assert codes == [0] * PROCESSES
    with sqlite3.connect(name) as database:
        written = database.execute(
            "SELECT count(*) FROM periodic_jobrun WHERE key LIKE 'many-writers:%' AND description = 'ok'"
        ).fetchone()[0]
    assert written == PROCESSES * WRITES


@pytest.mark.django_db
def test_the_database_waits_for_writers_and_survives_a_power_cut():
    with connection.cursor() as cursor:
        settings = {
            pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in ("journal_mode", "synchronous")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2}
    assert connection.transaction_mode == "IMMEDIATE"
