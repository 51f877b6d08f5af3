"""The three processes behind `manage.py up`, here with small programs in their place."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bootstrap import server
from bootstrap.problem import Problem

from .conftest import ROOT

WEB = "import http.server, sys; http.server.HTTPServer(('127.0.0.1', {port}), http.server.BaseHTTPRequestHandler)"
SERVES = WEB + ".serve_forever()"
# Keeps two programs running and says when they are up.
PARENT = """
from pathlib import Path
from bootstrap import server
import sys
sys.argv = sys.argv[1:]
children = [server.Child(Path(log).stem, [sys.executable, "-c", program], Path(log))
            for log, program in zip(sys.argv[1::2], sys.argv[2::2])]
server.serve(children, sys.argv[0], lambda: print("ready", [child.process.pid for child in children], flush=True))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def gone(pids, seconds=20):
    until = time.monotonic() + seconds
    while any(alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.1)
    return [pid for pid in pids if alive(pid)] == []


@pytest.fixture
def running(tmp_path):
    """A parent with a web server and a sleeper; yields the parent and the children's pids."""
    port = free_port()
    programs = [tmp_path / "web.log", SERVES.format(port=port), tmp_path / "sleeper.log", "import time; time.sleep(99)"]
    command = [sys.executable, "-c", PARENT, f"http://127.0.0.1:{port}/", *map(str, programs)]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    for line in parent.stdout:
        if line.startswith("ready "):
            yield parent, [int(pid) for pid in line.removeprefix("ready [").rstrip("]\n").split(",")]
            break
    parent.kill()
    parent.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_every_process_ends_with_the_command(running, number):
    parent, pids = running
    assert all(alive(pid) for pid in pids)
    parent.send_signal(number)
    assert parent.wait(20) == 0
    assert not any(alive(pid) for pid in pids)


def test_every_process_ends_even_when_the_command_is_killed(running):
    parent, pids = running
    parent.kill()
    parent.wait()
    assert gone(pids)


def test_a_process_that_dies_is_reported_and_started_again(running):
    parent, pids = running
    os.kill(pids[1], signal.SIGKILL)
    line = parent.stdout.readline()
    assert line == "! sleeper 意外退出(代码 -9),重新启动 / ended unexpectedly, starting it again\n"
    assert parent.poll() is None
    assert alive(pids[0])


def test_a_process_that_keeps_dying_stops_the_site_and_its_last_words_are_shown(tmp_path):
    port = free_port()
    web = server.Child("web", [sys.executable, "-c", SERVES.format(port=port)], tmp_path / "web.log")
    broken = server.Child("worker", [sys.executable, "-c", "import no_such_module"], tmp_path / "worker.log")
    with pytest.raises(Problem) as refusal:
        server.serve([web, broken], f"http://127.0.0.1:{port}/", lambda: None)
    assert "ModuleNotFoundError: No module named 'no_such_module'" in str(refusal.value)
    assert str(refusal.value).splitlines()[-1] == (
        "worker keeps ending (code 1); the site has been stopped. "
        "The reason is printed above: mend it and run this again."
    )
    assert web.process.poll() is not None
