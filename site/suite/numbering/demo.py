"""The registers of the sample township, and how its pages get their numbers."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from demo.township import is_sample

from .domain.lifecycle import issue, keep_series, void
from .domain.pages import take
from .models import NumberSeries

# Prefix: what it is for, and the number with which this register took over from paper.
SERIES = {
    "石政发": ("镇政府文件", 2),
    "石政办": ("镇政府办公室文件", 1),
    "石政告": ("对村民的公告、通告", 16),
    "石政通": ("对村民的通知", 12),
    "石政公": ("公示", 7),
}
# The oldest notice of the sample is younger, so that the voided number stands before it.
MISTAKE_DAYS_AGO = 40


def build(township: Any) -> None:
    """Hook ``build_demo``: five series, and in one of them a number that was a mistake."""
    begins = township.day(-MISTAKE_DAYS_AGO).year
    for prefix, (purpose, first) in SERIES.items():
        series = NumberSeries.objects.filter(prefix=prefix).first() or NumberSeries(prefix=prefix)
        if series.pk and not is_sample(series):
            continue
        series.purpose, series.first_number = purpose, first
        series.first_year = township.today.year if prefix in ("石政发", "石政办") else begins
        keep_series(series, township.user("system_admin"))
    if notices := sample_series("石政告"):
        wrong = issue(
            notices,
            township.user("editor"),
            "关于赶集日便民服务岗放假的公告",
            at=_moment(township, MISTAKE_DAYS_AGO),
        )
        void(wrong, "与县里统一安排不符，未印发", township.user("approver"))


def taking(township: Any, prefix: str, days_ago: int) -> Callable[[Any], None]:
    """For `Township.publish`: what gives a draft the next number of that series, as of so many days ago.

    The draft stays without a number where ``prefix`` is empty, or where a real office keeps that series.
    """

    def take_one(draft: Any) -> None:
        if series := sample_series(prefix):
            take(draft, series, draft.owner, at=_moment(township, days_ago))

    return take_one


def sample_series(prefix: str) -> NumberSeries | None:
    """The series of the sample with this prefix."""
    series = NumberSeries.objects.filter(prefix=prefix).first()
    return series if series and is_sample(series) else None


def _moment(township: Any, days_ago: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(township.day(-days_ago), datetime.time(10)))
