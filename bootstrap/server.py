"""Runs the site's three processes and looks after them: web server, background worker, clock."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from . import places, say
from .problem import Problem

# A child that dies this often within a minute is not started again.
_TOO_OFTEN = 5
_PATIENCE = 15  # seconds that a child has to end by itself
# Requests answered at once by the one web process, and those that may wait their turn. Two may be held by slow lines
# that download videos, two by those that upload (training.views.lanes).
_THREADS, _WAITING = "8", "64"
_BECOME = Path(__file__).with_name("child.py")


@dataclass
class Child:
    """One process that is kept running."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the process; the system ends it if we die."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab" if self.starts else "wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 - fixed programs, no shell
                [sys.executable, str(_BECOME), *self.command],
                cwd=places.ROOT,
                env={
                    **os.environ,
                    "PYTHONPATH": f"{places.ROOT}{os.pathsep}{places.SITE}",
                    "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev"),
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.starts.append(time.monotonic())

    def last_words(self) -> str:
        """The end of what it printed."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return "\n".join(f"    {line}" for line in lines[-5:])

    def died_too_often(self) -> bool:
        """Has it been started too often within the last minute?"""
        return sum(start > time.monotonic() - 60 for start in self.starts) >= _TOO_OFTEN


def children(host: str, port: int) -> list[Child]:
    """The site's processes. Arguments: the address to serve."""
    manage = [str(places.PYTHON), str(places.ROOT / "manage.py")]
    web = [str(places.VENV / "bin" / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    web += ["--workers", "1", "--blocking-threads", _THREADS, "--backpressure", _WAITING, "config.wsgi:application"]
    logs = places.var() / "log"
    return [
        Child("网站 (granian)", web, logs / "web.log"),
        Child("后台任务 (db_worker)", [*manage, "db_worker", "--no-reload", "--queue-name", "*"], logs / "worker.log"),
        Child("定时处理 (tick)", [*manage, "tick", "--every", "60"], logs / "tick.log"),
    ]


def serve(processes: list[Child], url: str, when_ready: Callable[[], None]) -> None:
    """Keep the processes running until Ctrl-C or a request to end; end all of them.

    Arguments: ``processes``; ``url``, an address that answers when the site is up; ``when_ready``, called once then.
    Raises Problem where a process keeps dying or the site never answers.
    """
    # Ctrl-C too: a shell that starts this in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        with say.step("启动"):
            for child in processes:
                child.start()
            _wait_for(url, processes)
        when_ready()
        while True:
            time.sleep(0.5)
            _look_after(processes)
    except KeyboardInterrupt:
        say.line("\n正在停止 …")
    finally:
        _end(processes)
    say.line("已停止。")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _look_after(processes: list[Child]) -> None:
    for child in processes:
        if child.process is None or child.process.poll() is None:
            continue
        code = child.process.returncode
        if child.died_too_often():
            raise Problem(
                f"{child.last_words()}\n{child.name} 反复退出(代码 {code}),已停止整个网站:"
                f"原因见上面和 {child.log}。改正后再运行一次。",
                f"{child.name} keeps ending (code {code}); the site has been stopped. "
                "The reason is printed above: mend it and run this again.",
            )
        say.warning(f"{child.name} 意外退出(代码 {code}),重新启动 / ended unexpectedly, starting it again")
        child.start()


def _wait_for(url: str, processes: list[Child]) -> None:
    # A proxy of the office knows nothing of this machine's own addresses.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        _look_after(processes)
        try:
            with opener.open(url, timeout=10):
                return
        except urllib.error.HTTPError:
            return  # it answers; what it says is the site's affair
        except OSError:
            time.sleep(0.2)
    raise Problem(
        f"{processes[0].last_words()}\n网站一分钟内没有应答({url}):原因见上面和 {processes[0].log}。",
        f"The site did not answer within a minute ({url}); the reason is printed above.",
    )


def _end(processes: list[Child]) -> None:
    running = [child.process for child in processes if child.process is not None]
    for process in running:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + _PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
        # Its own workers are in its group; none may outlive it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
