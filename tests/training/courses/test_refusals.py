"""What the form of a series refuses."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from training.models import SeriesRule


def test_a_series_ends_on_or_after_its_first_day(school):
    first = datetime.date(2026, 12, 1)
    SeriesRule(course=school.course(), since=first, until=first).clean()
    with pytest.raises(ValidationError) as refused:
        SeriesRule(course=school.course(), since=first, until=first - datetime.timedelta(days=1)).clean()
    assert refused.value.message_dict == {"until": ["截止日期早于起始日期：请选更晚的日期。"]}
