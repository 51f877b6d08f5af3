"""Sixteen people save at once on the default database: nobody is told that it is locked."""

import sqlite3

import pytest
from django.db import connection, transaction

from tests.processes import at_once

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


@pytest.mark.django_db(transaction=True)
def test_sixteen_processes_write_at_once_and_none_is_told_that_the_database_is_locked(tmp_path):
    name = connection.settings_dict["NAME"]
    assert at_once(save_and_read, PROCESSES, tmp_path) == []
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
