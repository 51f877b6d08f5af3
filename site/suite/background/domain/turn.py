"""One turn of work: signs of life and progress, a few writes a minute instead of one for each step."""

import logging
import threading
import time
from types import TracebackType
from typing import Any, TypeVar

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

from suite.background.models import BackgroundWork

logger = logging.getLogger(__name__)
# The worker has other things to do, and can be stopped between two turns: index, mails, scheduled pages.
TURN_SECONDS = 5.0
# Each write waits for the disk: the bar on the screen need not move more often than it is read.
PROGRESS_EVERY = 1.0
BEAT_EVERY = 10.0

Record = TypeVar("Record", bound=BackgroundWork)


class TurnIsOver(Exception):
    """This worker's turn has been taken from it: the work was ended, or given to another worker."""


def in_force(record: Record) -> QuerySet[Record]:
    """The row of `record` while its turn may write; nothing afterwards."""
    rows = type(record)._default_manager.filter(pk=record.pk, turn=record.turn)
    return rows.filter(running=True, state__in=record.at_work)


class Turn:
    """While open, the record's heartbeat is kept up, even while one long step lasts; `report` writes progress."""

    def __init__(self, record: BackgroundWork) -> None:
        self.record = record
        self._until = time.monotonic() + TURN_SECONDS
        self._written = time.monotonic()
        # Also for `held`, which reads the record anew.
        self._unwritten = record.unwritten = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse of {record._meta.label} {record.pk}")
        self._thread.daemon = True

    @property
    def time_is_up(self) -> bool:
        """Whether other work should have its turn: return after the present step."""
        return time.monotonic() >= self._until

    def report(self, done: int, at_once: bool = False, **fields: Any) -> None:
        """So much is done; `fields` of the record are kept with it. Written at most once a second, or `at_once`.

        Raises TurnIsOver when the record is not ours any more.
        """
        self._unwritten |= {"done": done, **fields}
        if at_once or time.monotonic() - self._written >= PROGRESS_EVERY:
            self._written = time.monotonic()
            if not self._write():
                raise TurnIsOver

    def __enter__(self) -> "Turn":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        if kind is None and self._unwritten:
            self._write()

    def _write(self) -> int:
        written = in_force(self.record).update(**self._unwritten, heartbeat=timezone.now())
        self._unwritten.clear()
        return written

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT_EVERY):
                try:
                    in_force(self.record).update(heartbeat=timezone.now())
                except DatabaseError:
                    # The next beat comes in time; the work itself meets the same trouble and says so.
                    logger.exception("No sign of life of %s could be written", self.record.pk)
        finally:
            connection.close()
