"""Several processes at once on a real SQLite file: the last seat is given once."""

import sqlite3

import pytest
from django.db import connection

from suite.periodic.domain.lifecycle import tick
from tests.processes import at_once
from training.domain.lifecycle import enrolments
from training.models import Enrolment, Session

PROCESSES = 6

pytestmark = pytest.mark.django_db(transaction=True)


def counted(query, *values):
    """What is committed in the file, asked past Django."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        return database.execute(query, values).fetchall()


def test_six_at_once_for_the_last_seat_get_it_once_and_the_others_wait(school, tmp_path):
    session = school.for_villagers(seats=1)

    def work(number):
        name = f"李{'一二三四五六'[number]}"
        enrolments.sign_up(school.villager(Session.objects.get(pk=session.pk), name, f"1390013920{number}"))

    assert at_once(work, PROCESSES, tmp_path) == []
    rows = counted("SELECT state, count(*) FROM training_enrolment GROUP BY state ORDER BY state")
    assert rows == [("enrolled", 1), ("waiting", 5)]


def test_two_who_withdraw_at_once_let_two_others_up(school, tmp_path):
    session = school.for_villagers()
    seated = school.enrolled(session, 5)[:2]

    def work(number):
        enrolments.withdraw(Enrolment.objects.get(pk=seated[number].pk))

    assert at_once(work, 2, tmp_path) == []
    rows = counted("SELECT name, state FROM training_enrolment ORDER BY id")
    assert [state for _name, state in rows] == ["withdrawn", "withdrawn", "enrolled", "enrolled", "waiting"]


def test_the_tick_in_six_processes_makes_a_session_of_the_series_once(school, tmp_path):
    school.rule()
    moment = school.now
    assert at_once(lambda number: tick(moment), PROCESSES, tmp_path) == []
    assert counted("SELECT count(*) FROM training_session") == [(1,)]
