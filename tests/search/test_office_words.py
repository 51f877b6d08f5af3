"""Words that the editor adds: how they are cut, what a question asks, which documents know them already."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from search import vocabulary
from search.analysis import analyse, cut
from search.analysis.words import sliced
from search.backends.matching import question, questions
from search.engines.cuts import FILE, Cuts, read
from search.models import OfficeWord, Synonym
from search.passages import Asked, marked


def page(title):
    return Page.get_first_root_node().add_child(instance=Page(title=title, slug=f"p{title.encode().hex()}"))


def scores(text):
    return {hit.title: hit.score for hit in Page.objects.search(text).annotate_score("score")}


def kept(word):
    row = OfficeWord(word=word)
    row.full_clean()
    row.save()
    return row


def store():
    return get_search_backend().store(Page)


@pytest.fixture(params=["whoosh", "tantivy"])
def search_index(request, search_index, settings):
    """Every test with each engine."""
    settings.MODELSEARCH_BACKENDS["default"]["BACKEND"] = f"search.backends.{request.param}"
    return search_index


@pytest.fixture(autouse=True)
def _nobody_works(worker):
    """What the re-indexing does is tested in test_rewriting.py."""


def test_an_added_word_is_one_word_and_its_neighbours_are_cut_as_before():
    assert cut("湖长制实施方案") == ["湖", "长", "制", "实施", "方案", "实施方案"]
    assert cut("湖长制实施方案", frozenset({"湖长制"})) == ["湖长制", "实施", "方案", "实施方案"]


def test_of_two_words_one_inside_the_other_both_are_known():
    words = frozenset({"湖长", "湖长制"})
    assert cut("湖长制", words) == ["湖长", "湖长制"]
    assert cut("湖长巡湖", words) == ["湖长", "巡", "湖"]
    assert cut("湖长制", frozenset({"湖长制"})) == ["湖长制"]


WORDS = ["湖长", "湖长制", "长制", "积分超市", "超市", "分超", "一肩挑", "两委换届", "换届", "云上石门", "门户"]
TEXTS = st.lists(
    st.sampled_from([*WORDS, "湖", "长", "制", "积分", "市", "的", "在", "石", "户籍", "，", "a"]), max_size=12
)


@settings(deadline=None, max_examples=40)  # a dictionary takes 40 ms
@given(TEXTS.map("".join), st.sets(st.sampled_from(WORDS)), st.sampled_from(WORDS))
def test_a_word_changes_the_cutting_only_of_texts_that_hold_it(text, words, word):
    """What the re-indexing relies on: it writes only these anew."""
    if word not in text:
        assert analyse(text, frozenset(words | {word})) == analyse(text, frozenset(words - {word}))


def test_the_order_in_which_words_came_makes_no_difference():
    assert cut("湖长制积分超市", frozenset(["湖长", "湖长制"])) == cut("湖长制积分超市", frozenset(["湖长制", "湖长"]))


def test_slices_are_the_whole_text():
    assert sliced("湖长制，河 长制", frozenset({"湖长制"})) == ["湖长制", "，", "河", " ", "长", "制"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("湖", "请写一个词：两个字以上，只用汉字，中间不加空格和标点。"),
        ("湖长制、河长制", "请写一个词：两个字以上，只用汉字，中间不加空格和标点。"),
        ("4050人员", "请写一个词：两个字以上，只用汉字，中间不加空格和标点。"),
        ("低保", "“低保”这个词搜索已经认识，不用再加。"),
        ("居民身份證", "“居民身份证”这个词搜索已经认识，不用再加。"),
        ("可不可以", "“可不可以”这个词搜索已经认识，不用再加。"),
    ],
)
def test_what_cannot_be_a_word_is_refused_and_says_why(word, text):
    with pytest.raises(ValidationError) as refused:
        kept(word)
    assert refused.value.messages == [text]


@pytest.mark.django_db
def test_a_word_is_kept_in_its_one_form_and_once():
    assert kept(" 湖長制 ").word == "湖长制"
    with pytest.raises(ValidationError) as refused:
        kept("湖长制")
    assert refused.value.messages == ["这个词已经有了。"]


@pytest.mark.django_db
def test_a_new_word_counts_at_once_for_questions_and_marks(search_index):
    assert vocabulary.current().office == frozenset()
    row = kept("湖长制")
    assert vocabulary.current().office == {"湖长制"}
    asked = Asked.of("湖长制", vocabulary.current().synonyms)
    assert [(piece.text, piece.marked) for piece in marked("推行湖长制", asked)] == [("推行", False), ("湖长制", True)]
    row.delete()
    assert vocabulary.current().office == frozenset()


def test_only_a_question_that_holds_a_word_in_doubt_is_asked_in_both_cuts():
    now = vocabulary.Synonyms(office=frozenset({"湖长制"}))
    assert list(questions("湖长制", now, before=frozenset())) == [
        question("湖长制", office=frozenset({"湖长制"})),
        question("湖长制"),
    ]
    assert set(questions("湖长制", now, before=frozenset()).values()) == {1.0}
    assert list(questions("低保", now, before=frozenset())) == [question("低保")]
    assert list(questions("湖长制", now)) == [question("湖长制", office=frozenset({"湖长制"}))]


@pytest.mark.django_db
def test_a_document_that_is_not_rewritten_yet_is_found_as_well_as_before(search_index):
    for title in ("湖长制实施方案", "长江十年禁渔", "制度汇编"):
        page(title)
    search_index()
    before = scores("湖长制")
    kept("湖长制")
    assert store().cuts().otherwise(vocabulary.current().office) == frozenset()
    assert scores("湖长制") == before


@pytest.mark.django_db
def test_the_first_hits_of_a_question_in_two_cuts_or_wordings_are_the_first_of_all_hits(search_index, monkeypatch):
    monkeypatch.setattr("search.backends.ranked.BEST", 4)
    Synonym.objects.create(words="湖长制、河湖管护")
    for number in range(7):
        page(f"湖长制{'实施' * number}{number}")
        page(f"{'推行' * number}长江禁渔制度湖泊{'湖长' * (number % 3)}{number}")
        page(f"河湖管护{'办法' * number}{number}")
    search_index()
    kept("湖长制")
    for text in ("湖长制", "湖长制实施"):
        every = list(Page.objects.search(text))
        for first in (1, 2, 4):
            assert list(Page.objects.search(text)[:first]) == every[:first]


@pytest.mark.django_db
def test_a_document_written_after_the_word_knows_it_while_the_others_are_in_doubt(search_index):
    page("湖长制实施方案")
    search_index()
    word = kept("湖长制")
    page("湖长制考核办法")
    search_index()
    assert store().cuts() == Cuts(frozenset(), frozenset({"湖长制"}))
    assert set(scores("湖长制")) == {"湖长制实施方案", "湖长制考核办法"}
    word.delete()
    assert store().cuts().otherwise(frozenset()) == {"湖长制"}
    assert set(scores("湖长制")) == {"湖长制实施方案", "湖长制考核办法"}


@pytest.mark.django_db
def test_a_rebuilt_index_and_an_empty_one_are_cut_by_the_words_of_their_first_document(search_index):
    word = kept("湖长制")
    page("湖长制实施方案")
    search_index()
    assert store().cuts() == Cuts(frozenset({"湖长制"}))
    word.delete()
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Page))
    building = rebuilder.start()
    building.add_items(Page, list(Page.get_indexed_objects()))
    kept("积分超市")
    building.add_items(Page, [])
    page("积分超市")
    search_index()
    rebuilder.finish()
    assert store().cuts() == Cuts(frozenset(), frozenset({"积分超市"}))


def test_a_record_that_cannot_be_read_counts_as_one_from_before_the_words(tmp_path, caplog):
    assert read(tmp_path) == Cuts()
    (tmp_path / FILE).write_bytes(b"\xff")
    assert read(tmp_path) == Cuts()
    assert "office-words.json can't be read" in caplog.text
