"""The sample's document numbers come from its registers, whatever day it is; and never keep it from being deleted."""

import datetime

import pytest
from django.contrib.auth import get_user_model

import demo.township
from demo.domain.build import build
from demo.domain.remove import remove
from suite.numbering.domain import gaps, issue, void, year_report
from suite.numbering.domain.pages import problems
from suite.numbering.models import DocumentNumber, NumberSeries
from suite.publishing.models import PublishedPage


@pytest.mark.parametrize("today", ["2026-11-21", "2027-01-08"])
def test_every_page_carries_the_number_its_register_gave_and_none_is_missing(db, monkeypatch, today):
    monkeypatch.setattr(demo.township, "localdate", lambda: datetime.date.fromisoformat(today))
    build()
    reports = [
        year_report(series, year)
        for series in NumberSeries.objects.all()
        for year in series.numbers.order_by("year").values_list("year", flat=True).distinct()
    ]
    assert [report.missing for report in reports] == [()] * len(reports)
    reasons = list(DocumentNumber.objects.filter(state="voided").values_list("void_reason", flat=True))
    assert sum(report.voided for report in reports) == len(reasons)
    assert all(reasons)
    assert reasons.count("与县里统一安排不符，未印发") == 1
    for number in DocumentNumber.objects.exclude(page=None):
        page: PublishedPage = number.page.specific
        assert (getattr(page, page.number_field), number.title, page.live) == (number.text, page.title, True)
        assert list(problems(page)) == []
        assert number.year == number.issued_on.year
    days = DocumentNumber.objects.order_by("series", "year", "number").values_list("series", "issued_at")
    assert sorted(days) == [*days]


@pytest.fixture
def real_user(db):
    return get_user_model().objects.create_user("real", password="liushu-4716-he")


def test_a_number_that_somebody_tried_goes_with_the_samples_series(township, real_user):
    series = NumberSeries.objects.create(prefix="试发")
    demo.township.Township("").keep(series)
    void(issue(series, real_user, "试一试"), "试用", real_user)
    remove()
    assert not NumberSeries.objects.exists()


def test_a_real_number_stays_when_the_sample_account_that_took_it_goes(township):
    series = NumberSeries.objects.create(prefix="真发")
    number = issue(series, get_user_model().objects.get(username="editor"), "真文件")
    remove()
    number.refresh_from_db()
    assert (number.issued_by, number.title, gaps(series, number.year)) == (None, "真文件", [])
