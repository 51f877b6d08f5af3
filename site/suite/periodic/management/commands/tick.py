"""`manage.py tick`: what has to happen by the clock, once; with --every it goes on until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from suite.periodic.domain.lifecycle import tick


class Command(BaseCommand):
    help = "Does what has to happen by the clock, each thing once. May be run at any time, twice, late or in parallel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on every so many seconds until SIGTERM or Ctrl-C"
        )

    def handle(self, *args: Any, every: int | None, **options: Any) -> None:
        if every is None:
            if failed := self.tick():
                raise CommandError(_("Failed and tried again at the next tick: %(keys)s") % {"keys": ", ".join(failed)})
            return
        if every < 1:
            raise CommandError(_("--every takes a number of seconds from 1 up."))
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *received: stop.set())
        while not stop.is_set():
            close_old_connections()
            if failed := self.tick():
                self.stderr.write(_("Failed and tried again at the next tick: %(keys)s") % {"keys": ", ".join(failed)})
            stop.wait(every)

    def tick(self) -> list[str]:
        report = tick(timezone.now())
        for key in report.done:
            self.stdout.write(key)
        return report.failed
