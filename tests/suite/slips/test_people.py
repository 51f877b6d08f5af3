"""Names, phones and codes of those who have no account."""

import pytest

from suite.slips.codes import new_code
from suite.slips.people import full_name, name_key, phone_digits
from tests.refusals import refusal

# A refusal is rolled back.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("13900139000", "13900139000"), ("139 0013 9000", "13900139000"), ("+86 139-0013-9000", "13900139000"),
        ("１３９００１３９０００", "13900139000"),
        ("0571-8800 1234", "057188001234"), ("(0571) 8800-1234", "057188001234"),
        ("88001234", "88001234"),
    ],
)  # fmt: skip
def test_a_phone_is_kept_as_digits_however_it_is_written(written, digits):
    assert phone_digits(written) == digits


@pytest.mark.parametrize("written", ["1390013900", "12345", "11010519491231002X", "六二二二", "139001390001"])
def test_what_is_no_phone_is_refused_without_repeating_it(written):
    assert refusal(phone_digits, written) == "请填写十一位手机号，或 0571-8800 1234 这样的固定电话。"


def test_a_name_with_digits_is_refused_and_its_blanks_are_folded():
    assert refusal(full_name, "王建国2") == "请填写身份证上的姓名，不要写数字。"
    assert full_name(" 阿依古丽  ·  买买提 ") == "阿依古丽 · 买买提"


def test_names_are_compared_without_blanks_width_and_case():
    assert name_key("王 建国Ａ") == name_key("王建国a") == "王建国a"


def test_codes_are_ten_letters_and_digits_that_eyes_do_not_mix_up():
    codes = {new_code() for number in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {10}
    assert not set("".join(codes)) & set("01ilo")
