import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.numbering.notation import NumberText, normalise, parse


def test_a_number_is_printed_as_the_standard_says():
    assert str(NumberText("石政发", 2026, 17)) == "石政发〔2026〕17号"


@pytest.mark.parametrize(
    "typed",
    [
        "石政发〔2026〕17号",
        " 石政发[2026]17号 ",
        "石政发(2026)17号",
        "石政发（2026）17号",
        "石政发【2026】17号",
        "石政发［２０２６］１７号",
        "石政发﹝2026﹞017号",
        "石政发〔2026年〕第17号",
        "石政发 〔2026〕 17",
    ],
)
def test_however_brackets_and_digits_are_typed_it_is_the_same_number(typed):
    assert parse(typed) == ("石政发", 2026, 17)
    assert normalise(typed) == "石政发〔2026〕17号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "主席令第55号",
        "石政发2026年17号",
        "石政发〔26〕17号",
        "国发〔2020〕5-1号",
        "石政发〔2026〕0号",
        "〔2026〕17号",
    ],
)
def test_what_is_no_such_number_stays_as_it_is(text):
    assert parse(text) is None
    assert normalise(f" {text} ") == text


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8),
    st.integers(1949, 2199),
    st.integers(1, 999_999),
)
def test_every_number_is_read_back_from_what_is_printed(prefix, year, number):
    assert parse(str(NumberText(prefix, year, number))) == (prefix, year, number)
