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
from collections.abc import Iterator
from pathlib import Path
from typing import Self

# Of the eight threads that `manage.py up` gives the web server (bootstrap/server.py).
UPLOADS = threading.BoundedSemaphore(2)
DOWNLOADS = threading.BoundedSemaphore(2)
# Seconds. What nginx waits between two writes, too.
PATIENCE = 60
_OPEN_FILES = Path("/proc/self/fd")


def take(lane: threading.BoundedSemaphore) -> bool:
    """A lane, if one is free; who gets one gives it back (``release``, or `Lane`)."""
    cut_dead_lines()
    return lane.acquire(blocking=False)


def cut_dead_lines(patience: int = PATIENCE) -> None:
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
    """The bytes of a long answer; its lane is given back when the server is through with it, or its reader gone."""

    def __init__(self, lane: threading.BoundedSemaphore, chunks: Iterator[bytes]) -> None:
        self._lane: threading.BoundedSemaphore | None = lane
        self._chunks = chunks

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        """Give the lane back. Called once more it does nothing."""
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.release()
