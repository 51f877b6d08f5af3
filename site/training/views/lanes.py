"""How many of the web server's threads may be held by somebody's slow line at a time.

The server reads and writes long bodies in the thread that answers: a few slow readers of a large file would hold all
of them, and nobody else would get an answer. Whoever finds no lane is told to come back in a moment.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

# Seconds. What nginx waits between two writes, too.
PATIENCE = 60
# Bytes. Who takes less in `PATIENCE` (140 kbit/s) makes way for who is waiting, and goes on later by Range.
LEAST = 1024 * 1024
# Seconds that somebody who was told to come back is waited for.
COMES_BACK = 600
_OPEN_FILES = Path("/proc/self/fd")


class Lanes(threading.BoundedSemaphore):
    """So many lanes, and whether somebody found none of them free.

    ``patience``: seconds in which a line has to move, and take ``least`` bytes where somebody waits for its lane.
    """

    def __init__(self, count: int, *, patience: int = PATIENCE, least: int = LEAST) -> None:
        super().__init__(count)
        self.patience, self.least = patience, least
        self._refused_at: float | None = None

    def take(self) -> bool:
        """A lane, if one is free; who gets one gives it back (``release``, or `Lane`)."""
        cut_dead_lines(self.patience)
        free = self.acquire(blocking=False)
        self._refused_at = None if free else time.monotonic()
        return free

    def call_back(self) -> bool:
        """Whether one lane has to be given back for somebody who was refused; asked once for each."""
        refused, self._refused_at = self._refused_at, None
        return refused is not None and time.monotonic() - refused < COMES_BACK


# Of the eight threads that `manage.py up` gives the web server (bootstrap/server.py).
UPLOADS = Lanes(2)
DOWNLOADS = Lanes(2)


def cut_dead_lines(patience: int) -> None:
    """Have the system cut connections of this process whose other side takes nothing, or is gone, for ``patience``
    seconds: those that there are, and those to come, which inherit it from the one that listens.

    Does nothing where the system has no such thing (it is Linux's).
    """
    for line in _lines():
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, patience * 1000)
        # Who sends and vanishes leaves nothing that would have to arrive: it is asked for signs of life.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, max(1, patience // 2))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, max(1, patience // 6))


def _lines() -> Iterator[socket.socket]:
    """The TCP connections of this process, and what it listens on; each a copy that is closed behind it."""
    for name in os.listdir(_OPEN_FILES) if _OPEN_FILES.is_dir() else ():
        # Files come and go meanwhile, other threads are at work.
        with contextlib.suppress(OSError):
            copy = os.dup(int(name))
            try:
                if stat.S_ISSOCK(os.fstat(copy).st_mode):
                    line = socket.socket(fileno=os.dup(copy))
                    with line:
                        if line.family in (socket.AF_INET, socket.AF_INET6) and line.type == socket.SOCK_STREAM:
                            yield line
            finally:
                os.close(copy)


class Lane:
    """The bytes of a long answer; its lane is given back when the server is through with it, or its reader gone.

    Where its reader is too slow and somebody else waits, it ends before its length: the browser goes on later by Range.
    """

    def __init__(self, lanes: Lanes, chunks: Iterator[bytes]) -> None:
        self._lanes, self._chunks, self._held = lanes, chunks, True
        self._since, self._taken = time.monotonic(), 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        now = time.monotonic()
        if now - self._since > self._lanes.patience and self._lanes.call_back():
            raise StopIteration
        if self._taken >= self._lanes.least:
            self._since, self._taken = now, 0
        chunk = next(self._chunks)
        self._taken += len(chunk)
        return chunk

    def close(self) -> None:
        """Give the lane back. Called once more it does nothing."""
        held, self._held = self._held, False
        if held:
            self._lanes.release()
