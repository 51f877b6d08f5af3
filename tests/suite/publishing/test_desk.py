"""What waits for whom on the desk."""

from suite.hooks import collect
from suite.publishing import domain
from tests.suite.publishing.steps import edit


def desk(user):
    return [(item.title, item.reason) for item in collect("desk_items", user) if item.plugin == "publishing"]


YOURS = "您是这一环节的经办人，且未参与撰稿。"


def test_a_page_lies_on_the_desks_of_those_who_may_pass_its_stage(draft, editor, checker, both, approver):
    domain.submit(draft, editor)
    assert desk(checker) == desk(both) == [("核稿：停水通知", YOURS)]
    assert desk(editor) == desk(approver) == []
    domain.approve(draft, both)
    assert desk(approver) == [("审批：停水通知", YOURS)]
    assert desk(checker) == desk(both) == []


def test_a_page_with_a_day_is_due_on_it(draft, editor, checker, tomorrow):
    edit(draft, editor, go_live_at=tomorrow)
    domain.submit(draft, editor)
    [item] = [item for item in collect("desk_items", checker) if item.plugin == "publishing"]
    assert item.due == tomorrow
    assert item.url == f"/admin/pages/{draft.pk}/edit/"


def test_a_returned_page_lies_on_its_authors_desks_with_the_remark(draft, editor, second_editor, checker, approver):
    edit(draft, second_editor, intro="<p>改</p>")
    domain.submit(draft, editor)
    domain.return_with_remark(draft, checker, "写明停水时间")
    line = ("修改后重新提交：停水通知", "checker在“核稿”环节退回：写明停水时间")
    assert desk(editor) == desk(second_editor) == [line]
    assert desk(checker) == desk(approver) == []
    domain.resubmit(draft, editor)
    assert desk(editor) == []


def test_a_live_page_lies_on_nobodys_desk(live, editor, checker, approver):
    assert desk(editor) == desk(checker) == desk(approver) == []
