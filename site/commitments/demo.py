"""Half a year of the sample township's commitments, taken through every step by its people.

Five months before this one, and this one as it stands today. What was done earlier was done through the same functions
as today; those that take ``at`` were told when, and what they date now is dated back (see `sample.days.date_back`).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from suite.clock.calendar import DAY
from suite.numbering.domain import keep_series
from suite.numbering.models import NumberSeries

from .models import CommitmentsSettings
from .sample.days import Days, at
from .sample.filing import Filing
from .sample.meetings import Meeting
from .sample.people import FAILS, LAST, MONTHS, PRESENT, Sample
from .sample.results import DECIDED, Results
from .sample.serving import ready_since, serve_both

_SERIES = "石效责"


def build(township: Any) -> None:
    """Hook ``build_demo``: settings, six months with their meetings, two notices."""
    firsts = _firsts(timezone.localdate())
    _choose(township, firsts[0].year)
    sample = Sample(township)
    last = Days(firsts[LAST])
    if ready_since(at(last.after(DECIDED + sample.order[FAILS] % 3), 12)):
        sample.second = LAST
    months = []
    for number, first in enumerate(firsts):
        days = Days(first)
        month = Filing(sample, number, days).run()
        Meeting(sample, number, days).run(month)
        if number < PRESENT:
            Results(sample, number, days).run(month)
        months.append(month)
    for month in months:
        month.refresh_from_db()
    serve_both(sample, months)


def _firsts(today: datetime.date) -> list[datetime.date]:
    firsts = [today.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.insert(0, (firsts[0] - DAY).replace(day=1))
    return firsts


def _choose(township: Any, first_year: int) -> None:
    """Who approves the head's, and which numbers notices have. Goes with the sample, whoever made the row."""
    series = NumberSeries.objects.filter(prefix=_SERIES).first() or keep_series(
        NumberSeries(prefix=_SERIES, purpose="月承诺责任通知书", first_year=first_year), township.user("system_admin")
    )
    chosen, _new = CommitmentsSettings.objects.update_or_create(
        defaults={"head_approver": township.people["shenyun"], "notice_series": series}
    )
    township.keep(chosen)
