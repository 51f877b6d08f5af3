"""What an answer is worth."""

import pytest

from training.domain.quizzes.marking import plain, worth
from training.models import Question


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("１２３１５", "12315"),
        ("Wi-Fi", "wifi"),
        ("殘疾人證", "残疾人证"),
        ("  首问 负责制。", "首问负责制"),
        ("《一次性告知单》", "一次性告知单"),
        ("5 个工作日", "5个工作日"),
        ("80％", "80%"),
        ("1,000元", "1000元"),
        ("3～5天", "3-5天"),
    ],
)
def test_ways_of_writing_make_no_difference(one, other):
    assert plain(one) == plain(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.5", "15"), ("3-5天", "35天"), ("80%", "80"), ("-5", "5"), ("12:30", "1230"), ("3,5", "35"), ("C++", "C")],
)
def test_what_means_something_else_stays_different(one, other):
    assert plain(one) != plain(other)


def asked(kind, right=(), accepted=()):
    return Question(kind=kind, options=["甲", "乙", "丙"], right=list(right), accepted=list(accepted))


@pytest.mark.parametrize(
    ("kind", "right", "given", "expected"),
    [
        ("single", [1], [1], True),
        ("single", [1], [0], False),
        ("single", [1], [], False),
        ("multiple", [0, 2], [0, 2], True),
        ("multiple", [0, 2], [0], False),
        ("multiple", [0, 2], [0, 1, 2], False),
        ("multiple", [0, 2], [], False),
        ("truth", [0], [0], True),
        ("truth", [0], [1], False),
    ],
)
def test_options_count_only_when_exactly_right(kind, right, given, expected):
    assert worth(asked(kind, right), given) is expected


@pytest.mark.parametrize(
    ("given", "expected"), [(["首問負責制"], True), (["首问制"], None), ([], False), (["。。"], False)]
)
def test_a_short_text_is_right_empty_or_to_be_read_by_somebody(given, expected):
    assert worth(asked("text", accepted=["首问负责制"]), given) is expected
