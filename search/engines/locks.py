"""Locks between processes and threads, which the system frees when a holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class IndexBusy(Exception):
    """Somebody else held the index for longer than one waits."""


class IndexAway(IndexBusy):
    """The server that holds the index does not answer, or has no such index."""


@contextmanager
def held(file: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of a file, which is made where there is none. Raises IndexBusy after ``timeout`` seconds.

    Whoever waits holds the place of the next, so that one who writes on and on lets others in between.
    """
    until = time.monotonic() + timeout
    place = take(file.with_suffix(".next"), timeout)
    try:
        descriptor = take(file, max(until - time.monotonic(), 0))
    finally:
        os.close(place)
    try:
        yield
    finally:
        os.close(descriptor)


def take(file: Path, timeout: float) -> int:
    """The same, until the descriptor that is returned is closed."""
    descriptor = _opened(file)
    try:
        until = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise IndexBusy(f"{file} was held for more than {timeout} seconds") from error
                time.sleep(0.02)
            else:
                return descriptor
    except BaseException:
        os.close(descriptor)
        raise


def _opened(file: Path) -> int:
    try:
        # To be read is enough for a lock, and a folder that may not be written has one already.
        return os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        return os.open(file, os.O_CREAT | os.O_RDONLY, 0o666)
