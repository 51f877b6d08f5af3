"""What lets a second run do nothing twice."""

import pytest

from bootstrap.stamps import Stamps, fingerprint


def test_a_step_is_done_for_exactly_the_value_it_was_stamped_with(tmp_path):
    stamps = Stamps(tmp_path / "var" / "prepared.json")
    assert not stamps.has("static", "a")
    stamps.set("static", "a")
    stamps.set("database", "b")
    assert stamps.has("static", "a")
    assert stamps.has("database", "b")
    assert not stamps.has("static", "b")


@pytest.mark.parametrize("content", ["", "{", "[]", "\x00"])
def test_a_file_that_cannot_be_read_counts_as_nothing_done(tmp_path, content):
    (tmp_path / "prepared.json").write_text(content)
    stamps = Stamps(tmp_path / "prepared.json")
    assert not stamps.has("static", "a")
    stamps.set("static", "a")
    assert stamps.has("static", "a")


def test_a_fingerprint_changes_with_name_content_and_further_words(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("x")
    prints = [fingerprint([one]), fingerprint([two]), fingerprint([one, two]), fingerprint([one], "more")]
    one.write_text("y")
    prints.append(fingerprint([one]))
    assert len(set(prints)) == 5
    assert fingerprint([two, one]) == fingerprint([one, two])
