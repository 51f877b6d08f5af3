"""Turns of background work: taken once, given back, gone on with, given up."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from suite.background.domain import TurnIsOver, held, lifecycle, turn
from suite.background.domain.lifecycle import revive, silent, take, work_on
from suite.periodic.domain.lifecycle import tick

pytestmark = pytest.mark.django_db


def now_of(count):
    return type(count).objects.get(pk=count.pk)


def test_what_was_ordered_is_worked_on_and_ends(order, queued, counting):
    count = order(3)
    assert queued == [(counting.model, count.pk, 1)]
    work_on(*queued[0])
    count = now_of(count)
    assert (count.state, count.done, count.running, count.unfinished) == ("done", 3, False, False)
    assert counting.looked == [0, 1, 2]


def test_long_work_is_done_in_turns_so_that_other_work_gets_its_own(order, queued, counting, monkeypatch):
    monkeypatch.setattr(turn, "TURN_SECONDS", 0)
    count = order(3)
    told = []
    for number in range(3):
        work_on(*queued[number])
        told.append((now_of(count).state, now_of(count).done))
    assert told == [("counting", 1), ("counting", 2), ("counting", 3)]
    assert [number for model, key, number in queued] == [1, 2, 3, 4]
    work_on(*queued[3])
    assert now_of(count).state == "done"
    assert counting.looked == [0, 1, 2]


def test_a_turn_that_is_over_or_taken_does_nothing(order, queued, counting):
    count = order(1)
    assert take(counting.model, count.pk, 1)
    for number in (0, 1, 2):
        work_on(counting.model, count.pk, number)
    assert counting.looked == []


def test_nobody_works_on_what_is_finished_or_gone(order, queued, counting):
    count = order(1)
    work_on(*queued[0])
    work_on(*queued[0])
    count.delete()
    work_on(*queued[0])
    assert counting.looked == [0]


def test_who_was_given_up_and_wakes_again_leaves_it_to_the_other(order, queued, counting, monkeypatch):
    monkeypatch.setattr(turn, "PROGRESS_EVERY", 0)
    count = order(3)
    counting.look = lambda number: revive(counting.job, count.pk, timezone.now() + timedelta(seconds=61))
    work_on(*queued[0])
    assert counting.looked == [0]
    assert (now_of(count).running, now_of(count).done, len(queued)) == (False, 0, 2)
    with pytest.raises(TurnIsOver):
        held(count)


def test_what_was_ended_by_somebody_else_meanwhile_stays_ended(order, queued, counting, monkeypatch):
    monkeypatch.setattr(turn, "PROGRESS_EVERY", 0)
    count = order(3)
    counting.look = lambda number: counting.fail(now_of(count), "不数了") if number == 1 else None
    work_on(*queued[0])
    assert (now_of(count).state, now_of(count).message, now_of(count).done) == ("failed", "不数了", 1)
    assert counting.looked == [0, 1]


def test_a_refusal_ends_it_with_its_words(order, queued, counting, refuse):
    count = order(2)
    counting.look = refuse
    work_on(*queued[0])
    assert (now_of(count).state, now_of(count).message) == ("failed", "第0盏灯找不到：先登记。")
    assert now_of(count).running is False


def test_a_fault_of_the_program_ends_it_with_what_to_do_and_is_logged(order, queued, counting, caplog):
    count = order(2)
    counting.look = lambda number: 1 / number
    work_on(*queued[0])
    assert (now_of(count).state, now_of(count).message) == ("failed", "数不清：请告诉系统管理员。")
    assert "ZeroDivisionError" in caplog.text


def test_a_database_that_is_busy_ends_nothing(order, queued, counting):
    count = order(2)

    def busy(number):
        raise OperationalError("database is locked")

    counting.look = busy
    with pytest.raises(OperationalError):
        work_on(*queued[0])
    assert (now_of(count).state, now_of(count).running) == ("counting", True)


def test_work_whose_worker_was_killed_is_taken_up_by_the_tick_behind_what_is_done(order, queued, counting, monkeypatch):
    monkeypatch.setattr(turn, "PROGRESS_EVERY", 0)
    count = order(3)

    def killed(number):
        if number == 1:
            raise SystemExit

    counting.look = killed
    with pytest.raises(SystemExit):
        work_on(*queued[0])
    key = f"background.revive:background.count:{count.pk}:1"
    assert key not in tick(timezone.now() + timedelta(seconds=50)).done
    assert key in tick(timezone.now() + timedelta(seconds=70)).done
    assert queued[1:] == [(counting.model, count.pk, 2)]
    counting.look = lambda number: None
    work_on(*queued[1])
    assert (now_of(count).state, now_of(count).revived) == ("done", 1)
    assert counting.looked == [0, 1, 1, 2]


def test_what_only_waits_in_the_queue_is_queued_again_after_a_while_and_counts_no_death(order, queued, counting):
    count = order(1)
    assert not silent(counting.model, timezone.now() + timedelta(minutes=9)).exists()
    tick(timezone.now() + timedelta(minutes=11))
    assert [number for model, key, number in queued] == [1, 2]
    assert now_of(count).revived == 0


def test_what_ends_its_worker_whatever_is_done_is_given_up_with_words(order, queued, counting):
    count = order(1)
    now = timezone.now()
    for number in range(1, lifecycle.MOST_REVIVALS + 2):
        assert take(counting.model, count.pk, number)
        now += timedelta(minutes=2)
        revive(counting.job, count.pk, now)
    count = now_of(count)
    assert (count.state, count.running, len(queued)) == ("failed", False, 11)
    assert count.message == "处理过程中程序中断了11次。请告诉系统管理员，并改为一次少处理一些。"


def test_progress_is_written_once_a_second_and_at_the_end_of_the_turn(order, queued, counting, monkeypatch):
    count = order(4)
    seconds = iter([0, 0, 0.5, 0.9, 1.2, 1.2, 1.3, 1.4, 5, 5, 6])
    monkeypatch.setattr(turn.time, "monotonic", lambda: next(seconds))
    record = take(counting.model, count.pk, 1)
    told = []
    with turn.Turn(record) as current:
        for number in (1, 2, 3):
            current.report(number, street=f"{number}街")
            told.append((now_of(count).done, now_of(count).street))
    assert told == [(0, "新街"), (0, "新街"), (3, "3街")]
    monkeypatch.undo()
    with turn.Turn(record) as current:
        current.report(4)
        assert now_of(count).done == 3
    assert now_of(count).done == 4


def test_what_is_urgent_is_written_at_once(order, queued, counting):
    count = order(4)
    with turn.Turn(take(counting.model, count.pk, 1)) as current:
        current.report(1, at_once=True)
        assert now_of(count).done == 1


def test_the_task_behind_it_finds_the_record_by_its_model(order, queued, counting):
    from suite.background.tasks import do_turn

    count = order(1)
    do_turn.call("background.count", count.pk, 1)
    assert now_of(count).state == "done"
