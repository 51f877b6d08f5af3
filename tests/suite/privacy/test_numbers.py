"""Personal numbers are found however they are written, and other numbers are left alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from suite.privacy import Kind, find, mask
from suite.privacy.numbers import PROVINCES, check_digit, passes_luhn


def found(text):
    return [(number.kind.value, number.digits) for number in find(text)]


ID = "11010519491231002X"  # the example of GB 11643
MOBILE = "13812345678"
CARD = "6222021234567890128"


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{ID}。",
        f"身份证{ID.lower()}",
        f"(ID:{ID})",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 1949 1231 002X",
        "110105-19491231-002X",
        f"王芳{ID}，男",
        f"1.{ID}",
    ],
)
def test_id_numbers_are_found(text):
    assert found(text) == [("identity", ID)]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # wrong check digit
        "991105194912310024",  # no such region
        "110105194913310022",  # month 13
        "110105194902300027",  # 30 February
        f"0{ID}",
        f"{ID[:-1]}0{ID[-1]}",
        "统一社会信用代码91330106MA2800001X",
    ],
)
def test_numbers_that_only_look_like_id_numbers_are_not(text):
    assert found(text) == []


def test_nobody_is_born_tomorrow():
    today = timezone.localdate()
    for born, expected in ((today, 1), (today + timedelta(days=1), 0), (date(1879, 12, 31), 0)):
        first_17 = f"330106{born:%Y%m%d}001"
        assert len(find(first_17 + check_digit(first_17))) == expected


def test_old_id_numbers_of_15_digits_are_found_when_their_date_exists():
    assert found("旧证110105491231002号") == [("identity", "110105491231002")]
    assert found("110105491331002") == []
    assert found("990105491231002") == []


@given(
    st.sampled_from(sorted(PROVINCES)),
    st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    st.integers(0, 9999),
    st.integers(0, 999),
)
def test_every_valid_id_number_is_found_and_no_single_slip_of_it(province, born, district, serial):
    first_17 = f"{province}{district:04}{born:%Y%m%d}{serial:03}"
    number = first_17 + check_digit(first_17)
    assert found(f"号码{number}。") == [("identity", number)]
    slipped = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    assert Kind.IDENTITY not in [kind for kind, _digits in found(slipped)]


@pytest.mark.parametrize(
    "text",
    [
        f"电话{MOBILE}",
        "138 1234 5678",
        "138-1234-5678",
        "1381 2345 678",
        "138 12345678",
        "1381234 5678",
        "138.1234.5678",
        "138–1234–5678",
        "１３８１２３４５６７８",
        "138　1234　5678",
        "+86 13812345678",
        "+8613812345678",
        "86-138-1234-5678",
        "0086 138 1234 5678",
        "（+86）13812345678",
        f"张三{MOBILE}李四",
        f"1.{MOBILE}",
        f"{MOBILE}转2",
    ],
)
def test_mobiles_are_found_however_they_are_written(text):
    assert found(text) == [("mobile", MOBILE)]


@pytest.mark.parametrize(
    "text",
    [
        "0579-87654321",
        "（0579）87654321",
        "0579 8765 4321",
        "400-8001-234",
        "12345",
        "12812345678",
        "1381234567",
        "138123456789",
        "9138123456780",
        "2026年11月21日",
        "2026-11-21 09:30",
        "13 2026-11-21",
        "国发〔2013〕81234号",
        "邮编313300",
        "13.8亿元、1381.2345万元",
        "第一百三十八条",
        "ISBN 978-7-5000-1234-5",
        "QQ 138123456",
        "编号20131234567800",
    ],
)
def test_other_numbers_are_no_mobiles(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "6222 0212 3456 7890 128",
        "6222-0212-3456-7890-128",
        "622202 1234567890128",
        "６２２２０２１２３４５６７８９０１２８",
    ],
)
def test_bank_cards_are_found(text):
    assert found(f"账号{text}。") == [("bank_card", CARD)]


@pytest.mark.parametrize(
    "number",
    ["4111111111111111", "5500005555555559", "3566002020360505", "378282246310005", "4222222222222"],
)
def test_cards_of_other_issuers_are_found(number):
    assert found(number) == [("bank_card", number)]


@pytest.mark.parametrize(
    "text",
    [
        CARD[:-1] + "9",  # check digit
        "1111111111111117",  # Luhn, but no issuer
        "622202123456789",  # 15 digits
        "6901234567892",  # bar code
        "项目编号 2026110112345678901",
        "0.6222021234567890",
    ],
)
def test_other_long_numbers_are_no_bank_cards(text):
    assert [kind for kind, _digits in found(text)] == []


def test_luhn_tells_every_single_slip():
    for place in range(len(CARD)):
        for digit in "0123456789":
            slipped = CARD[:place] + digit + CARD[place + 1 :]
            assert passes_luhn(slipped) == (slipped == CARD)


def test_several_numbers_are_found_in_order_and_none_inside_another():
    text = f"{MOBILE}、{ID}、{CARD}、{MOBILE}"
    assert [number.kind for number in find(text)] == [Kind.MOBILE, Kind.IDENTITY, Kind.BANK_CARD, Kind.MOBILE]


def test_masked_text_keeps_everything_but_the_inner_digits():
    assert mask(f"王芳，{ID}，电话138 1234 5678；卡{CARD}！") == (
        "王芳，110105********002X，电话138****5678；卡6222***********0128！"
    )
    assert mask("身份证１１０１０５１９４９１２３１００２Ｘ㎡") == "身份证110105********002X㎡"
    assert mask("电话0579-87654321，2026年") == "电话0579-87654321，2026年"
    assert mask("旧证110105491231002") == "旧证110105*****1002"


@given(st.text(alphabet=st.sampled_from("0123456789xX -－１３８中文㎡\u0301"), max_size=60))
def test_masking_leaves_nothing_to_find_and_changes_nothing_else(text):
    masked = mask(text)
    assert find(masked) == []
    if not find(text):
        assert masked == text


def test_a_law_holds_no_personal_number():
    """Real statute text: dates, article numbers, amounts."""
    text = "1986年6月25日通过 根据2019年8月26日第三次修正 第五十七条 处2000元以上20000元以下罚款；公告30日"
    assert find(text) == []
