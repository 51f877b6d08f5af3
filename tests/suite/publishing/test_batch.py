"""One named decision of two people about many pages."""

import pytest
from django.core.exceptions import ValidationError

from suite.publishing import domain
from suite.publishing.models import BatchDecision, Clearance
from tests.suite.publishing.steps import edit, fresh, make_draft
from tests.suite.publishing.testapp.models import Poster

HASH = "ab" * 32


def batch(pages, checker, approver, **kwargs):
    return domain.publish_batch(pages, checker, approver, "法规汇编", HASH, **kwargs)


def message_of(act, *args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return refusal.value.messages


@pytest.fixture
def rows(root):
    """Drafts as an import makes them: nobody wrote them, and they have no revision."""
    return [root.add_child(instance=Poster(title=title)) for title in ("土地法", "森林法", "水法")]


def test_a_batch_goes_live_on_one_decision(rows, checker, approver):
    result = batch(rows, checker, approver)
    assert result.published == rows
    assert result.refused == []
    assert all(fresh(page).live for page in rows)
    decision = BatchDecision.objects.get()
    assert (decision.name, decision.file_hash, decision.rows) == ("法规汇编", HASH, 3)
    assert (decision.checked_by, decision.approved_by) == (checker, approver)
    assert Clearance.objects.filter(batch=decision, went_live_at__isnull=False).count() == 3


def test_a_second_run_goes_on_with_the_same_decision(rows, checker, approver):
    batch(rows[:1], checker, approver)
    batch(rows[1:], checker, approver)
    assert BatchDecision.objects.get().rows == 3


def test_another_file_is_another_decision(rows, checker, approver):
    batch(rows[:1], checker, approver)
    domain.publish_batch(rows[1:], checker, approver, "法规汇编", "cd" * 32)
    assert sorted(decision.rows for decision in BatchDecision.objects.all()) == [1, 2]


def test_the_two_are_two_hold_the_roles_and_do_not_import(rows, editor, checker, approver, both):
    assert message_of(batch, rows, both, both) == ["请指定两个不同的人：一人核稿，一人审批。"]
    assert message_of(batch, rows, editor, approver) == ["editor不是核稿人：请指定有“核稿”角色的人。"]
    assert message_of(batch, rows, checker, editor) == ["editor不是审批人：请指定有“审批”角色的人。"]
    assert message_of(batch, rows, checker, approver, imported_by=checker) == [
        "导入文件的人不能核稿，也不能审批：请另外指定两个人。"
    ]
    assert not BatchDecision.objects.exists()
    assert not Poster.objects.filter(live=True).exists()


def test_a_page_that_is_not_fit_or_was_written_by_one_of_the_two_stays_a_draft_and_holds_up_no_other(
    root, rows, editor, checker, approver
):
    unfit = root.add_child(instance=Poster(title="联系人13812345678", slug="lian-xi-ren"))
    own = make_draft(root, editor, "自己写的")
    edit(own, checker, intro="<p>改</p>")
    result = batch([unfit, own, *rows], checker, approver)
    assert result.published == rows
    assert result.refused == [
        (unfit, "“标题”中有手机号码（138****5678），不得公开：请删除，或改为单位座机、用星号遮盖。"),
        (own, "任何人都不能放行自己的稿件：核稿人或审批人是作者之一。"),
    ]
    assert not fresh(unfit).live
    assert not fresh(own).live
    assert BatchDecision.objects.get().rows == 3


def test_who_imports_is_the_author_of_what_had_none(rows, editor, checker, approver):
    batch(rows, checker, approver, imported_by=editor)
    assert Clearance.objects.first().authors == [{"id": editor.pk, "name": "editor"}]
