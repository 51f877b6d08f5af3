"""The same work in several processes at once, each with a connection of its own."""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from django.db import connection, connections


def at_once(work: Callable[[int], None], processes: int, folder: Path) -> list[str]:
    """Run ``work(number)`` in forked processes that begin together. Returns the tracebacks of those that failed.

    Needs a test that really commits. Tracebacks pass through files in ``folder``.
    """
    connection.close()
    logs = [folder / f"process-{number}.log" for number in range(processes)]
    start_at = time.time() + 1
    children = [_start(work, number, start_at, log) for number, log in enumerate(logs)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    told = [log.read_text() for log in logs if log.exists()]
    return told or [f"a process ended with {code}" for code in codes if code]


def _start(work: Callable[[int], None], number: int, start_at: float, log: Path) -> int:
    """Run the work in a forked process; the number that the system gave it."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for each in connections.all(initialized_only=True):
            # The parent's connection must not be closed from here: forget it, open an own one.
            each.connection = None
        time.sleep(max(0.0, start_at - time.time()))
        work(number)
        code = 0
    except BaseException:  # noqa: BLE001 - a forked child may not return into pytest
        log.write_text(traceback.format_exc())
    finally:
        sys.stdout.flush()
        os._exit(code)
