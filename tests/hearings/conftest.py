"""A session that is going on, on its day."""

import datetime

import pytest
from django.utils import timezone

from hearings.domain.lifecycle import minutes, session
from hearings.domain.lifecycle.hearings import close_session
from hearings.models import Problem
from suite.publishing.domain import publish_batch
from suite.roles.domain import group
from tests.hearings.sittings import SESSION, sitting


class Time:
    """The office's time, stopped; ``go(days=1)`` lets it pass."""

    def __init__(self, now):
        self.now = now

    def go(self, **passed):
        self.now += datetime.timedelta(**passed)
        return self.now


@pytest.fixture
def time(monkeypatch):
    """It is the hour of the session until a test lets time pass."""
    clock = Time(SESSION + datetime.timedelta(minutes=30))
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def room(db, time):
    return sitting()


@pytest.fixture
def held(room):
    """The session is over: one problem with a conclusion, one that the township studies."""
    for one in room.people:
        session.record_assent(room.problem, one, True, room.clerk)
    session.declare_conclusion(room.problem, "年底前装好20盏路灯。", room.clerk)
    asked = Problem(hearing=room.hearing, title="水费怎么算", raised_by=room.people[2], village=room.lower)
    room.studied = session.add_problem(asked, room.clerk)
    session.end_without_conclusion(room.studied, datetime.date(2026, 12, 31), room.clerk)
    room.problem.refresh_from_db()
    room.hearing = close_session(room.hearing, room.user)
    return room


@pytest.fixture
def publish(django_user_model):
    """publish(page): checked and approved by two others; the reasons of a refusal, '' where it is live."""
    people = []
    for role in ("checker", "approver"):
        one = django_user_model.objects.create_user(f"{role}-of-hearings")
        one.groups.add(group(role))
        people.append(one)

    def put(page):
        refused = publish_batch([page], *people, name="test", file_hash="0" * 64).refused
        page.refresh_from_db()
        return " ".join(reason for _page, reason in refused)

    return put


@pytest.fixture
def published(held, publish, time):
    """The minutes are public."""
    assert publish(held.index) == ""
    minutes_page = minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    time.go(days=4)
    assert publish(minutes_page) == ""
    held.hearing.refresh_from_db()
    held.minutes_page = minutes_page
    return held
