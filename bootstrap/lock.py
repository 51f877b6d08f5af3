"""One at a time: a lock that the system itself lets go when the process ends, however it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from . import say
from .problem import Problem


@contextmanager
def only_one(path: Path, what: str, patience: float = 0) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs. Raises Problem where another process holds it.

    ``what`` names the command, as the user typed it; ``patience`` is for how many seconds to wait for the other one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        if not _held(file) and not (patience and _held_within(patience, file, what)):
            file.seek(0)
            holder = file.read().strip() or "?"
            raise Problem(
                f"另一个 {what} 正在运行(进程 {holder}):请等它结束,或先停掉它,再运行一次。",
                f"Another {what} is running (process {holder}): wait for it to end, or stop it, then run this again.",
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _held(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _held_within(patience: float, file: IO[str], what: str) -> bool:
    until = time.monotonic() + patience
    with say.step(f"等另一个 {what} 装完"):
        while time.monotonic() < until:
            if _held(file):
                return True
            time.sleep(0.2)
    return False
