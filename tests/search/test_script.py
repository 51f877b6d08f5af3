"""One form for every way of writing, with the way back to the original."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import analyse, normalise
from search.analysis.script import HIGHEST, fold, simplified

CHINESE = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=40)
AWKWARD = st.text(st.sampled_from("aＡé㎡ﬁ①…ｶﾞか゛゙́가ᄀ殘疾證残疾证薴苧İßΣϓ\u202e\x00\ud800😀 \n，（）"), max_size=30)
ANYTHING = st.one_of(st.text(max_size=60), AWKWARD)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("殘疾證", "残疾证"),
        ("臨時救助", "临时救助"),
        ("ＡＢＣ１２３，", "abc123,"),
        ("10㎡", "10m2"),
        ("ｶﾞ", "ガ"),
        ("cafe\u0301", "café"),
        ("薴苧", "苎苎"),
        ("乾隆", "干隆"),
    ],
)
def test_texts_written_differently_have_one_form(written, form):
    assert normalise(written).text == form


@given(ANYTHING)
@example("ϓ́")
@example("e\u0301" * 3)
def test_normalising_again_changes_nothing(text):
    once = normalise(text).text
    assert normalise(once).text == once


@given(ANYTHING)
def test_every_character_leads_back_to_what_it_came_from(text):
    normalised = normalise(text)
    position = 0
    for index in range(len(normalised.text)):
        start, end = normalised.original_span(index, index + 1)
        assert position <= start < end <= len(text)
        assert normalised.text[index] in normalise(text[start:end]).text
        position = start
    assert normalised.original_span(0, len(normalised.text)) == (0, len(text))


@given(ANYTHING, st.data())
def test_a_found_word_can_be_marked_in_the_original(text, data):
    normalised = normalise(text + "殘疾證" + text)
    place = normalised.text.index("残疾证")
    start, end = normalised.original_span(place, place + 3)
    written = (text + "殘疾證" + text)[start:end]
    assert "殘疾證" in written or "残疾证" in written


@given(CHINESE)
def test_traditional_and_simplified_have_the_same_terms(text):
    table = simplified()
    assert analyse(text) == analyse("".join(table.get(character, character) for character in text))


@given(st.text(st.characters(max_codepoint=0x2FF), max_size=40))
def test_latin_text_is_normalised_as_nfkc_and_lower_case_say(text):
    assert normalise(text).text == unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())


def test_offsets_are_the_same_where_nothing_grows():
    assert normalise("《国务院》，2024年").starts is None
    assert normalise("《国务院》，2024年").original_span(1, 4) == (1, 4)


def test_a_span_in_a_character_that_grew_is_the_whole_character():
    normalised = normalise("约10㎡地")
    assert normalised.original_span(3, 4) == (3, 4)
    assert normalised.original_span(4, 5) == (3, 4)
    assert normalised.original_span(5, 6) == (4, 5)


def test_every_character_alone_has_the_form_that_unicode_and_the_table_say():
    codes = [code for code in range(HIGHEST) if not 0xD800 <= code <= 0xDFFF]
    assert [chr(code) for code in codes if normalise(chr(code)).text != fold(chr(code))] == []


@given(st.text(st.sampled_from("办理，；（）殘＋ＡＯ㎡　"), max_size=20))
def test_a_text_has_the_same_form_whatever_else_stands_in_it(text):
    assert normalise(text + "㎡").text == normalise(text).text + "m2"
