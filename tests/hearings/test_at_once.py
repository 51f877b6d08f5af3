"""Several processes at once on a real SQLite file: each rule holds as if they had come one after the other."""

import sqlite3

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from hearings.domain.lifecycle import hearings, representatives
from hearings.models import Hearing, Representative
from tests.hearings.stage import Stage
from tests.processes import at_once

PROCESSES = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage():
    made = Stage()
    yield made
    made.close()


def counted(query, *values):
    """What is committed in the file, asked past Django."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        return database.execute(query, values).fetchone()[0]


def allowed(folder, number, act, *arguments):
    """Do it, and leave a file where it was allowed."""
    try:
        act(*arguments)
    except ValidationError:
        return
    (folder / f"allowed-{number}").touch()


def test_who_signs_up_six_times_at_once_is_on_the_list_once(stage, tmp_path):
    hearing = stage.notified()

    def work(number):
        one = stage.volunteer(hearing, name="张三丰", phone=f"1390013900{number}")
        allowed(tmp_path, number, representatives.sign_up, one)

    assert at_once(work, PROCESSES, tmp_path) == []
    assert len(list(tmp_path.glob("allowed-*"))) == 1
    assert counted("SELECT count(*) FROM hearings_representative WHERE name = '张三丰'") == 1


def test_six_invitations_at_once_for_two_seats_are_two(stage, tmp_path):
    hearing = stage.notified(invited_seats=2)

    def work(number):
        one = stage.volunteer(hearing, name=f"李{'一二三四五六'[number]}", phone=f"1390013900{number}")
        allowed(tmp_path, number, representatives.invite, one, stage.office)

    assert at_once(work, PROCESSES, tmp_path) == []
    assert counted("SELECT count(*) FROM hearings_representative WHERE state = 'invited'") == 2


def test_representatives_are_fixed_once(stage, tmp_path):
    hearing = stage.notified()
    stage.signed_up(hearing)
    stage.now = hearing.sign_up_until

    def work(number):
        allowed(tmp_path, number, hearings.fix_representatives, Hearing.objects.get(pk=hearing.pk), stage.office)

    assert at_once(work, PROCESSES, tmp_path) == []
    assert len(list(tmp_path.glob("allowed-*"))) == 1
    assert counted("SELECT count(*) FROM wagtailcore_modellogentry WHERE action = 'hearings.fix'") == 1
    assert counted("SELECT count(*) FROM hearings_representative WHERE state = 'seated'") == 1


def test_when_two_withdraw_at_once_two_others_move_up_and_no_seat_is_given_twice(stage, tmp_path):
    hearing = stage.notified(seats=(2, 1))
    for _number in range(4):
        stage.signed_up(hearing)
    stage.now = hearing.sign_up_until
    stage.drawn(hearing)
    hearings.fix_representatives(hearing, stage.office)
    seated = list(Representative.objects.filter(state="seated").values_list("pk", flat=True))

    def work(number):
        one = Representative.objects.get(pk=seated[number % 2])
        allowed(tmp_path, number, representatives.withdraw, one)

    assert at_once(work, PROCESSES, tmp_path) == []
    assert len(list(tmp_path.glob("allowed-*"))) == 2
    by_state = {
        state: counted("SELECT count(*) FROM hearings_representative WHERE state = ?", state)
        for state in ("seated", "withdrawn", "waiting")
    }
    assert by_state == {"seated": 2, "withdrawn": 2, "waiting": 0}
