"""Many people take numbers of one series at the same moment, in processes of their own."""

import time
from itertools import pairwise

import pytest
from django.db import transaction

from suite.numbering.domain import gaps, issue
from suite.numbering.models import DocumentNumber, NumberSeries
from tests.processes import at_once
from tests.suite.numbering.conftest import moment

PROCESSES = 8
EACH = 15


class ChangedTheirMindError(Exception):
    pass


def take_numbers(process: int) -> None:
    """Every third one fails after the number was given, as when the rest of a form is refused."""
    series = NumberSeries.objects.get(prefix="石政发")
    for turn in range(EACH):
        time.sleep(0.01)
        try:
            with transaction.atomic():
                issue(series, None, f"文件{process}-{turn}", at=moment(2026))
                if turn % 3 == 2:
                    raise ChangedTheirMindError
        except ChangedTheirMindError:
            continue


@pytest.mark.django_db(transaction=True)
def test_eight_processes_take_numbers_at_once_and_there_is_no_gap_and_no_double(tmp_path):
    series = NumberSeries.objects.create(prefix="石政发", first_year=2020)
    assert at_once(take_numbers, PROCESSES, tmp_path) == []
    kept = PROCESSES * (EACH - EACH // 3)
    assert [*DocumentNumber.objects.order_by("number").values_list("number", flat=True)] == [*range(1, kept + 1)]
    assert gaps(series, 2026) == []
    # They really were at it at the same time: no process got its numbers in one piece.
    titles = DocumentNumber.objects.order_by("number").values_list("title", flat=True)
    owners = [title.removeprefix("文件").split("-")[0] for title in titles]
    assert sum(before != after for before, after in pairwise(owners)) > PROCESSES
