"""The last minute of filing: 300 cadres of 25 units write, save and file at once, against the real processes.

    PYTHONPATH=.:site .venv/bin/python benchmarks/month_end.py [PEOPLE [SECONDS]]

Makes a site with an open month in a folder of its own and starts the three processes that `manage.py up` starts: web
server, background worker, clock. Everybody is logged in beforehand (their sessions are made with the site) and does
what the page's script does: opens the form, saves three times while the text grows, each save with all rows and at
least three seconds after the one before, files, and follows to the page of what was filed. Who does what when is drawn
beforehand: opened in the first fifth of the time, filed in its second half, the saves spread evenly between. 32
connections carry it; what waits for a free one is counted as waiting for the answer. Every answer is checked; at the
end the database is compared with what was acknowledged.
"""

import contextlib
import datetime
import heapq
import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 300
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0  # noqa: PLR2004
UNITS, CONNECTIONS, SAVES, ROWS = 25, 32, 3, 4
HERE, BETWEEN_SAVES = "127.0.0.1", 3.0
STEPS = ("open", *["save"] * SAVES, "file", "look")
FILED = "已按时提交"
STARTED = 0.2  # seconds of CPU within two: the worker and the clock have started, too, when they use no more
HIDDEN = {"carried_from": "", "origin_kind": "", "origin_key": "", "kind": ""}


@dataclass
class Cadre:
    """Somebody who files: when they do what, and what their browser and the page know."""

    number: int
    session: str
    times: list[float]
    month: str
    token: str = ""
    cookie: str = ""
    version: int = 0
    rows: list[dict[str, str]] = field(default_factory=list)

    def write(self, step: int) -> None:
        """Type on: the rows grow from save to save, the last one finds them complete."""
        part = step / SAVES
        due = f"{self.month}-27" if part >= 1 else ""
        self.rows = [
            {**HIDDEN, **{name: text[: round(len(text) * part)] for name, text in self.texts(row).items()}, "due": due}
            for row in range(1, ROWS + 1)
        ]

    def texts(self, row: int) -> dict[str, str]:
        return {
            "work": f"修好{self.number}号片区第{row}组的路灯",
            "measures": "一、逐盏查看线路，列出清单。\n二、请供电所更换灯头，当天验收。\n" * 3 + f"（{self.number}号）",
            "goal": f"20盏路灯全部亮起来，群众满意（{self.number}-{row}）。",
        }

    def fields(self, turn: int) -> dict[str, str]:
        """The form as the script sends it: all rows, the version it knows, the page that writes, how many times."""
        rows = {f"rows-{at}-{name}": text for at, row in enumerate(self.rows) for name, text in row.items()}
        return {**rows, "version": str(self.version), "writer": f"page-{self.number:03}", "turn": str(turn)}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"BIANMIN_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        month, sessions = build()
        chance = random.Random(2026)  # noqa: S311
        cadres = [Cadre(number, key, times(chance), month) for number, key in enumerate(sessions)]
        with served() as (port, cpu):
            desk = Connection(port, f"/desk/commitments/{month}/")
            for _round in range(8):  # each of the server's threads opens its database and reads its templates once
                desk.ask("GET", f"sessionid={sessions[0]}")
            filing_ends_in(SECONDS + 1)
            load, own, before = os.getloadavg()[0], time.process_time(), cpu()
            waits, wrong, took = rush(cadres, port, desk.path)
            spent = {name: seconds - before[name] for name, seconds in cpu().items()}
            own = time.process_time() - own
        requests = sum(len(times) for times in waits.values())
        print(f"{PEOPLE} people of {UNITS} units, {CONNECTIONS} connections: {requests} requests in {took:.1f} s")
        for name, times_of in waits.items():
            cuts = statistics.quantiles(times_of, n=20, method="inclusive")
            print(
                f"  {name}: {len(times_of)}, p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms, "
                f"max {max(times_of) * 1000:.0f} ms"
            )
        print(f"errors: {len(wrong)}", *wrong[:5], sep="\n  ")
        print("CPU:", ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items()), f"(we: {own:.1f} s)")
        print(f"  {spent['granian'] * 1000 / requests:.1f} ms of the web server a request")
        print(f"load average of {os.cpu_count()} cores: {load:.1f} before, {os.getloadavg()[0]:.1f} after")
        lost = compare(cadres)
        print(f"lost or different in the database: {len(lost)}", *lost[:5], sep="\n  ")
        sys.exit(1 if wrong or lost else 0)


def times(chance: random.Random) -> list[float]:
    """When somebody opens, saves, files, in seconds from the beginning; the page of what was filed comes at once."""
    opened, filed = chance.uniform(0, SECONDS * 0.2), chance.uniform(SECONDS * 0.5, SECONDS * 0.95)
    step = (filed - opened) / (SAVES + 1)
    return [*(opened + step * number for number in range(SAVES + 2)), filed]


def build() -> tuple[str, list[str]]:
    """A migrated site with an open month that everybody owes: its code, and a session for each of the people."""
    for command in (["migrate", "-v0"], ["catalogues", "--compile"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.utils import timezone

    from commitments.domain.lifecycle.months import open_month
    from organisation.enums import UnitKind
    from organisation.models import Person
    from suite.roles.domain import group
    from tests.commitments.staging import appoint, in_charge, unit

    with transaction.atomic():
        seat = unit("石桥镇", UnitKind.TOWNSHIP)
        units = [unit(f"第{number}中心", UnitKind.CENTRE, seat, number) for number in range(UNITS)]
        users = get_user_model()
        leader = Person.objects.create(name="江海", user=users.objects.create(username="leader"))
        for one in units:
            in_charge(leader, one)
        cadre, sessions = group("cadre"), []
        for number in range(PEOPLE):
            user = users(username=f"cadre-{number:03}")
            user.set_unusable_password()
            user.save()
            user.groups.add(cadre)
            appoint(Person.objects.create(name=f"干部{number:03}", user=user), units[number % UNITS])
            sessions.append(session_of(user))
        month = open_month(timezone.localdate().replace(day=1), None)
    return month.code, sessions


def session_of(user: object) -> str:
    """The key of a session of somebody who is logged in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)  # type: ignore[attr-defined]
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()  # type: ignore[attr-defined]
    session.create()
    return str(session.session_key)


@contextlib.contextmanager
def served() -> Iterator[tuple[int, Callable[[], dict[str, float]]]]:
    """The site as `manage.py up` serves it: the port, and what tells the CPU seconds of each of its processes."""
    from bootstrap.server import children

    with socket.socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    processes = children(HERE, port)
    try:
        for child in processes:
            child.start()
        wait_for(port)

        def used() -> dict[str, float]:
            return {re.sub(r".*\((.*)\)", r"\1", one.name): cpu_of(one.process.pid) for one in processes}

        before = 0.0
        while (now := sum(used().values())) - before > STARTED:
            before = now
            time.sleep(2)
        yield port, used
    finally:
        for child in processes:
            child.process.terminate()
        for child in processes:
            child.process.wait(20)


def cpu_of(session: int) -> float:
    """Seconds that the processes of a session have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            told = stat.read_text().rpartition(")")[2].split()
            if int(told[3]) == session:
                ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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


def filing_ends_in(seconds: float) -> None:
    """Let the month's filing end so soon: what is filed before is in time."""
    from django.utils import timezone

    from commitments.models import Month

    Month.objects.update(files_until=timezone.now() + datetime.timedelta(seconds=seconds))


class Connection:
    """One connection to the server, shared by whoever does something next."""

    def __init__(self, port: int, path: str) -> None:
        self.path = path
        self.line = http.client.HTTPConnection(HERE, port, timeout=60)

    def ask(
        self, method: str, cookie: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        body = urlencode(fields) if fields else None
        sent = {"Cookie": cookie, "Accept": "text/html", **(headers or {})}
        if fields:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, self.path, body, sent)
        answer = self.line.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def do(self, cadre: Cadre, step: int) -> str:
        """The cadre's next request; what is wrong with its answer, '' for nothing."""
        name = STEPS[step]
        if name == "open":
            return self.opened(cadre)
        if name == "save":
            cadre.write(step)
            headers = {"Accept": "application/json", "X-CSRFToken": cadre.token}
            status, _headers, text = self.ask("POST", cadre.cookie, cadre.fields(step), headers)
            wanted = {"version": cadre.version + 1}
            if status != http.HTTPStatus.OK or json.loads(text) != wanted:
                return f"{status} {text[:200]}"
            cadre.version += 1
            return ""
        if name == "file":
            fields = {**cadre.fields(step), "csrfmiddlewaretoken": cadre.token, "file": "1"}
            status, headers, text = self.ask("POST", cadre.cookie, fields)
            cadre.cookie += "".join(f"; {one.partition(';')[0]}" for one in headers.get_all("Set-Cookie", []))
            return "" if (status, headers["Location"]) == (http.HTTPStatus.FOUND, self.path) else f"{status} {text}"
        status, _headers, text = self.ask("GET", cadre.cookie)
        shown = all(cadre.texts(row)["goal"] in text for row in range(1, ROWS + 1))
        return "" if status == http.HTTPStatus.OK and FILED in text and shown else f"{status} {text}"

    def opened(self, cadre: Cadre) -> str:
        status, headers, text = self.ask("GET", f"sessionid={cadre.session}")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        version = re.search(r'data-version="0"', text)
        if status != http.HTTPStatus.OK or not token or not version:
            return f"{status} {text[:200]}"
        cadre.token = token[1]
        cadre.cookie = f"sessionid={cadre.session}; {headers['Set-Cookie'].partition(';')[0]}"
        return ""


def rush(cadres: list[Cadre], port: int, path: str) -> tuple[dict[str, list[float]], list[str], float]:
    """Everybody does everything at their time: seconds by kind of request, what went wrong, how long it took."""
    waits: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    begin = time.monotonic()
    waiting = [(cadre.times[0], cadre.number, 0) for cadre in cadres]
    heapq.heapify(waiting)
    ready, left = threading.Condition(), len(cadres)

    def work() -> None:
        nonlocal left
        connection = Connection(port, path)
        while True:
            with ready:
                while left and (not waiting or waiting[0][0] > time.monotonic() - begin):
                    ready.wait(max(0.0, waiting[0][0] - time.monotonic() + begin) if waiting else None)
                if not left:
                    return
                due, number, step = heapq.heappop(waiting)
            try:
                problem = connection.do(cadres[number], step)
            except (http.client.HTTPException, OSError, ValueError) as error:
                problem = repr(error)
                connection = Connection(port, path)
            now = time.monotonic() - begin
            with ready:
                waits[STEPS[step]].append(now - due)
                if problem:
                    wrong.append(f"{STEPS[step]} of {number}: {problem[:300]}")
                if problem or step + 1 == len(STEPS):
                    left -= 1
                else:
                    # The browser follows at once; the script waits before it saves again.
                    least = now if STEPS[step + 1] == "look" else due + BETWEEN_SAVES
                    heapq.heappush(waiting, (max(cadres[number].times[step + 1], least, now), number, step + 1))
                ready.notify_all()

    threads = [threading.Thread(target=work) for _connection in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits, wrong, time.monotonic() - begin


def compare(cadres: list[Cadre]) -> list[str]:
    """Where the database does not say what was acknowledged to that person, whole and in these words."""
    from wagtail.models import ModelLogEntry

    from commitments.models import Commitment

    lost = []
    for cadre in cadres:
        one = Commitment.objects.get(person__user__username=f"cadre-{cadre.number:03}")
        wanted = [tuple(cadre.texts(row).values()) for row in range(1, ROWS + 1)]
        found = list(one.promises.order_by("number").values_list("work", "measures", "goal"))
        logged = ModelLogEntry.objects.filter(action="commitments.file", object_id=str(one.pk)).count()
        state = (one.state, one.late, one.draft, one.version, logged)
        if state != ("filed", False, cadre.rows, SAVES + 1, 1) or found != wanted:
            lost.append(f"{cadre.number}: {state} {found}")
    return lost


if __name__ == "__main__":
    main()
