"""A version for each publication after which there is something else to read."""

import pytest

from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import submit
from suite.roles.domain import group
from training.domain.materials import sheet_count, versions


def numbers(material):
    return [(row.number, row.matters, row.what_changed) for row in material.versions.all()]


def test_the_first_publication_is_a_version_that_matters(staff_material):
    assert numbers(staff_material) == [(1, True, "")]
    assert sheet_count(versions.current(staff_material)) == 0


def test_a_draft_has_no_version(draft_material):
    assert versions.current(draft_material()) is None


def test_other_content_makes_another_version_with_the_editors_answers(staff_material, change):
    live = change(staff_material, matters=False, what_changed="改了一个错字")
    assert numbers(live) == [(1, True, ""), (2, False, "改了一个错字")]
    assert versions.current(live).number == 2


def test_what_is_not_read_makes_no_version(staff_material, change):
    live = change(staff_material, search_description="摘要", audience="villagers")
    assert numbers(live) == [(1, True, "")]


def test_a_change_needs_answers(staff_material, editors):
    draft = staff_material.get_latest_revision_as_object()
    draft.title = "会议记录要写什么"
    draft.save_revision(user=editors.editor)
    with pytest.raises(PublicationRefused, match="请填写“改了什么”"):
        submit(draft, editors.editor)


def test_the_answers_of_an_earlier_change_do_not_count(staff_material, change, editors):
    draft = change(staff_material).get_latest_revision_as_object()
    assert (draft.matters, draft.what_changed) == (True, "第二条改了")
    draft.title = "会议记录要写什么"
    draft.save_revision(user=editors.editor)
    with pytest.raises(PublicationRefused, match="请填写“改了什么”"):
        submit(draft, editors.editor)


def test_half_an_answer_is_none(staff_material, editors):
    draft = staff_material.get_latest_revision_as_object()
    draft.title = "会议记录要写什么"
    versions.answer(draft, True, "  ")
    assert not versions.answered(draft)
    versions.answer(draft, None, "标题")
    assert not versions.answered(draft)
    versions.answer(draft, False, "标题")
    assert versions.answered(draft)


def test_a_material_without_anything_to_read_is_refused(draft_material, editors):
    with pytest.raises(PublicationRefused, match="还没有可读的内容"):
        submit(draft_material(body=[]), editors.editor)


@pytest.mark.parametrize("narrowed", ["units", "roles"])
def test_a_villagers_material_for_some_is_refused(draft_material, editors, township, narrowed):
    named = {"units": [township.units.team], "roles": [group("head")]}[narrowed]
    with pytest.raises(PublicationRefused, match="人人可读"):
        submit(draft_material(audience="villagers", **{narrowed: named}), editors.editor)
