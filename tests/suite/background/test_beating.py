"""A worker that is busy with one long step shows that it lives."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from suite.background.domain import turn
from suite.background.domain.lifecycle import take

from .conftest import make_table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def count(counting, queued, django_user_model):
    make_table(counting.model)
    person = django_user_model.objects.create_user("lamplighter")
    long_ago = timezone.now() - timedelta(hours=1)
    yield counting.model.objects.create(requested_by=person, turn=1, heartbeat=long_ago)
    with connection.schema_editor() as editor:
        editor.delete_model(counting.model)


def test_its_heart_beats_during_one_long_step_until_the_turn_ends(count, monkeypatch):
    monkeypatch.setattr(turn, "BEAT_EVERY", 0.05)
    record = take(type(count), count.pk, 1)
    rows = type(count).objects.filter(pk=count.pk)
    beats = set()
    with turn.Turn(record):
        until = time.monotonic() + 10
        while len(beats) < 3 and time.monotonic() < until:
            time.sleep(0.02)
            beats.add(rows.get().heartbeat)
    assert len(beats) == 3
    ended = rows.get().heartbeat
    time.sleep(0.2)
    assert rows.get().heartbeat == ended
