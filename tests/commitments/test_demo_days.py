"""The sample's half-year can be built on any day, and then nothing of it lies in the future."""

import datetime

import pytest
from django.utils import timezone

from commitments.enums import MonthState
from commitments.models import (
    Commitment,
    MeetingReport,
    Month,
    Promise,
    ReportMeeting,
    ServedNotice,
    Verification,
)
from suite.draw.models import Draw
from suite.evidence.models import Evidence
from tests.commitments.sample_parts import build_parts

DAYS = {
    "the first of January": (2026, 1, 1, 0, 20),
    "a leap day": (2028, 2, 29, 9, 0),
    "the New Year holiday": (2026, 2, 18, 22, 0),
    "the last day of a long month": (2026, 10, 31, 18, 0),
}


@pytest.mark.long
@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_it_can_be_built_on(db, monkeypatch, day):
    moment = datetime.datetime(*day, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr(timezone, "now", lambda: moment)
    build_parts()
    months = list(Month.objects.order_by("first"))
    assert [month.state for month in months] == [MonthState.CLOSED] * 4 + [MonthState.REPORTING, MonthState.OPEN]
    for model, name in (
        (Commitment, "filed_at"), (Commitment, "approved_at"), (Commitment, "reported_at"), (Commitment, "ended_at"),
        (Verification, "at"), (ReportMeeting, "held_at"), (ServedNotice, "served_at"), (Evidence, "added_at"),
        (Month, "closed_at"), (Draw, "drawn_at"), (Promise, "decided_at"), (MeetingReport, "recorded_at"),
    ):  # fmt: skip
        assert model.objects.filter(**{f"{name}__gt": moment}).count() == 0, name
    assert [one.state for one in ServedNotice.objects.order_by("proposed_at")] == ["closed", "served"]
