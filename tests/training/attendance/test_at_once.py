"""Several processes at once on a real SQLite file: everybody is recorded once, one person a device."""

import sqlite3

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.processes import at_once
from tests.training.attendance import staging
from tests.training.attendance.staging import code, enrol, opened
from training.domain.lifecycle import attendance, certificates
from training.domain.lifecycle.attendance import Who

PROCESSES = 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(transactional_db, time):
    here = staging.township()
    opened(here)
    return here


def counted(table):
    """What is committed in the file, asked past Django."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        return database.execute(f"SELECT count(*) FROM training_{table}").fetchone()[0]  # noqa: S608 - our tables


def allowed(folder, number, act, *arguments):
    try:
        act(*arguments)
    except ValidationError:
        return
    (folder / f"allowed-{number}").touch()


def test_somebody_who_taps_on_six_devices_is_recorded_once(room, tmp_path):
    given = code(room.session)

    def tap(number):
        if number % 2:
            allowed(tmp_path, number, attendance.tick, room.session, Who(person=room.first), room.users.trainer)
        else:
            allowed(tmp_path, number, attendance.attend, room.session, given, room.users.first, f"device {number}")

    assert at_once(tap, PROCESSES, tmp_path) == []
    assert (len(list(tmp_path.glob("allowed-*"))), counted("attendance")) == (1, 1)


def test_of_six_accounts_on_one_device_one_is_recorded_and_five_are_noted(room, tmp_path):
    users = [room.users.first, room.users.second, room.users.third, room.users.contact, room.users.liaison]
    users.append(room.users.runner)
    given = code(room.session)

    def tap(number):
        allowed(tmp_path, number, attendance.attend, room.session, given, users[number], "the same")

    assert at_once(tap, PROCESSES, tmp_path) == []
    assert len(list(tmp_path.glob("allowed-*"))) == 1
    assert (counted("attendance"), counted("refuseddevice")) == (1, PROCESSES - 1)


def test_the_last_free_seat_is_taken_once(room, tmp_path):
    type(room.session).objects.filter(pk=room.session.pk).update(seats=2)
    enrol(room.session, room.contact)
    users = [room.users.first, room.users.second, room.users.third]
    given = code(room.session)

    def tap(number):
        allowed(tmp_path, number, attendance.attend, room.session, given, users[number], f"device {number}")

    assert at_once(tap, len(users), tmp_path) == []
    assert (len(list(tmp_path.glob("allowed-*"))), counted("attendance")) == (1, 1)


def test_a_certificate_ordered_six_times_at_once_is_issued_once(room, tmp_path):
    row = attendance.tick(room.session, Who(person=room.first), room.users.trainer)
    room.session.refresh_from_db()
    staging.held(room.session), staging.series()

    def issue(number):
        allowed(tmp_path, number, certificates.issue, row, room.users.runner)

    assert at_once(issue, PROCESSES, tmp_path) == []
    assert (len(list(tmp_path.glob("allowed-*"))), counted("certificate")) == (1, 1)
