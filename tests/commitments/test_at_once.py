"""Several processes at once on a real SQLite file: each rule holds as if they had come one after the other."""

import sqlite3

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from commitments.domain.lifecycle import commitments
from suite.periodic.domain.lifecycle import tick
from tests.commitments import staging
from tests.commitments.staging import commitment, filed, rows
from tests.processes import at_once

PROCESSES = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(transactional_db, time):
    return staging.township()


def counted(query):
    """What is committed in the file, asked past Django."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        return database.execute(query).fetchone()[0]


def allowed(folder, number, act, *arguments):
    """Do it, and leave a file where it was allowed."""
    try:
        act(*arguments)
    except ValidationError:
        return
    (folder / f"allowed-{number}").touch()


def test_six_ticks_at_once_open_a_month_once(made, tmp_path):
    assert at_once(lambda number: tick(timezone.now()), PROCESSES, tmp_path) == []
    assert counted("SELECT count(*) FROM commitments_month") == 1
    assert counted("SELECT count(*) FROM commitments_commitment") == 7
    assert counted("SELECT count(*) FROM wagtailcore_modellogentry WHERE action = 'commitments.open'") == 1
    assert counted("SELECT count(*) FROM periodic_jobrun WHERE failures > 0") == 0


def test_filed_six_times_at_once_it_is_filed_once(made, tmp_path):
    month = staging.month(made)
    one = commitment(made.cadre, month)

    def work(number):
        allowed(tmp_path, number, commitments.file, one, rows(3, month), 0, f"page-{number}", made.users.cadre)

    assert at_once(work, PROCESSES, tmp_path) == []
    assert len(list(tmp_path.glob("allowed-*"))) == 1
    assert counted("SELECT count(*) FROM commitments_promise") == 3
    assert counted("SELECT count(*) FROM wagtailcore_modellogentry WHERE action = 'commitments.file'") == 1


def test_of_six_devices_that_save_at_once_one_is_kept_and_the_others_hear_of_it(made, tmp_path):
    one = commitment(made.cadre, staging.month(made))

    def work(number):
        typed = [{"work": f"第{number}台"}]
        allowed(tmp_path, number, commitments.save_draft, one, typed, 0, f"page-{number}", made.users.cadre, 1)

    assert at_once(work, PROCESSES, tmp_path) == []
    (kept,) = tmp_path.glob("allowed-*")
    one.refresh_from_db()
    assert (one.version, one.draft[0]["work"]) == (1, f"第{kept.name[-1]}台")


def test_approved_and_taken_back_at_once_it_is_one_of_the_two(made, tmp_path):
    one = filed(made.cadre, staging.month(made))

    def work(number):
        if number % 2:
            allowed(tmp_path, number, commitments.approve, one, made.users.leader)
        else:
            allowed(tmp_path, number, commitments.take_back, one, made.users.cadre)

    assert at_once(work, 2, tmp_path) == []
    (done,) = tmp_path.glob("allowed-*")
    promises = counted("SELECT count(*) FROM commitments_promise")
    one = commitment(made.cadre, one.month)
    assert (done.name, one.state, promises) in [("allowed-1", "approved", 2), ("allowed-0", "owed", 0)]


def test_all_file_in_the_same_second_and_nothing_is_lost(made, tmp_path):
    month = staging.month(made)
    people = [made.cadre, made.other, made.third, made.clerk, made.leader, made.head]

    def work(number):
        allowed(tmp_path, number, filed, people[number], month, number + 1)

    assert at_once(work, PROCESSES, tmp_path) == []
    assert len(list(tmp_path.glob("allowed-*"))) == 6
    assert counted("SELECT count(*) FROM commitments_commitment WHERE state = 'filed' AND NOT late") == 6
    assert counted("SELECT count(*) FROM commitments_promise") == 1 + 2 + 3 + 4 + 5 + 6
