"""Who may pass, return, submit and withdraw, and what editing in between does."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, PageLogEntry, TaskState, Workflow, WorkflowPage, WorkflowTask

from suite.publishing import PublicationRefused, domain
from suite.publishing.models import ApprovalTask, CheckTask, Clearance, PassState
from suite.publishing.setup import set_up
from suite.roles.domain import group
from tests.suite.publishing.steps import edit, fresh, make_user, pass_both
from tests.suite.publishing.testapp.models import Poster

OWN_TEXT = "您是《停水通知》的作者之一，须由他人核稿、审批：任何人都不能通过自己的稿件。"
ONLY_CHECKERS = "“核稿”由核稿的成员经办：请联系他们。"
ONLY_APPROVERS = "“审批”由审批的成员经办：请联系他们。"
NOT_SUBMITTED = "《停水通知》没有提交，无须核稿或审批。"
WATERED_DOWN = (
    "《停水通知》没有发布：工作流“{}”结束时，本稿没有经过两位非作者的核稿和审批。请系统管理员恢复核稿、审批两个环节。"
)


def refused(act, *args, **kwargs):
    with pytest.raises(PublicationRefused) as refusal:
        act(*args, **kwargs)
    return refusal.value.messages


def stages(page):
    """(stage, status) of all runs, oldest first."""
    states = PassState.objects.for_instance(page).order_by("pk").select_related("task")
    return [(state.task.name, state.status) for state in states]


def waiting_at(page):
    state = fresh(page).current_workflow_task_state
    return state and state.task.name


def test_an_author_passes_no_stage_of_their_own_page_whatever_roles_they_hold(root, checker, approver):
    author = make_user("author", "editor", "checker", "approver")
    page = root.add_child(instance=Poster(title="停水通知", owner=author))
    page.save_revision(user=author)
    domain.submit(page, author)
    assert refused(domain.approve, page, author) == [OWN_TEXT]
    assert refused(domain.return_with_remark, page, author, "改") == [OWN_TEXT]
    domain.approve(page, checker)
    assert refused(domain.approve, page, author) == [OWN_TEXT]
    assert domain.approve(page, approver).live


def test_a_superuser_who_wrote_it_passes_nothing_and_one_who_holds_no_role_neither(draft, editor):
    superuser = make_user("superuser", is_superuser=True)
    domain.submit(draft, editor)
    assert refused(domain.approve, draft, superuser) == [ONLY_CHECKERS]
    superuser.groups.add(group("checker"))
    edit(draft, superuser, intro="<p>改</p>")
    superuser = type(superuser).objects.get(pk=superuser.pk)
    assert refused(domain.approve, draft, superuser) == [OWN_TEXT]


def test_one_person_does_not_check_and_approve(draft, editor, both, approver):
    domain.submit(draft, editor)
    domain.approve(draft, both)
    assert refused(domain.approve, draft, both) == ["您已为《停水通知》核稿，须由他人审批。"]
    assert domain.approve(draft, approver).live


def test_checkers_do_not_approve_and_approvers_do_not_check(draft, editor, checker, second_checker, approver):
    domain.submit(draft, editor)
    assert refused(domain.approve, draft, approver) == [ONLY_CHECKERS]
    domain.approve(draft, checker)
    assert refused(domain.approve, draft, second_checker) == [ONLY_APPROVERS]


def test_a_disabled_account_passes_nothing(draft, editor, checker):
    domain.submit(draft, editor)
    checker.is_active = False
    checker.save()
    assert refused(domain.approve, draft, checker) == [ONLY_CHECKERS]


def test_nothing_is_decided_on_a_page_nobody_submitted(draft, checker):
    assert refused(domain.approve, draft, checker) == [NOT_SUBMITTED]
    assert refused(domain.return_with_remark, draft, checker, "改") == [NOT_SUBMITTED]


def test_a_stage_is_offered_to_those_who_may_pass_it_and_to_nobody_else(draft, editor, checker, both, approver):
    superuser = make_user("superuser", is_superuser=True)
    everybody = (editor, checker, both, approver, superuser)

    def offered():
        page = fresh(draft)
        return {
            user.username: [name for name, _label, _modal in page.current_workflow_task.get_actions(page, user)]
            for user in everybody
            if page.current_workflow_task.get_actions(page, user)
        }

    domain.submit(draft, editor)
    assert offered() == {"checker": ["approve", "approve", "reject"], "both": ["approve", "approve", "reject"]}
    domain.approve(draft, both)
    assert offered() == {"approver": ["approve", "approve", "reject"]}


def test_who_posts_an_action_without_having_been_offered_it_is_refused(draft, editor):
    domain.submit(draft, editor)
    page = fresh(draft)
    state = page.current_workflow_task_state
    assert refused(state.task.specific.on_action, state, editor, "approve") == [ONLY_CHECKERS]
    assert refused(state.approve, user=editor) == [ONLY_CHECKERS]
    assert refused(state.approve) == ["核稿、审批须由人经办，不能由系统代替。"]
    # Wagtail's plain row knows nothing of stages; what it lets pass is worth nothing in the end.
    TaskState.objects.get(pk=state.pk).approve(user=editor)
    assert waiting_at(draft) == "核稿"


def test_an_edit_between_check_and_approval_starts_the_check_again(draft, editor, checker, second_approver, approver):
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    edit(draft, second_approver, title="停水通知（更正）")
    assert stages(draft) == [("核稿", "approved"), ("审批", "cancelled"), ("核稿", "in_progress")]
    assert refused(domain.approve, draft, approver) == [ONLY_CHECKERS]
    domain.approve(draft, checker)
    assert refused(domain.approve, draft, second_approver) == [OWN_TEXT]
    assert domain.approve(draft, approver).title == "停水通知（更正）"


def test_an_autosave_that_overwrites_the_checked_revision_starts_the_check_again(draft, editor, checker, approver):
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    page = fresh(draft).get_latest_revision_as_object()
    page.title = "停水通知（更正）"
    page.save_revision(user=editor, overwrite_revision=page.get_latest_revision())
    assert page.revisions.count() == 1
    assert page.check_restarted
    assert waiting_at(draft) == "核稿"
    domain.approve(draft, checker)
    assert domain.approve(draft, approver).title == "停水通知（更正）"


def test_saving_the_same_content_again_does_not_start_the_check_again(draft, editor, checker, approver):
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    edit(draft, editor)
    assert waiting_at(draft) == "审批"
    assert domain.approve(draft, approver).live


def test_a_checker_who_edits_becomes_an_author(draft, editor, checker, second_checker, approver):
    domain.submit(draft, editor)
    edit(draft, checker, intro="<p>改</p>")
    assert stages(draft) == [("核稿", "cancelled"), ("核稿", "in_progress")]
    assert refused(domain.approve, draft, checker) == [OWN_TEXT]
    domain.approve(draft, second_checker)
    domain.approve(draft, approver)
    assert Clearance.objects.get().authors == [
        {"id": checker.pk, "name": "checker"},
        {"id": editor.pk, "name": "editor"},
    ]


def test_an_author_who_saves_again_while_it_is_checked_does_not_restart_it(draft, editor, checker):
    domain.submit(draft, editor)
    revision = edit(draft, editor, title="停水通知（更正）")
    assert stages(draft) == [("核稿", "in_progress")]
    assert PassState.objects.get().revision == revision


def test_a_stage_that_was_restarted_meanwhile_is_not_passed_any_more(draft, editor, checker, second_checker):
    domain.submit(draft, editor)
    shown = fresh(draft).current_workflow_task_state
    edit(draft, second_checker, title="停水通知（更正）")
    assert refused(shown.approve, user=checker) == ["《停水通知》已不在这一环节：请重新打开，查看现在的进度。"]


def test_a_return_needs_a_remark(draft, editor, checker):
    domain.submit(draft, editor)
    assert refused(domain.return_with_remark, draft, checker, "  ") == ["请写明需要修改什么，作者会看到您的意见。"]


def test_a_page_returned_by_the_approver_and_changed_is_checked_again_before_it_is_approved(
    draft, editor, checker, approver
):
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    domain.return_with_remark(draft, approver, "写明停水时间")
    edit(draft, editor, title="停水通知（8时至12时）")
    domain.resubmit(draft, editor)
    assert waiting_at(draft) == "核稿"
    domain.approve(draft, checker)
    assert domain.approve(draft, approver).title == "停水通知（8时至12时）"


def test_a_page_returned_by_the_approver_and_not_changed_goes_straight_back(draft, editor, checker, approver):
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    domain.return_with_remark(draft, approver, "请再核实")
    domain.resubmit(draft, editor)
    assert waiting_at(draft) == "审批"


def test_submitting_twice_resubmitting_what_was_not_returned_and_withdrawing_nothing_is_refused(draft, editor):
    assert refused(domain.resubmit, draft, editor) == ["《停水通知》没有被退回：请直接提交。"]
    assert refused(domain.withdraw, draft, editor) == ["《停水通知》没有提交。"]
    domain.submit(draft, editor)
    assert refused(domain.submit, draft, editor) == ["《停水通知》已在“核稿”环节：如需修改，请先撤回。"]
    assert refused(domain.resubmit, draft, editor) == ["《停水通知》没有被退回：请直接提交。"]


def test_only_who_may_edit_submits(draft):
    assert refused(domain.submit, draft, make_user("villager")) == [
        "您不能编辑《停水通知》，因此不能提交：请联系编辑。"
    ]


def test_authors_withdraw_and_strangers_do_not(draft, editor, second_editor):
    domain.submit(draft, editor)
    assert refused(domain.withdraw, draft, second_editor) == ["只有作者和当前环节的经办人能撤回《停水通知》。"]
    domain.withdraw(draft, editor)
    assert stages(draft) == [("核稿", "cancelled")]
    assert waiting_at(draft) is None


def test_passes_of_a_withdrawn_submission_are_worth_nothing(draft, editor, checker, approver):
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    domain.withdraw(draft, editor)
    domain.submit(draft, editor)
    assert waiting_at(draft) == "核稿"
    assert refused(domain.approve, draft, approver) == [ONLY_CHECKERS]


def test_a_page_without_a_workflow_is_not_submitted(draft, editor):
    WorkflowPage.objects.all().delete()
    assert refused(domain.submit, draft, editor) == ["《停水通知》没有设置工作流：请系统管理员设置。"]


def test_a_workflow_with_the_check_taken_out_publishes_nothing(draft, editor, approver):
    WorkflowTask.objects.filter(task__in=CheckTask.objects.values("pk")).delete()
    domain.submit(draft, editor)
    assert refused(domain.approve, draft, approver) == [WATERED_DOWN.format("核稿与审批")]
    assert not fresh(draft).live
    assert waiting_at(draft) == "审批"


def test_a_workflow_with_the_approval_switched_off_publishes_nothing(draft, editor, checker):
    ApprovalTask.objects.update(active=False)
    domain.submit(draft, editor)
    assert refused(domain.approve, draft, checker) == [WATERED_DOWN.format("核稿与审批")]
    assert not fresh(draft).live


def test_a_workflow_of_wagtails_own_tasks_publishes_nothing(draft, editor, checker, approver):
    workflow = Workflow.objects.create(name="自建流程")
    for order, key in enumerate(("checker", "approver")):
        task = GroupApprovalTask.objects.create(name=key)
        task.groups.set([group(key)])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update(workflow=workflow)
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    assert refused(domain.approve, draft, approver) == [WATERED_DOWN.format("自建流程")]
    assert not fresh(draft).live


def test_a_workflow_whose_stages_are_turned_round_publishes_nothing_unchecked(draft, editor, checker, approver):
    WorkflowTask.objects.filter(task__in=CheckTask.objects.values("pk")).update(sort_order=5)
    domain.submit(draft, editor)
    assert waiting_at(draft) == "核稿"
    domain.approve(draft, checker)
    assert domain.approve(draft, approver).live


def test_set_up_repairs_the_root_and_leaves_an_offices_own_two_stages_alone(db):
    theirs = Workflow.objects.create(name="本单位流程")
    for model, name in ((CheckTask, "科室核稿"), (ApprovalTask, "领导审批")):
        WorkflowTask.objects.create(workflow=theirs, task=model.objects.create(name=name))
    WorkflowPage.objects.update(workflow=theirs)
    set_up()
    assert WorkflowPage.objects.get().workflow == theirs
    WorkflowTask.objects.filter(workflow=theirs).first().delete()
    set_up()
    assert WorkflowPage.objects.get().workflow.name == "核稿与审批"


def test_an_office_starts_with_one_workflow_and_no_english_groups(db):
    assert [workflow.name for workflow in Workflow.objects.all()] == ["核稿与审批"]
    assert [task.name for task in Workflow.objects.get().tasks] == ["核稿", "审批"]
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_what_happened_is_in_the_log(live, editor, checker, approver):
    entry = PageLogEntry.objects.get(page=live.pk, action="publishing.clear")
    assert entry.user == approver
    assert entry.message == "放行：作者editor，核稿checker，审批approver"
    assert entry.data["digest"] == Clearance.objects.get().digest


def test_a_second_round_has_authors_of_its_own(live, editor, second_editor, checker, approver):
    edit(live, second_editor, title="停水通知（更正）")
    assert domain.author_ids(fresh(live)) == {second_editor.pk}
    editor.groups.add(group("checker"))
    editor = type(editor).objects.get(pk=editor.pk)
    assert pass_both(live, second_editor, editor, approver).title == "停水通知（更正）"


def test_who_overwrites_the_published_revision_in_place_is_an_author_of_the_next_round(live, editor):
    page = fresh(live)
    page.title = "停水通知（更正）"
    page.save_revision(user=editor, overwrite_revision=page.get_latest_revision())
    assert domain.author_ids(fresh(live)) == {editor.pk}
    assert fresh(live).title == "停水通知"


def test_purged_revisions_do_not_make_an_author_innocent(draft, editor, second_editor):
    edit(draft, second_editor, title="停水通知（更正）")
    edit(draft, editor, title="停水通知")
    draft.revisions.filter(user=second_editor).first().delete()
    assert domain.author_ids(fresh(draft)) == {editor.pk, second_editor.pk}
