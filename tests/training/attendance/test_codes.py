"""The rotating code counts for its own step and the next one, for its own session, and for nobody who must guess."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.attendance.staging import NINE, after
from training.domain.attendance import codes
from training.models import Session

ROOM, OTHER = Session(secret="a" * 64), Session(secret="b" * 64)


def at_nine(one=ROOM):
    return codes.code_at(one, codes.step_at(NINE))


def test_a_code_has_six_digits_and_a_token_that_tells_nothing_of_them():
    code = at_nine()
    assert (len(code.digits), code.digits.isdecimal(), len(code.token)) == (6, True, 20)
    assert code.digits not in str(int(code.token, 16))


@pytest.mark.parametrize(("seconds", "right"), [(-1, False), (0, True), (19, True), (39, True), (40, False)])
def test_it_counts_from_its_second_on_for_forty_seconds(seconds, right):
    code, now = at_nine(), after(seconds=seconds)
    assert codes.counts(ROOM, code.digits, now) is right
    assert codes.counts(ROOM, code.token, now) is right


def test_it_counts_for_its_own_session_only():
    assert not codes.counts(OTHER, at_nine().token, NINE)
    assert codes.what_is_wrong(OTHER, at_nine().token, NINE, [ROOM]) == "other"


@pytest.mark.parametrize(("seconds", "wrong"), [(41, "old"), (3500, "old"), (-20, "future"), (-280, "future")])
def test_what_is_wrong_with_a_code_of_another_time_is_known(seconds, wrong):
    assert codes.what_is_wrong(ROOM, at_nine().token, after(seconds=seconds), []) == wrong


@pytest.mark.parametrize(
    "typed", ["", "000", "abcdef", "²³", "一二三四五六", at_nine().digits[:5], at_nine().token[:19]]
)
def test_anything_else_is_wrong_and_nothing_breaks(typed):
    assert not codes.counts(ROOM, codes.as_typed(typed), NINE)
    assert codes.what_is_wrong(ROOM, codes.as_typed(typed), NINE, [OTHER]) == "wrong"


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "１２３　４５６", "12 34 56"])
def test_digits_are_read_however_they_are_typed(typed):
    assert codes.as_typed(typed) == "123456"


@pytest.mark.parametrize(("seconds", "left"), [(0, 20), (1, 19), (19, 1), (20, 20)])
def test_the_screen_says_how_long_a_code_stays(seconds, left):
    assert codes.seconds_left(after(seconds=seconds)) == left


@given(shown=st.integers(0, 10**6), later=st.integers(-200, 200))
def test_at_any_time_a_code_counts_exactly_in_the_forty_seconds_after_it_came_up(shown, later):
    start = NINE + datetime.timedelta(seconds=shown * codes.STEP)
    token = codes.code_at(ROOM, codes.step_at(start)).token
    assert codes.counts(ROOM, token, start + datetime.timedelta(seconds=later)) is (0 <= later < codes.LIFE)


def test_who_has_the_qr_picture_cannot_work_out_the_digits():
    """The digits are the digest's first eight bytes modulo a million: the token must not hold those."""
    found = [codes.code_at(ROOM, step) for step in range(40)]
    assert [one for one in found if int(one.token[:16], 16) % 10**6 == int(one.digits)] == []
