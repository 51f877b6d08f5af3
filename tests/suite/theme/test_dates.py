import datetime

import pytest

from suite.theme.dates import in_full, in_list, in_words

TODAY = datetime.date(2026, 11, 21)


def test_a_document_writes_the_date_in_full():
    assert in_full(datetime.date(2026, 3, 5)) == "2026年3月5日"


def test_a_moment_counts_as_the_day_in_the_office_and_not_in_greenwich():
    assert in_full(datetime.datetime(2026, 11, 20, 16, 30, tzinfo=datetime.UTC)) == "2026年11月21日"


def test_no_date_is_no_text():
    assert [in_full(None), in_list(None), in_words(None)] == ["", "", ""]


def test_a_list_writes_day_and_minute():
    assert in_list(datetime.date(2026, 3, 5)) == "2026-03-05"
    assert in_list(datetime.datetime(2026, 11, 21, 1, 30, tzinfo=datetime.UTC)) == "2026-11-21 09:30"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-8, "2026年11月13日"),
        (-7, "7天前"),
        (-2, "2天前"),
        (-1, "昨天"),
        (0, "今天"),
        (1, "明天"),
        (2, "2天后"),
        (7, "7天后"),
        (8, "2026年11月29日"),
    ],
)
def test_days_near_by_are_said_in_words(days, words):
    assert in_words(TODAY + datetime.timedelta(days=days), TODAY) == words
