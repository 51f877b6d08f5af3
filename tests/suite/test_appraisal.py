"""A period has its days in order."""

import datetime

import pytest

from suite.appraisal import Period

DAY = datetime.date(2026, 2, 28)


def test_a_period_may_be_one_day_and_never_ends_before_it_begins():
    assert Period(DAY, DAY).last == DAY
    with pytest.raises(ValueError, match="cannot end on 2026-02-27 and begin on 2026-02-28"):
        Period(DAY, DAY - datetime.timedelta(days=1))
