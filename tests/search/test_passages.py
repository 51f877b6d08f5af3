"""Passages: where a text answers a question."""

from hypothesis import given
from hypothesis import strategies as st

from search.passages import LENGTH, Asked, marked, passages


def shown(passage):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in passage)


def test_overlapping_words_are_one_mark():
    assert shown(marked("宅基地使用权", Asked.of("宅基地使用"))) == "[宅基地使用]权"


def test_pairs_are_marked_where_no_word_occurs():
    assert shown(marked("危旧房屋改造", Asked.of("旧房子"))) == "危[旧房]屋改造"


def test_a_passage_begins_with_its_sentence_and_shows_where_it_was_cut():
    text = "前言。" * 50 + "农村低保按季度发放。" + "附则。" * 50
    assert shown(passages(text, Asked.of("低保"))[0]).startswith("农村[低保]按季度发放。附则。")
    assert shown(passages(text, Asked.of("低保"))[0]).endswith("…")


def test_the_passage_with_more_of_the_question_is_chosen():
    text = "低保。" + "无关。" * 60 + "低保的申请材料。" + "无关。" * 60 + "申请。"
    assert shown(passages(text, Asked.of("低保申请材料"))[0]).startswith("[低保]的[申请材料]。")


def test_words_far_apart_give_two_passages_in_the_order_of_the_text():
    text = "材料如下。" + "无关。" * 60 + "低保在此。"
    first, second = map(shown, passages(text, Asked.of("低保材料")))
    assert (first[:4], "[低保]" in second) == ("[材料]", True)


def test_a_text_without_the_words_shows_its_beginning():
    assert [shown(p) for p in passages("甲" * 200, Asked.of("低保"))] == ["甲" * LENGTH + "…"]
    assert passages("  \n", Asked.of("低保")) == []


@given(st.text(max_size=400), st.text(max_size=30))
def test_passages_are_parts_of_the_text_in_its_own_characters(text, question):
    asked = Asked.of(question)
    assert "".join(piece.text for piece in marked(text, asked)).split() == text.split()
    for passage in passages(text, asked):
        inner = [piece.text for piece in passage if piece.text != "…"]
        assert "".join("".join(inner).split()) in "".join(text.split())


def test_a_book_that_holds_a_common_word_everywhere_is_not_read_to_its_end():
    from search.passages import FEWEST_OF_EACH, MOST_SPANS

    asked = Asked(words=("有关", "部门"), pairs=())
    spans = asked.found_in("有关" * 9000 + "部门")
    assert len(spans) == MOST_SPANS // 2 + 1
    assert spans[-1] == (18000, 18002)
    many = Asked(words=tuple(map(chr, range(0x4E00, 0x4E00 + 200))), pairs=())
    assert len(many.found_in("".join(many.words) * 50)) == 200 * FEWEST_OF_EACH
