"""A reader who takes nothing, or little while others wait, holds a lane for a while only: a real server and lines."""

import http.client
import itertools
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from training.views import lanes

ROOT = Path(__file__).parents[3]
HOST = "127.0.0.1"
PATIENCE = 2
HOURS = 7200
# A server that does not cut a line keeps it for hours.
LONG_ENOUGH = 30


@pytest.fixture
def serve():
    """serve(patience, least): the web server of `manage.py up` with `stalling.application`; gives its port."""
    running = []

    def start(patience, least=0):
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = free.getsockname()[1]
        command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", HOST, "--no-ws"]
        command += ["--port", str(port), "--workers", "1", "--blocking-threads", "2", "--backpressure", "8"]
        paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        environment = {**os.environ, "PYTHONPATH": paths, "TEST_PATIENCE": str(patience)}
        environment["TEST_LEAST"] = str(least)
        server = [*command, "tests.training.videos.stalling:application"]
        running.append(subprocess.Popen(server, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL))
        until = time.monotonic() + LONG_ENOUGH
        while time.monotonic() < until:
            try:
                socket.create_connection((HOST, port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return port
        raise AssertionError("the server did not start")

    yield start
    for process in running:
        process.terminate()
        process.wait(LONG_ENOUGH)


def ask(port):
    """A connection that has asked and reads no more than the status of the answer; and that status."""
    line = http.client.HTTPConnection(HOST, port, timeout=LONG_ENOUGH)
    line.request("GET", "/")
    answer = line.getresponse()
    return line, answer, answer.status


def waited_for(port, seconds):
    """How long it takes until somebody else gets the lane, in seconds; None where nobody does."""
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        line, _answer, status = ask(port)
        line.close()
        if status == 200:
            return time.monotonic() - began
        time.sleep(0.2)
    return None


def test_who_takes_nothing_loses_the_lane_to_the_next_one(serve):
    port = serve(PATIENCE)
    line, _answer, status = ask(port)
    assert status == 200
    assert waited_for(port, LONG_ENOUGH) is not None
    line.close()


def take_slowly(answer, seconds):
    """Take 8 MB a second; whether the answer went on all the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        # More than what lies in buffers on the way, so that the server goes on.
        for _portion in range(64):
            try:
                if not answer.read(65536):
                    return False
            except (http.client.IncompleteRead, ConnectionError):
                return False
        time.sleep(0.5)
    return True


def test_who_takes_little_by_little_keeps_it_while_nobody_waits(serve):
    port = serve(PATIENCE, 1 << 30)
    line, answer, _status = ask(port)
    assert take_slowly(answer, 3 * PATIENCE)
    other, _answer, status = ask(port)
    assert status == 503
    line.close()
    other.close()


def test_who_takes_little_by_little_makes_way_for_who_waits(serve):
    port = serve(PATIENCE, 1 << 30)
    line, answer, _status = ask(port)
    other, _answer, status = ask(port)
    other.close()
    assert status == 503
    assert not take_slowly(answer, LONG_ENOUGH)
    line.close()
    assert waited_for(port, LONG_ENOUGH) is not None


def test_who_takes_enough_keeps_it_though_somebody_waits(serve):
    # Longer than a busy machine stands still.
    patience = 3 * PATIENCE
    port = serve(patience, 1 << 20)
    line, answer, _status = ask(port)
    other, _answer, status = ask(port)
    other.close()
    assert status == 503
    assert take_slowly(answer, patience + PATIENCE)
    line.close()


def test_without_it_the_lane_would_be_held(serve):
    port = serve(HOURS)
    line, _answer, _status = ask(port)
    assert waited_for(port, 3 * PATIENCE) is None
    line.close()


def test_who_vanishes_while_sending_is_asked_for_signs_of_life():
    with socket.create_server((HOST, 0)) as listening:
        lanes.cut_dead_lines(lanes.PATIENCE)
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            options = [
                (socket.SOL_SOCKET, socket.SO_KEEPALIVE),
                (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE),
                (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT),
            ]
            assert [accepted.getsockopt(*option) for option in options] == [1, 30, 60_000]


def test_whoever_takes_a_lane_has_dead_lines_cut():
    found = lanes.Lanes(1)
    with socket.create_server((HOST, 0)) as listening:
        assert found.take()
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000
    assert not found.take()


def test_a_lane_is_given_back_once_however_often_its_answer_is_closed():
    found = lanes.Lanes(1)
    assert found.take()
    answer = lanes.Lane(found, iter([b"x"]))
    answer.close()
    # A second time would raise ValueError, or free somebody else's.
    answer.close()
    assert found.take()


def test_one_slow_reader_makes_way_for_one_who_waits():
    # Whatever is taken is too little, at once.
    found = lanes.Lanes(2, patience=0, least=100)
    assert [found.take(), found.take(), found.take()] == [True, True, False]
    slow = [lanes.Lane(found, itertools.repeat(b"x")) for _number in range(2)]
    assert [next(answer, b"cut") for answer in slow] == [b"cut", b"x"]


def test_nobody_makes_way_for_who_came_back_and_found_a_lane_nor_for_who_never_did(monkeypatch):
    found = lanes.Lanes(1, patience=0, least=100)
    assert [found.take(), found.take()] == [True, False]
    found.release()
    assert found.take()
    assert next(lanes.Lane(found, iter([b"x"])), b"cut") == b"x"
    monkeypatch.setattr(lanes, "COMES_BACK", 0)
    assert not found.take()
    assert next(lanes.Lane(found, iter([b"x"])), b"cut") == b"x"


def test_a_megabyte_a_minute_is_enough():
    assert (lanes.DOWNLOADS.least, lanes.DOWNLOADS.patience) == (1024 * 1024, 60)


def test_it_leaves_no_file_open():
    before = len(os.listdir("/proc/self/fd"))
    with socket.create_server((HOST, 0)), socket.socketpair()[0]:
        for _time in range(3):
            lanes.cut_dead_lines(PATIENCE)
    assert len(os.listdir("/proc/self/fd")) == before
