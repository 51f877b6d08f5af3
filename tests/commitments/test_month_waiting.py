"""What waits on the desk of who has to file."""

import datetime

import pytest
from django.utils import timezone

from commitments.domain.lifecycle import commitments, months
from organisation.models import Person
from suite.desk.domain.queries import desk_of
from tests.commitments.staging import DAY, after_filing, commitment, filed, reporting


def lines(user):
    """The lines about filing on this desk: group, title, reason."""
    return [
        (group.key, str(item.title), str(item.reason))
        for group in desk_of(user).groups
        for item in group.items
        if item.key.startswith("commitments.file:")
    ]


def test_what_is_owed_waits_until_filing_closes(made, month):
    assert lines(made.users.cadre) == [("week", "填报2026年11月的月承诺", "您在党政办公室任职。")]
    (item,) = [one for group in desk_of(made.users.cadre).groups for one in group.items if one.plugin == "commitments"]
    assert (item.due, item.url) == (month.files_until, "/desk/commitments/2026-11/")


@pytest.mark.parametrize(("day", "group", "reason"), [
    (4, "week", "您在党政办公室任职。"),
    (5, "week", "填报即将截止，您还没有提交。"),
    (6, "today", "填报即将截止，您还没有提交。"),
])  # fmt: skip
def test_close_to_the_end_it_says_so(made, month, time, day, group, reason):
    time.now = timezone.make_aware(datetime.datetime(2026, 11, day, 9))  # noqa: DTZ001
    assert lines(made.users.cadre) == [(group, "填报2026年11月的月承诺", reason)]


def test_late_ones_wait_on_until_the_month_is_closed(made, month, time):
    time.now = after_filing(month)
    late = [("overdue", "填报2026年11月的月承诺", "填报已截止，仍可提交，并注明逾期。")]
    assert lines(made.users.cadre) == late
    month = reporting(made, month)
    assert lines(made.users.cadre) == late
    time.now = month.results_until + DAY
    months.close_month(month, made.users.clerk)
    assert lines(made.users.cadre) == []


def test_what_was_returned_waits_with_its_remark(made, month):
    one = filed(made.cadre, month)
    assert lines(made.users.cadre) == []
    commitments.return_with_remark(one, "目标要可量化。", made.users.leader)
    assert lines(made.users.cadre) == [("week", "重新提交2026年11月的月承诺", "已退回：目标要可量化。")]


def test_who_need_not_file_and_who_is_nobody_here_has_nothing_to_do(made, month):
    commitments.release(commitment(made.cadre, month), "支援外县", made.users.clerk)
    assert lines(made.users.cadre) == []
    assert lines(made.users.supervisor) == []
    Person.objects.filter(pk=made.supervisor.pk).update(user=None)
    assert lines(type(made.users.supervisor).objects.get(username="supervisor")) == []
