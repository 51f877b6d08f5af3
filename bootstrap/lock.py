"""One at a time: a lock that the system itself lets go when the process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .problem import Problem


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs. Raises Problem where another process holds it.

    ``what`` names the command, as the user typed it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "?"
            raise Problem(
                f"另一个 {what} 正在运行(进程 {holder}):请等它结束,或先停掉它,再运行一次。",
                f"Another {what} is running (process {holder}): wait for it to end, or stop it, then run this again.",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
