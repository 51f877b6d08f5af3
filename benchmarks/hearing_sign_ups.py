"""10,000 sign-ups a minute from one address, against the real server: how many are stored, what others notice of it.

    PYTHONPATH=.:site BIANMIN_FONTS=.fonts .venv/bin/python benchmarks/hearing_sign_ups.py [POSTS [SECONDS]]

Makes a site with one announced hearing in a folder of its own, serves it with granian as `manage.py up` does, posts
complete sign-ups from 127.0.0.1 at an even pace, and meanwhile signs somebody up from 127.0.0.2 every three seconds.
"""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
POSTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0  # noqa: PLR2004
SENDERS = 12
HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"BIANMIN_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        path, village = build()
        with socket.socket() as free:
            free.bind((HERE, 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(
            [ROOT / ".venv/bin/granian", "--interface", "wsgi", "--host", HERE, "--port", str(port), "--no-ws",
             "--workers", "1", "--blocking-threads", "4", "--backpressure", "64", "config.wsgi:application"],
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}, cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(port)
            measure(port, path, village)
        finally:
            server.terminate()
            server.wait(20)


def build() -> tuple[str, str]:
    """A migrated site with one hearing that people can sign up for: the form's address, the village to choose."""
    for command in (["migrate", "-v0"], ["catalogues", "--compile"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.urls import reverse

    from tests.hearings.staging import announced, township

    hearing = announced(township())
    return reverse("hearings_sign_up", args=[hearing.public_id]), str(hearing.quotas.get(seats=2).village_id)


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            http.client.HTTPConnection(HERE, port, timeout=5).request("GET", "/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


class Visitor:
    """A browser that opened the form: its address, its cookie, the fields of the form."""

    def __init__(self, port: int, path: str, village: str, source: str) -> None:
        self.port, self.path, self.village, self.source = port, path, village, source
        self.line = http.client.HTTPConnection(HERE, port, timeout=60, source_address=(source, 0))

    def open_form(self) -> None:
        status, headers, html = self.ask("GET")
        assert status == 200, html[:300]  # noqa: PLR2004
        self.cookie = re.search(r"csrftoken=[^;]+", headers["Set-Cookie"])[0]
        self.fields = dict(re.findall(r'name="(csrfmiddlewaretoken|stamp)" value="([^"]*)"', html))

    def sign_up(self, number: int) -> int:
        name = "王" + "".join(chr(0x4E00 + int(digit)) for digit in f"{number:06}")
        typed = {
            "name": name,
            "village": self.village,
            "phone": f"13{number:09}",
            "problem": "路灯什么时候修？",
            "homepage": "",
        }
        status, headers, _html = self.ask("POST", urlencode(self.fields | typed))
        if status == 429 and not headers["Retry-After"]:  # noqa: PLR2004
            raise SystemExit("a refusal without Retry-After")
        return status

    def ask(self, method: str, body: str = "") -> tuple[int, http.client.HTTPMessage, str]:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": getattr(self, "cookie", "")}
        try:
            self.line.request(method, self.path, body, headers if body else {})
            answer = self.line.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        except (http.client.HTTPException, OSError):
            self.line.close()
            self.line = http.client.HTTPConnection(HERE, self.port, timeout=60, source_address=(self.source, 0))
            raise


def measure(port: int, path: str, village: str) -> None:
    from hearings.models import HearingsSettings, Representative
    from suite.throttle.models import Passage

    first = Visitor(port, path, village, HERE)
    first.open_form()
    other = Visitor(port, path, village, ELSEWHERE)
    other.open_form()
    time.sleep(4)  # as a person would: a form that comes back at once is refused
    statuses: Counter[int | str] = Counter()
    waits: list[float] = []
    begin = time.monotonic()
    numbers = iter(range(POSTS))
    lock = threading.Lock()

    def send() -> None:
        visitor = Visitor(port, path, village, HERE)
        visitor.cookie, visitor.fields = first.cookie, first.fields
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            time.sleep(max(0.0, begin + number * SECONDS / POSTS - time.monotonic()))
            sent = time.monotonic()
            try:
                outcome: int | str = visitor.sign_up(number)
            except (http.client.HTTPException, OSError) as error:
                outcome = type(error).__name__
            with lock:
                statuses[outcome] += 1
                waits.append(time.monotonic() - sent)

    threads = [threading.Thread(target=send) for _sender in range(SENDERS)]
    for thread in threads:
        thread.start()
    elsewhere: list[tuple[int, float, float]] = []
    while any(thread.is_alive() for thread in threads):
        started = time.monotonic()
        other.ask("GET")
        seen = time.monotonic()
        status = other.sign_up(900_000 + len(elsewhere))
        elsewhere.append((status, seen - started, time.monotonic() - seen))
        time.sleep(3)
    took = time.monotonic() - begin
    limit = HearingsSettings().sign_ups_an_hour
    stored = Representative.objects.exclude(phone__startswith="130009").count()
    print(f"{sum(statuses.values())} sign-ups from one address in {took:.1f} s ({SENDERS} at a time)")
    print(f"  stored: {stored} (set: {limit} an hour); answers: {dict(statuses)}")
    print(f"  answered within: median {statistics.median(waits) * 1000:.0f} ms, longest {max(waits) * 1000:.0f} ms")
    through = [row for row in elsewhere if row[0] == 302]  # noqa: PLR2004
    print(f"another address: {len(through)} of {len(elsewhere)} signed up (the rest beyond its own {limit})")
    for label, place in (("form", 1), ("sign-up", 2)):
        times = [row[place] for row in elsewhere]
        print(f"  {label}: median {statistics.median(times) * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms")
    kept = Passage.objects.values_list("sender", flat=True).distinct()
    print(f"rows kept of addresses: {Passage.objects.count()}, senders: {len(kept)}, each {len(kept[0])} hex digits")


if __name__ == "__main__":
    main()
