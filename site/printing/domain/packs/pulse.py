"""Signs of life and progress of the worker on a pack, a few writes a minute instead of one for each paper."""

import logging
import threading
import time
from types import TracebackType

from django.db import DatabaseError, connection
from django.utils import timezone

from printing.domain.lifecycle import TurnIsOver
from printing.enums import PackState
from printing.models import Pack

logger = logging.getLogger(__name__)
# Each write waits for the disk: the bar on the screen need not move more often than it is read.
PROGRESS_EVERY = 1.0
BEAT_EVERY = 10.0


class Pulse:
    """While open, the pack's heartbeat is kept up, even while one long paper is being set; `report` writes progress."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._rows = Pack.objects.filter(pk=pack.pk, turn=pack.turn, state=PackState.RUNNING)
        self._written = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse of pack {pack.pk}", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def report(self, done: int, at_once: bool = False) -> None:
        """`done` papers are behind us. Raises TurnIsOver when the pack is not ours any more."""
        if at_once or time.monotonic() - self._written >= PROGRESS_EVERY:
            self._written = time.monotonic()
            if not self._rows.update(done=done, problems=self.pack.problems, heartbeat=timezone.now()):
                raise TurnIsOver

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT_EVERY):
                try:
                    self._rows.all().update(heartbeat=timezone.now())
                except DatabaseError:
                    # The next beat comes in time; the work itself meets the same trouble and says so.
                    logger.exception("No sign of life of pack %s could be written", self.pack.pk)
        finally:
            connection.close()
