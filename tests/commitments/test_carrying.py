"""What the form offers to take over: what last month left undone, and what other plugins know of."""

import datetime

import pytest
from wagtail import hooks

from commitments.domain.carrying import open_work_for, unfinished
from commitments.domain.lifecycle import results
from commitments.enums import Outcome
from commitments.models import Promise
from suite.work import OpenWork
from tests.commitments.results_stage import said


@pytest.fixture
def december(stage):
    return stage.new_month(datetime.date(2026, 12, 1))


def works(stage, month):
    return [promise.work for promise in unfinished(stage.cadre, month)]


@pytest.mark.parametrize(
    ("outcomes", "offered"),
    [
        (("fulfilled", "fulfilled"), []),
        (("fulfilled", "partly"), ["路灯2"]),
        (("not", "partly"), ["路灯1", "路灯2"]),
    ],
)
def test_rows_that_the_township_did_not_find_fulfilled_are_offered(stage, december, outcomes, offered):
    stage.ended(outcomes=outcomes)
    assert works(stage, december) == offered


def test_before_it_is_decided_what_the_person_reported_counts(stage, december):
    one = stage.approved()
    assert works(stage, december) == ["路灯1", "路灯2"]
    _first, second = one.promises.all()
    results.report(one, {**said(one), second.pk: (Outcome.PARTLY, "差两盏")}, stage.cadre.user)
    assert works(stage, december) == ["路灯2"]


def test_what_the_township_decided_outweighs_what_was_reported(stage, december):
    stage.ended(outcomes=(Outcome.FULFILLED, Outcome.NOT))
    assert works(stage, december) == ["路灯2"]


@pytest.mark.parametrize("stays", ["owed", "filed"])
def test_what_was_never_approved_was_never_promised(stage, december, stays):
    getattr(stage, stays)()
    assert works(stage, december) == []


def test_a_month_without_a_commitment_is_passed_over(stage, december):
    stage.approved()
    january = stage.new_month(datetime.date(2027, 1, 1))
    released = stage.owed(month=december)
    released.to_released()
    released.save()
    assert works(stage, january) == ["路灯1", "路灯2"]


def test_a_row_that_stands_for_a_missing_commitment_is_no_work_to_take_over(stage, december):
    one = stage.ended(outcomes=("not", "not"))
    one.promises.update(missing=True)
    assert works(stage, december) == []


def test_nothing_comes_from_the_month_itself_from_later_ones_or_from_others(stage, december):
    stage.approved(month=december)
    stage.approved(stage.clerk, stage.party)
    assert works(stage, december) == works(stage, stage.month) == []


def test_what_another_month_took_over_is_not_offered_again(stage, december):
    first, _second = stage.approved().promises.all()
    mine = stage.owed(month=december)
    row = {"number": 1, "work": "接着做", "measures": "催", "goal": "装完", "due": december.last, "carried_from": first}
    Promise.objects.create(commitment=mine, **row)
    # In the very commitment that is being written the row is still offered: the form knows that it is there.
    assert works(stage, december) == ["路灯1", "路灯2"]
    assert works(stage, stage.new_month(datetime.date(2027, 1, 1))) == ["路灯2"]
    mine.to_filed()
    mine.save()
    mine.to_approved()
    mine.save()
    assert works(stage, stage.new_month(datetime.date(2027, 2, 1))) == ["接着做"]


def test_open_work_of_every_plugin_comes_the_most_pressing_first_and_one_that_fails_costs_nothing(stage):
    def work(key, due):
        return OpenWork("lamps.lamp", key, f"修灯{key}", due, f"/lamps/{key}/", "lamps")

    def lamps(person):
        assert person == stage.cadre
        return [work("3", None), work("2", datetime.date(2026, 12, 24))]

    def wells(person):
        return [work("1", datetime.date(2026, 12, 3))]

    def broken(person):
        raise RuntimeError("no database")

    with hooks.register_temporarily([("open_work", lamps), ("open_work", broken), ("open_work", wells)]):
        mine = [row.key for row in open_work_for(stage.cadre) if row.plugin == "lamps"]
    assert mine == ["1", "2", "3"]
