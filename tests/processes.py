"""The same work in several processes at once, each with a connection of its own."""

import os
import sys
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
    ready, go = os.pipe(), os.pipe()
    children = [_start(work, number, log, ready, go) for number, log in enumerate(logs)]
    os.close(ready[1])
    for _child in children:
        os.read(ready[0], 1)
    # Once nobody can write into it any more, all that read from it go on.
    os.close(go[1])
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(ready[0])
    os.close(go[0])
    told = [log.read_text() for log in logs if log.exists()]
    return told or [f"a process ended with {code}" for code in codes if code]


def _start(work: Callable[[int], None], number: int, log: Path, ready: tuple[int, int], go: tuple[int, int]) -> int:
    """Run the work in a forked process, once ``go`` is closed; the number that the system gave it."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for each in connections.all(initialized_only=True):
            # The parent's connection must not be closed from here: forget it, open an own one.
            each.connection = None
        os.close(go[1])
        os.write(ready[1], b".")
        os.close(ready[1])
        os.read(go[0], 1)
        work(number)
        code = 0
    except BaseException:  # noqa: BLE001 - a forked child may not return into pytest
        log.write_text(traceback.format_exc())
    finally:
        sys.stdout.flush()
        os._exit(code)
