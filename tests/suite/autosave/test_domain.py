"""Which text of a draft comes in, and which is a conflict."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from suite.autosave.domain import Conflict, accept


@pytest.fixture
def draft():
    return SimpleNamespace(version=3, writer="desk", turn=7, saved_at=None)


def held(draft):
    return draft.version, draft.writer, draft.turn


def test_who_has_seen_the_stored_version_writes_the_next_one(draft):
    before = timezone.now()
    accept(draft, 3, "phone", 1)
    assert held(draft) == (4, "phone", 1)
    assert before <= draft.saved_at <= timezone.now()


@pytest.mark.parametrize("version", [-1, 0, 2, 4])
def test_any_other_version_is_a_conflict_that_holds_what_is_stored_and_changes_nothing(draft, version):
    with pytest.raises(Conflict) as refusal:
        accept(draft, version, "phone", 8)
    assert refusal.value.stored is draft
    assert refusal.value.messages == ["这份内容刚在别处被改过。请对照两边的内容，保存正确的。"]
    assert (*held(draft), draft.saved_at) == (3, "desk", 7, None)


def test_a_page_whose_answer_got_lost_goes_on(draft):
    accept(draft, 1, "desk", 8)
    assert held(draft) == (4, "desk", 8)


@pytest.mark.parametrize("turn", [6, 7])
def test_what_a_page_sent_earlier_and_arrives_later_does_not_replace_what_it_wrote_since(draft, turn):
    with pytest.raises(Conflict):
        accept(draft, 1, "desk", turn)
    assert held(draft) == (3, "desk", 7)


def test_forms_without_scripts_are_not_one_writer():
    draft = SimpleNamespace(version=3, writer="", turn=0, saved_at=None)
    with pytest.raises(Conflict):
        accept(draft, 2, "", 1)
    accept(draft, 3)
    assert held(draft) == (4, "", 0)
