"""What is written term by term is read by Whoosh itself as it was given."""

from array import array

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import RamStorage

from search.engines import whoosh_postings
from search.engines.base import Document
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh_postings import TermCodec, TermWriter
from search.engines.whoosh_schema import schema

WEIGHTS = st.dictionaries(st.sampled_from(["低保", "补贴", "宅基地", "a b", "𠮷野"]), st.sampled_from([1.0, 2.0, 2.5]))
LISTS = st.lists(WEIGHTS, min_size=1, max_size=12)


def read(engine, field, term):
    """The documents of a term and its weights, through Whoosh's own matcher."""
    reader = engine._open().reader()
    if (field, term.encode()) not in reader:
        return []
    return [(matcher.id(), matcher.weight()) for matcher in stepping(reader.postings(field, term.encode()))]


def stepping(matcher):
    while matcher.is_active():
        yield matcher
        matcher.next()


@pytest.mark.parametrize(("block", "at_once"), [(1024, 4_000_000), (3, 4_000_000), (3, 7)])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LISTS, LISTS)
def test_whoosh_reads_every_posting_with_its_weight(block, at_once, tmp_path_factory, documents, more):
    """In short terms and in those of several blocks, from memory and put down, in one commit and in two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh_postings, "BLOCK", block)
        patch.setattr(whoosh_postings, "AT_ONCE", at_once)
        engine = WhooshEngine(tmp_path_factory.mktemp("postings") / "index")
        engine.create()
        engine.write(Document(str(n), words, words) for n, words in enumerate(documents))
        engine.write(Document(str(n + len(documents)), words, words) for n, words in enumerate(more))
        both = [*documents, *more]
        for term in {term for words in both for term in words}:
            expected = [(number, words[term]) for number, words in enumerate(both) if term in words]
            assert read(engine, "words", term) == expected
            assert read(engine, "pairs", term) == expected
        engine.close()


def test_a_short_term_is_written_in_the_bytes_that_whooshs_writer_would():
    """So that an index stays one that Whoosh's tools open; compressed from eighty bytes on."""
    terms = [("words", f"{n:03}".encode(), *held(range(0, 3 * n + 1, n % 3 + 1))) for n in range(200)]
    files = []
    for writer_class in (TermWriter, ThroughWhoosh):
        storage, codec = RamStorage(), TermCodec()
        writer = writer_class(codec, storage, W3Segment(codec, "same"))
        writer.add_postings(schema(), None, terms)
        writer.close()
        files.append({name.rpartition(".")[2]: content for name, content in storage.files.items()})
    assert sorted(files[0]) == ["pst", "trm"]
    assert files[0] == files[1]


def held(numbers):
    return array("I", numbers), array("f", [1.0 + number % 7 // 3 for number in numbers])


class ThroughWhoosh(TermWriter):
    def _short(self, term, numbers, weights):
        self.start_term(term)
        self._fill(numbers, weights)
        self.finish_term()
