"""The site in processes that can be killed: a web server and the clock, forked from a process that has loaded Django.

Loading it takes seconds, and a test that kills thirty times has not so many. What a forked process shares with the
one before is code; its connections, its threads and whatever it had not written are gone as with any other.
"""

import os
import signal
import sys
import traceback
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection, connections

_START, _KILL = b"s", b"k"
_DONE = b"."


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *arguments: object) -> None: ...


class KillableSite:
    """Serves the test database on 127.0.0.1 and ticks every second; what went wrong inside stands in ``log``.

    Make it before the test starts threads. End it with `close`.
    """

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log
        connection.close()
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._orders)
            os.close(self._answers)
            self._obey(orders, answers)
        os.close(orders)
        os.close(answers)

    def start(self) -> None:
        """Start both processes; they need a moment until they answer."""
        self._order(_START)

    def kill(self) -> None:
        """kill -9 of both, wherever they are; returns when they are gone."""
        self._order(_KILL)

    def close(self) -> None:
        """End everything."""
        os.close(self._orders)
        os.close(self._answers)
        os.waitpid(self._pid, 0)

    def _order(self, order: bytes) -> None:
        os.write(self._orders, order)
        assert os.read(self._answers, 1) == _DONE

    def _obey(self, orders: int, answers: int) -> None:
        """The process that starts and kills the others, until nobody gives orders any more."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        running: list[int] = []
        while order := os.read(orders, 1):
            if order == _START:
                running += [self._become(self._serve, orders), self._become(self._tick, orders)]
            else:
                _end(running)
            os.write(answers, _DONE)
        _end(running)
        os._exit(0)

    def _become(self, work, orders: int) -> int:
        pid = os.fork()
        if pid:
            return pid
        try:
            os.close(orders)
            for each in connections.all(initialized_only=True):
                each.connection = None
            work()
        except BaseException:  # noqa: BLE001 - a forked child may not return into pytest
            with self.log.open("a") as log:
                log.write(traceback.format_exc())
        finally:
            os._exit(1)

    def _serve(self) -> None:
        server = make_server("127.0.0.1", self.port, WSGIHandler(), _Server, _Silent)
        server.serve_forever()

    def _tick(self) -> None:
        sys.stdout = sys.stderr = self.log.with_suffix(".tick").open("a", buffering=1)
        call_command("tick", "--every", "1")


def _end(running: list[int]) -> None:
    for pid in running:
        os.kill(pid, signal.SIGKILL)
    while running:
        os.waitpid(running.pop(), 0)
