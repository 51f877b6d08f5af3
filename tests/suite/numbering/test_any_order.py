"""Issuing, voiding and rolling back in any order, over the years: no gaps, no doubles, nothing lost."""

import datetime
from collections import defaultdict

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from suite.numbering.domain import gaps, issue, void
from suite.numbering.models import DocumentNumber, NumberSeries
from tests.suite.numbering.conftest import moment

SERIES = st.integers(0, 1)
FIRST = {("甲发", 2026): 5}


class AnyOrder(RuleBasedStateMachine):
    """Keeps in its own way which numbers were given, and which were voided why."""

    issued = voided = years = 0

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.series = [
            NumberSeries.objects.create(prefix="甲发", first_year=2026, first_number=5),
            NumberSeries.objects.create(prefix="乙发", first_year=2026),
        ]
        self.now = moment(2026, 11)
        self.given = defaultdict(list)
        self.reasons = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    def take(self, which, year):
        """Issue a number and check it against the last one that was given."""
        series = self.series[which]
        number = issue(series, None, "文件", year=year, at=self.now)
        last = self.given[series.prefix, year]
        assert number.number == (last[-1] + 1 if last else FIRST.get((series.prefix, year), 1))
        return number

    @rule(which=SERIES)
    def issue_one(self, which):
        number = self.take(which, self.now.year)
        self.given[number.series.prefix, number.year].append(number.number)
        AnyOrder.issued += 1

    @rule(which=SERIES)
    def issue_and_fail_afterwards(self, which):
        with transaction.atomic():
            self.take(which, self.now.year)
            transaction.set_rollback(True)

    @rule(which=SERIES)
    def issue_for_last_year(self, which):
        year = self.now.year - 1
        if self.now.month == 1 and year >= 2026:
            number = self.take(which, year)
            self.given[number.series.prefix, number.year].append(number.number)
        else:
            with pytest.raises(ValidationError), transaction.atomic():
                issue(self.series[which], None, "文件", year=year, at=self.now)

    @rule(data=st.data())
    def void_one(self, data):
        numbers = [*DocumentNumber.objects.order_by("pk")]
        if not numbers:
            return
        number = data.draw(st.sampled_from(numbers))
        if number.pk in self.reasons:
            with pytest.raises(ValidationError), transaction.atomic():
                void(number, "再废", None)
            return
        reason = self.reasons[number.pk] = f"原因{len(self.reasons)}"
        void(number, reason, None)
        AnyOrder.voided += 1

    @rule()
    def three_weeks_pass(self):
        before = self.now.year
        self.now += datetime.timedelta(days=21)
        AnyOrder.years += self.now.year > before

    @invariant()
    def the_register_holds_what_was_given_without_gap_or_double(self):
        held = defaultdict(list)
        for number in DocumentNumber.objects.order_by("number").select_related("series"):
            held[number.series.prefix, number.year].append(number.number)
        assert dict(held) == {key: numbers for key, numbers in self.given.items() if numbers}
        for prefix, year in held:
            first = FIRST.get((prefix, year), 1)
            assert held[prefix, year] == [*range(first, first + len(held[prefix, year]))]
        for series in self.series:
            assert [gaps(series, year) for year in (2026, 2027, 2028)] == [[], [], []]

    @invariant()
    def what_was_voided_says_why_for_ever(self):
        rows = DocumentNumber.objects.filter(state="voided").values_list("pk", "void_reason")
        assert dict(rows) == self.reasons


@pytest.mark.long
@pytest.mark.django_db
def test_in_any_order_there_is_no_gap_no_double_and_nothing_is_lost():
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert min(AnyOrder.issued, AnyOrder.voided, AnyOrder.years) > 10
