"""What a periodic job does once it is in the database: mails and the like, which hold up nobody's writing."""

import pytest
from django.db import connection
from django.utils import timezone

from suite.periodic import PeriodicJob
from suite.periodic.domain.lifecycle import tick
from suite.periodic.models import JobRun
from tests.suite.periodic.test_tick import offered

KEY = "mails:2026"


def run(job):
    """The keys that a tick has done and could not do."""
    with offered(lambda now: [PeriodicJob(KEY, job)]):
        report = tick(timezone.now())
    return report.done, report.failed


@pytest.mark.django_db(transaction=True)
def test_it_happens_once_and_outside_the_transaction():
    seen = []

    def afterwards():
        seen.append((connection.in_atomic_block, JobRun.objects.get(key=KEY).done_at is not None))

    assert run(lambda: afterwards) == ([KEY], [])
    assert run(lambda: afterwards) == ([], [])
    assert seen == [(False, True)]


@pytest.mark.django_db
def test_where_it_fails_the_next_tick_tries_again():
    calls = []

    def afterwards():
        calls.append(len(calls))
        if len(calls) == 1:
            raise ConnectionRefusedError("no mail server")

    assert run(lambda: afterwards) == ([], [KEY])
    row = JobRun.objects.get(key=KEY)
    assert (row.done_at, row.failures, "no mail server" in row.traceback) == (None, 1, True)
    assert run(lambda: afterwards) == ([KEY], [])
    assert run(lambda: afterwards) == ([], [])
    assert calls == [0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("returned", [None, 3, "words"])
def test_what_cannot_be_called_is_no_part_of_the_job(returned):
    assert run(lambda: returned) == ([KEY], [])
