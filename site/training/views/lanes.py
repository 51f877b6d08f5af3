"""How many of the web server's threads may be held by somebody's slow line at a time.

The server reads and writes long bodies in the thread that answers: a few slow readers of a large file would hold all
of them, and nobody else would get an answer. Whoever finds no lane is told to come back in a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Self

# Of the eight threads that `manage.py up` gives the web server (bootstrap/server.py).
UPLOADS = threading.BoundedSemaphore(2)
DOWNLOADS = threading.BoundedSemaphore(2)


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
