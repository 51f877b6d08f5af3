"""What the appraisal learns of one person's commitments: figures, in the period they belong to."""

import datetime

import pytest
from django.urls import reverse

from commitments.domain.facts import appraisal_facts
from commitments.domain.lifecycle import notices, objections
from commitments.enums import CommitmentState, Grade, Outcome
from commitments.models import Commitment
from suite.appraisal import Period
from suite.hooks import collect
from tests.commitments import notice_staging as staging

DATE = datetime.date.fromisoformat
YEAR = Period(DATE("2026-01-01"), DATE("2026-12-31"))


def facts(one, period=YEAR):
    """Figures that are not zero, by key."""
    found = {fact.key.removeprefix("commitments."): fact.value for fact in appraisal_facts(one, period)}
    return {key: value for key, value in found.items() if value}


def test_nobody_is_told_of_zeros(town):
    assert list(appraisal_facts(town.cadre, YEAR)) == []


def test_months_and_promises_are_counted(town):
    staging.failed(town.cadre, town.economy, DATE("2026-09-01"))
    late = staging.failed(town.cadre, town.economy, DATE("2026-10-01"), [Outcome.FULFILLED, Outcome.PARTLY])
    Commitment.objects.filter(pk=late.pk).update(late=True)
    missed = staging.failed(town.cadre, town.economy, outcomes=[Outcome.NOT])
    missed.promises.update(missing=True)
    released = staging.failed(town.cadre, town.economy, DATE("2026-08-01"), [])
    Commitment.objects.filter(pk=released.pk).update(**{"state": CommitmentState.RELEASED})
    assert facts(town.cadre) == {
        "owed": 3,
        "on_time": 1,
        "late": 1,
        "missed": 1,
        "promises_fulfilled": 2,
        "promises_partly": 1,
        "promises_not": 2,
    }
    assert facts(town.colleague) == {}


@pytest.mark.parametrize(
    ("first", "last", "owed"),
    [
        ("2026-11-30", "2026-11-30", 1),
        ("2026-12-01", "2026-12-31", 0),
        ("2026-11-01", "2026-11-29", 0),
        ("2026-01-01", "2027-06-30", 1),
    ],
)
def test_a_month_belongs_to_the_period_in_which_it_ends(town, first, last, owed):
    staging.failed(town.cadre, town.economy)
    assert facts(town.cadre, Period(DATE(first), DATE(last))).get("owed", 0) == owed


def test_a_month_that_is_not_over_counts_not_yet(town):
    staging.failed(town.cadre, town.economy, DATE("2026-12-01"))
    assert facts(town.cadre) == {}


def test_notices_count_by_grade_once_they_are_served_and_stand(town, december):
    staging.approved(town, staging.failed(town.cadre, town.economy, DATE("2026-07-01")))
    staging.served(town, staging.failed(town.cadre, town.economy, DATE("2026-08-01")))
    staging.closed(town, staging.failed(town.cadre, town.economy, DATE("2026-09-01")), grade=Grade.TALK)
    objected = staging.objected(town, staging.failed(town.cadre, town.economy), grade=Grade.RECTIFY)
    counted = {key: value for key, value in facts(town.cadre).items() if key.startswith("notices")}
    assert counted == {"notices_explain": 1, "notices_talk": 1, "notices_rectify": 1}
    objections.decide_objection(objected.objection, True, "属实。", town.head.user)
    assert "notices_rectify" not in facts(town.cadre)
    assert not any(key.startswith("notices") for key in facts(town.cadre, Period(YEAR.first, DATE("2026-11-30"))))


def test_the_hook_answers_with_figures_in_chinese(town):
    notices.close(staging.answered(town), "属实。", town.office.user)
    told = {
        fact.key: (str(fact.label), str(fact.unit_of_measure), fact.plugin)
        for fact in collect("appraisal_facts", town.cadre, YEAR)
        if fact.plugin == "commitments"
    }
    assert told["commitments.owed"] == ("应填报月承诺", "件", "commitments")
    assert told["commitments.notices_explain"] == ("责任通知书：责令说明情况", "件", "commitments")
    assert len(told) == 10


def test_a_figure_leads_to_where_it_can_be_looked_up(town):
    staging.served(town)
    led = {fact.url for fact in appraisal_facts(town.cadre, YEAR) if not fact.key.startswith("commitments.notices_")}
    assert led == {reverse("commitments_index")}
    led = {fact.url for fact in appraisal_facts(town.cadre, YEAR) if fact.key.startswith("commitments.notices_")}
    assert led == {reverse("commitments_notices")}
