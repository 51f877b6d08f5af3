"""`kill -9` of the site thirty times while sixteen people save, file and take back: what was acknowledged is there."""

import http.client
import json
import random
import re
import socket
import sqlite3
import threading
import time
from contextlib import closing
from urllib.parse import urlencode

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from wagtail.models import ModelLogEntry

from commitments.domain.rows import draft_rows
from commitments.models import Commitment
from organisation.enums import UnitKind
from suite.periodic.models import JobRun
from tests.commitments import staging
from tests.commitments.killed_site import KillableSite

KILLS, PEOPLE = 30, 16
MONTH = "/desk/commitments/2026-11/"
# A browser waits three seconds before it tries again, and a person presses once more: here all are in a hurry.
AGAIN_AFTER, THINKS = 0.1, 0.25
STATES = "SELECT c.state, c.version, c.draft, c.id FROM commitments_commitment c"
PROMISES = "SELECT work, measures, goal, due FROM commitments_promise WHERE commitment_id = ? ORDER BY number"
LOGGED = "SELECT count(*) FROM wagtailcore_modellogentry WHERE action = ? AND object_id = ?"
TOKEN = "t" * 32


class Person(threading.Thread):
    """Somebody who goes on writing, filing and taking back, and tries again whenever nobody answers.

    ``told``: what the site has acknowledged last, and what is on its way: (state, rows) each.
    """

    def __init__(self, number, commitment, session, month, port, filing):
        super().__init__(name=f"person {number}")
        self.number, self.month, self.port, self.filing = number, month, port, filing
        self.commitment, self.cookie = commitment, f"sessionid={session}; csrftoken={TOKEN}"
        self.chance = random.Random(number)  # noqa: S311
        self.stop, self.over, self.wrong = threading.Event(), threading.Event(), ""
        self.version = self.turn = self.round = self.filed = self.taken_back = self.unheard = 0
        self.told = (("owed", []), ("owed", []))

    def run(self):
        try:
            while not self.stop.is_set():
                self.write_and_file()
        except Exception as error:  # noqa: BLE001 - the test tells it
            self.wrong = f"{self.name}: {error!r}"

    def write_and_file(self):
        self.round += 1
        rows = staging.rows(1 + (self.number + self.round) % 4, self.month, goal=f"第{self.round}次写：20盏灯全亮。")
        self.writer, self.turn = f"page-{self.number}-{self.round}", 0
        self.do("owed", rows[:1], self.save)
        self.do("filed", rows, self.file)
        self.filed += 1
        if not self.stop.is_set():
            self.do("owed", rows, self.take_back)
            self.taken_back += 1

    def do(self, state, rows, act):
        """One thing, until it is acknowledged."""
        time.sleep(self.chance.uniform(0, THINKS))
        self.told = (self.told[0], (state, draft_rows(rows)))
        while True:
            try:
                act(rows)
            except (OSError, http.client.HTTPException):
                self.unheard += 1
                self.wait()
            else:
                break
        self.told = (self.told[1], self.told[1])

    def save(self, rows):
        """As the script does: the version it heard of last, its own name, a turn for every try."""
        status, text = self.post(MONTH, rows, accept="application/json")
        assert status == 200, (status, text[:300])
        self.version = json.loads(text)["version"]

    def file(self, rows):
        """The button; where no answer came, the person looks whether it is filed, and presses again if not."""
        self.filing.set()
        try:
            status, text = self.post(MONTH, rows, file="1")
        except (OSError, http.client.HTTPException):
            if self.shown()[0] != "filed":
                raise
        else:
            assert status == 302, (status, text[:300])

    def take_back(self, rows):
        try:
            status, text = self.ask("POST", f"{MONTH}take-back/", urlencode({"csrfmiddlewaretoken": TOKEN}))
            assert status == 302, (status, text[:300])
        except (OSError, http.client.HTTPException):
            if self.shown()[0] != "owed":
                raise
        self.version = self.shown()[1]

    def shown(self):
        """State and version as the page shows them, however long it takes."""
        while True:
            try:
                status, text = self.ask("GET", MONTH)
            except (OSError, http.client.HTTPException):
                self.wait()
                continue
            assert status == 200, (status, text[:300])
            version = re.search(r'data-version="(\d+)"', text)
            return ("owed", int(version[1])) if version else ("filed", 0)

    def wait(self):
        assert not self.over.wait(AGAIN_AFTER), "the test is over"

    def post(self, path, rows, accept="text/html", **button):
        self.turn += 1
        fields = {f"rows-{at}-{name}": text for at, row in enumerate(rows) for name, text in row.items()}
        own = {"version": self.version, "writer": self.writer, "turn": self.turn, "csrfmiddlewaretoken": TOKEN}
        return self.ask("POST", path, urlencode({**fields, **own, **button}), accept)

    def ask(self, method, path, body=None, accept="text/html"):
        headers = {"Cookie": self.cookie, "Accept": accept}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            if answer.headers["Content-Length"] is None:
                raise ConnectionError("killed within the headers of its answer")
            return answer.status, answer.read().decode()


def session_of(user):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return session.session_key


@pytest.fixture
def made(transactional_db, time):
    return staging.township()


@pytest.fixture
def site(made, tmp_path):
    """The site's processes; made once everything the pages need is in memory, before there are threads."""
    browser = Client()
    browser.force_login(made.users.clerk)
    browser.get(MONTH)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = KillableSite(port, tmp_path / "log")
    yield site
    site.close()


@pytest.fixture
def people(made):
    """Sixteen cadres in the order of their numbers, who owe November's commitment."""
    centre = staging.unit("社会事业服务中心", UnitKind.CENTRE, made.seat, 5)
    people = [staging.person(f"干部{number}", f"person-{number}", "cadre") for number in range(PEOPLE)]
    for one in people:
        staging.appoint(one, centre)
    return people


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_killed_thirty_times_everything_acknowledged_is_there_and_nothing_is_half(made, people, site):
    month = staging.month(made)
    filing, chance = threading.Event(), random.Random(30)  # noqa: S311
    threads = [
        Person(at, staging.commitment(one, month).pk, session_of(one.user), month, site.port, filing)
        for at, one in enumerate(people)
    ]
    newcomers = []
    connection.close()
    for thread in threads:
        thread.start()
    try:
        for kill in range(KILLS):
            newcomers.append(newcomer(made, kill))
            site.start()
            until_it_answers(site.port)
            time.sleep(chance.uniform(0.1, 0.9))
            filing.clear()
            assert filing.wait(30), [one.wrong for one in threads]
            time.sleep(chance.uniform(0, 0.05))
            site.kill()
            nothing_is_half(threads)
        site.start()
        until_it_answers(site.port)
        for thread in threads:
            thread.stop.set()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
    finally:
        for thread in threads:
            thread.over.set()
    assert [thread.wrong for thread in threads if thread.wrong] == []
    everything_acknowledged_is_there(threads)
    every_newcomer_was_asked_once(newcomers)
    assert not site.log.exists(), site.log.read_text()
    # It was a test of something: filings went on all the time, and answers were lost on the way.
    assert sum(thread.filed for thread in threads) > KILLS
    assert sum(thread.unheard for thread in threads) > KILLS


def until_it_answers(port):
    """The site starts, whatever state it was killed in."""
    until = time.monotonic() + 30
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
                line.request("GET", MONTH)
                assert line.getresponse().status == 302
                return
        except OSError:
            assert time.monotonic() < until, "the site does not start any more"
            time.sleep(0.02)


def newcomer(made, number):
    """Somebody whom the next tick has to ask: the clock's process, too, has something to do whenever it is killed."""
    JobRun.objects.filter(key__startswith="commitments.newcomers").delete()
    one = staging.person(f"新来{number}")
    staging.appoint(one, made.team)
    connection.close()
    return one.pk


def stored():
    """Commitment -> (state, version, draft, promises) as they stand in the file."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
        return {
            pk: (state, version, json.loads(draft), database.execute(PROMISES, [pk]).fetchall())
            for state, version, draft, pk in database.execute(STATES).fetchall()
        }


def promised(rows):
    return [(row["work"], row["measures"], row["goal"], row["due"]) for row in rows]


def nothing_is_half(threads):
    """The site is dead: the file holds what was acknowledged, or what was on its way, and each of it whole."""
    found = stored()
    for thread in threads:
        state, _version, draft, promises = found[thread.commitment]
        assert (state, draft) in thread.told, thread.name
        assert promises == (promised(draft) if state == "filed" else []), thread.name


def everything_acknowledged_is_there(threads):
    """Everybody has heard of everything they did: the file says exactly that, and the log as often."""
    found = stored()
    with connection.cursor() as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
        for thread in threads:
            state, _version, draft, promises = found[thread.commitment]
            assert (state, draft) == thread.told[0], thread.name
            assert promises == (promised(draft) if state == "filed" else []), thread.name
            key = str(thread.commitment)
            counts = {"commitments.file": thread.filed, "commitments.take_back": thread.taken_back}
            logged = {action: database.execute(LOGGED, [action, key]).fetchone()[0] for action in counts}
            assert logged == counts, thread.name


def every_newcomer_was_asked_once(newcomers):
    """The tick that was killed each time has done it all by now, each once."""
    until = time.monotonic() + 30
    while (
        asked := sorted(Commitment.objects.filter(person__in=newcomers).values_list("person", flat=True))
    ) != newcomers:
        assert time.monotonic() < until, asked
        time.sleep(0.2)
    said = ModelLogEntry.objects.filter(action="commitments.newcomers").values_list("data__people", flat=True)
    assert sorted("、".join(said).split("、")) == sorted(f"新来{number}" for number in range(KILLS))
    assert not JobRun.objects.filter(failures__gt=0).exists()
