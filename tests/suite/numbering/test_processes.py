"""Many people take numbers of one series at the same moment, in processes of their own."""

import os
import time
import traceback
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from suite.numbering.domain import gaps, issue
from suite.numbering.models import DocumentNumber, NumberSeries
from tests.suite.numbering.conftest import moment

PROCESSES = 8
EACH = 15


class ChangedTheirMindError(Exception):
    pass


def take_numbers(process: int) -> None:
    """Every third one fails after the number was given, as when the rest of a form is refused."""
    series = NumberSeries.objects.get(prefix="石政发")
    for turn in range(EACH):
        time.sleep(0.01)
        try:
            with transaction.atomic():
                issue(series, None, f"文件{process}-{turn}", at=moment(2026))
                if turn % 3 == 2:
                    raise ChangedTheirMindError
        except ChangedTheirMindError:
            continue


def in_a_process_of_its_own(process: int, start_at: float, log: Path) -> int:
    """Run `take_numbers` in a forked process; the number of the process."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for each in connections.all(initialized_only=True):
            # The parent's connection must not be closed from here: forget it, open an own one.
            each.connection = None
        time.sleep(max(0.0, start_at - time.time()))
        take_numbers(process)
        code = 0
    except BaseException:  # noqa: BLE001 - a forked child may not return into pytest
        log.write_text(traceback.format_exc())
    finally:
        os._exit(code)


@pytest.mark.django_db(transaction=True)
def test_eight_processes_take_numbers_at_once_and_there_is_no_gap_and_no_double(tmp_path):
    series = NumberSeries.objects.create(prefix="石政发", first_year=2020)
    connection.close()
    logs = [tmp_path / f"{process}.log" for process in range(PROCESSES)]
    start_at = time.time() + 0.5
    children = [in_a_process_of_its_own(process, start_at, log) for process, log in enumerate(logs)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert [log.read_text() for log in logs if log.exists()] == []
    assert codes == [0] * PROCESSES
    kept = PROCESSES * (EACH - EACH // 3)
    assert [*DocumentNumber.objects.order_by("number").values_list("number", flat=True)] == [*range(1, kept + 1)]
    assert gaps(series, 2026) == []
    # They really were at it at the same time: no process got its numbers in one piece.
    titles = DocumentNumber.objects.order_by("number").values_list("title", flat=True)
    owners = [title.removeprefix("文件").split("-")[0] for title in titles]
    assert sum(before != after for before, after in pairwise(owners)) > PROCESSES
