"""Words, pairs and beginnings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import cut, normalise, pairs
from search.analysis.words import packaged_words, starts, typed


def test_a_long_word_is_found_by_the_words_in_it_too():
    assert cut("中华人民共和国") == ["中华", "华人", "人民", "共和", "共和国", "中华人民共和国"]


def test_the_words_of_asking_are_left_out():
    assert cut("怎么申请低保呢？") == ["申请", "低保"]


@pytest.mark.parametrize("word", packaged_words())
def test_every_word_of_the_office_is_one_word(word):
    assert word in cut(word)


def test_pairs_do_not_reach_over_what_is_no_han_character():
    assert list(pairs("宅基地a土地，承包")) == ["宅基", "基地", "土地", "承包"]


def test_a_very_long_run_of_letters_is_no_word():
    assert cut("a" * 5000) == []


def test_what_is_typed_is_found_in_what_is_offered():
    assert typed("低保 app 村") == [("低保", False), ("app", True), ("村", False)]
    assert starts("低保app") == {"低", "保", "低保", "app"}


@given(st.text(max_size=80))
def test_no_term_holds_a_blank(text):
    """Tantivy takes terms as one text with blanks between them."""
    normalised = normalise(text).text
    for term in (*cut(normalised), *pairs(normalised), *starts(normalised)):
        assert term
        assert not set(" \t\n\r\f\v").intersection(term)


@given(st.text(max_size=80))
def test_any_text_can_be_cut(text):
    normalised = normalise(text).text
    assert set(cut(normalised)) <= {*cut(normalised.strip()), *cut(normalised)}
    for pair in pairs(normalised):
        assert pair in normalised
