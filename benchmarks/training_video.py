"""A 300 MB video goes up in parts, is checked and streamed, while somebody asks for a page again and again.

    PYTHONPATH=.:site .venv/bin/python benchmarks/training_video.py [MEGABYTES [READERS [SECONDS]]]

Makes a site in a folder of its own and serves it as `manage.py up` does (granian and the worker). Prints for each phase
how long the page took (p50, p95) and the server's memory: before, while the video goes up, while it is checked, while
READERS play it by ranges as fast as they can, while twice as many have slow lines (1 Mbit/s), two of them
downloading, and while two downloads take nothing any more and a third waits for one of their lanes, a minute. Making
the site takes one to three minutes, and says so; a phase that does not end by itself ends the benchmark.
"""

import http.client
import itertools
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1024 * 1024
MEGABYTES = int(sys.argv[1]) if len(sys.argv) > 1 else 300
READERS = int(sys.argv[2]) if len(sys.argv) > 2 else 5  # noqa: PLR2004
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 15.0  # noqa: PLR2004
HOST, PART, SLOW = "127.0.0.1", 4 * MEGABYTE, MEGABYTE // 8
PAGE_EVERY = 0.1
# Seconds: no phase that waits for something takes so long where all is well.
TOO_LONG = 300
TOKEN = "t" * 32


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"BIANMIN_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        cookie = build()
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = free.getsockname()[1]
        from bootstrap.server import children

        environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
        commands = [child.command for child in children(HOST, port)[:2]]
        servers = [
            subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for command in commands
        ]
        try:
            wait_for(port)
            measure(port, cookie, servers[0].pid, Path(folder))
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(30)


def build() -> str:
    """A migrated site with an editor; the cookie of who is logged in."""
    for command in (["migrate", "-v0"], ["catalogues", "--compile"], ["collectstatic", "--noinput", "-v0"]):
        print(f"manage.py {command[0]} ...", flush=True)
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    from suite.roles.domain import group

    user = get_user_model().objects.create_user("editor")
    user.groups.add(group("editor"))
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}"


def film(path: Path) -> None:
    """A WebM video of that many megabytes: pictures of noise, one a second."""
    from PIL import Image

    from training.sample import webm

    frames = [webm.frame(Image.effect_noise((1280, 720), 60 + number), quality=95) for number in range(8)]
    count = MEGABYTES * MEGABYTE // (sum(map(len, frames)) // len(frames))
    with path.open("wb") as file:
        webm.write(file, list(itertools.islice(itertools.cycle(frames), count)), (1280, 720), every=1000)


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            ask(port, "GET", "/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """One request with a connection of its own."""
    line = http.client.HTTPConnection(HOST, port, timeout=120)
    try:
        line.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.read(), dict(answer.headers)
    finally:
        line.close()


def memory(pid: int) -> int:
    """Resident memory of a process and those below it, in MB."""
    found, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        status = Path(f"/proc/{one}/status").read_text()
        found += int(status.split("VmRSS:")[1].split()[0]) if "VmRSS:" in status else 0
        waiting += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
    return found // 1024


def phase(name: str, port: int, server: int, work: Callable[[], str]) -> None:
    """Do the work while the page is asked for; print what became of both."""
    over, waits, highest = threading.Event(), [], [memory(server)]

    def look() -> None:
        while not over.is_set():
            began = time.monotonic()
            status, _html, _headers = ask(port, "GET", "/")
            assert status == 200, status  # noqa: PLR2004
            waits.append(time.monotonic() - began)
            highest.append(memory(server))
            time.sleep(max(0.0, PAGE_EVERY - waits[-1]))

    watcher = threading.Thread(target=look)
    watcher.start()
    print(f"{name} ...", flush=True)
    began = time.monotonic()
    try:
        said = work()
    finally:
        took = time.monotonic() - began
        over.set()
        watcher.join()
    cuts = statistics.quantiles([wait * 1000 for wait in waits], n=20) if len(waits) > 1 else [waits[0] * 1000] * 19
    print(
        f"{name}: {took:.1f} s{said}; page ({len(waits)} times) p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, "
        f"longest {max(waits) * 1000:.0f} ms; server {highest[0]} MB, at most {max(highest)} MB",
        flush=True,
    )


def until_given_up() -> Iterator[None]:
    """Again and again; ends the benchmark where what is waited for does not come."""
    until = time.monotonic() + TOO_LONG
    while time.monotonic() < until:
        yield
    raise SystemExit(f"given up after {TOO_LONG} s")


def measure(port: int, cookie: str, server: int, folder: Path) -> None:
    from training.models import Video

    path = folder / "film.webm"
    film(path)
    size = path.stat().st_size
    phase("before", port, server, lambda: time.sleep(SECONDS) or "")
    phase("upload", port, server, lambda: upload(port, cookie, path))
    video = Video.objects.get()

    def check() -> str:
        for _again in until_given_up():
            if Video.objects.get().state != "checking":
                break
            time.sleep(0.2)
        found = Video.objects.get()
        return f" ({found.get_state_display()}, {found.seconds} s long)"

    phase("check", port, server, check)
    address = f"/training/videos/{video.pk}"
    phase("play", port, server, lambda: play(port, cookie, f"{address}/play", size))
    phase("slow lines", port, server, lambda: slow(port, cookie, address, size))
    phase("stalled", port, server, lambda: stalled(port, cookie, f"{address}/download"))
    phase("after", port, server, lambda: time.sleep(SECONDS) or "")


def upload(port: int, cookie: str, path: Path) -> str:
    """In parts of 4 MB, one after the other, as the page does on a good line."""
    import json
    from urllib.parse import urlencode

    size = path.stat().st_size
    form = {"Cookie": cookie, "X_CSRFToken": TOKEN, "Content_Type": "application/x-www-form-urlencoded"}
    body = urlencode({"title": "演练", "name": "film.webm", "size": size}).encode()
    status, answer, _headers = ask(port, "POST", "/desk/training/videos/begin/", body, **form)
    assert status == 201, answer  # noqa: PLR2004
    begun, at = json.loads(answer), 0
    began = time.monotonic()
    with path.open("rb") as file:
        while part := file.read(PART):
            headers = {
                "Cookie": cookie, "X_CSRFToken": TOKEN, "Content_Type": "application/offset+octet-stream",
                "Upload_Offset": str(at), "Upload_Writer": begun["writer"],
            }  # fmt: skip
            status, answer, _headers = ask(port, "PATCH", begun["part"], part, **headers)
            assert status == 204, answer  # noqa: PLR2004
            at += len(part)
    return f" for {size / MEGABYTE:.0f} MB, {size / MEGABYTE / (time.monotonic() - began):.0f} MB/s"


def play(port: int, cookie: str, address: str, size: int) -> str:
    """Each reader plays the whole, asking for the rest again and again as browsers do."""

    def read() -> None:
        at = 0
        while at < size:
            status, content, _headers = ask(port, "GET", address, Cookie=cookie, Range=f"bytes={at}-")
            assert status == 206, status  # noqa: PLR2004
            at += len(content)

    began = time.monotonic()
    together([read] * READERS)
    whole = READERS * size / MEGABYTE
    return f" for {READERS} readers of {size / MEGABYTE:.0f} MB, {whole / (time.monotonic() - began):.0f} MB/s together"


def slow(port: int, cookie: str, address: str, size: int) -> str:
    """Readers that take an eighth of a megabyte each second; two of them download."""
    until = time.monotonic() + SECONDS
    read = itertools.count()

    def reader(path: str) -> Callable[[], None]:
        def run() -> None:
            at = 0
            while time.monotonic() < until:
                line = http.client.HTTPConnection(HOST, port, timeout=120)
                line.connect()
                line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SLOW)
                line.request("GET", path, headers={"Cookie": cookie, "Range": f"bytes={at}-"})
                answer = line.getresponse()
                assert answer.status == 206, answer.status  # noqa: PLR2004
                while time.monotonic() < until and (content := answer.read(SLOW)):
                    at += len(content)
                    next(read)
                    time.sleep(1)
                line.close()

        return run

    together([reader(f"{address}/download")] * 2 + [reader(f"{address}/play")] * (2 * READERS - 2))
    return f" for {2 * READERS} readers, {next(read)} portions of 128 kB"


def stalled(port: int, cookie: str, address: str) -> str:
    """Two downloads ask and then take nothing; a third asks every second until it is answered."""
    lines = []
    for _number in range(2):
        line = http.client.HTTPConnection(HOST, port, timeout=120)
        line.request("GET", address, headers={"Cookie": cookie})
        assert line.getresponse().status == 200  # noqa: PLR2004
        lines.append(line)
    began, refused = time.monotonic(), 0
    for _again in until_given_up():
        third = http.client.HTTPConnection(HOST, port, timeout=120)
        third.request("GET", address, headers={"Cookie": cookie})
        status = third.getresponse().status
        third.close()
        if status == 200:  # noqa: PLR2004
            break
        refused += 1
        time.sleep(1)
    for line in lines:
        line.close()
    return f" ({refused} times 503, then answered after {time.monotonic() - began:.0f} s)"


def together(works: list[Callable[[], None]]) -> None:
    """All at once; an error in one of them ends the benchmark."""
    problems: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (told by the caller)
            problems.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


if __name__ == "__main__":
    main()
