"""Every way the admin offers, or could be made, to put a page up."""

import json

import pytest
from django.contrib.messages import get_messages
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from suite.publishing import domain
from tests.suite.publishing.forms import decide, poster_form
from tests.suite.publishing.steps import edit, fresh, make_user
from tests.suite.publishing.testapp.models import Poster

OWN_TEXT = "您是《停水通知》的作者之一，须由他人核稿、审批：任何人都不能通过自己的稿件。"
NOBODY_DIRECTLY = "任何人都不能直接发布。请提交，由另外两人核稿、审批。"


@pytest.fixture
def superuser(db):
    return make_user("superuser", is_superuser=True)


def edit_url(page):
    return f"/admin/pages/{page.pk}/edit/"


def add_url(parent):
    return f"/admin/pages/add/gate/poster/{parent.pk}/"


def stage_url(page, action):
    return f"/admin/pages/workflow/action/{page.pk}/{action}/{fresh(page).current_workflow_task_state.pk}/"


def said(response):
    """The messages the admin shows, as text."""
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def errors_of(response):
    form = response.context["form"]
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


@pytest.mark.parametrize("who", ["editor", "approver", "superuser"])
def test_nobody_is_offered_a_publish_button(client, request, root, draft, superuser, who):
    client.force_login(request.getfixturevalue(who))
    for url in (edit_url(draft), add_url(draft), add_url(root)):
        response = client.get(url)
        assert response.status_code == 200, url
        assert b'name="action-publish"' not in response.content
        assert b'name="action-submit"' in response.content


@pytest.mark.parametrize("who", ["editor", "approver", "superuser"])
def test_posting_the_publish_button_of_the_edit_form_is_refused_there_and_nothing_typed_is_lost(
    client, request, draft, superuser, who
):
    client.force_login(request.getfixturevalue(who))
    response = client.post(edit_url(draft), poster_form("停水通知（新）", "publish"))
    assert response.status_code == 200
    assert errors_of(response) == {"__all__": [NOBODY_DIRECTLY]}
    assert "停水通知（新）" in response.content.decode()
    assert not fresh(draft).live


def test_posting_the_publish_button_of_the_create_form_is_refused_there(client, root, draft, superuser):
    client.force_login(superuser)
    for parent in (root, draft):
        response = client.post(add_url(parent), poster_form("新通知", "publish"))
        assert errors_of(response) == {"__all__": [NOBODY_DIRECTLY]}
    assert Poster.objects.count() == 1


def test_an_editor_submits_from_the_create_form(client, root, editor):
    client.force_login(editor)
    response = client.post(add_url(root), poster_form("关于春节放假的通知", "submit"))
    assert response.status_code == 302
    page = Poster.objects.get()
    assert (page.live, page.slug) == (False, "guan-yu-chun-jie-fang-jia-de-tong-zhi")
    assert page.current_workflow_task.name == "核稿"


def test_checker_and_approver_pass_the_page_with_the_buttons_of_the_edit_form(client, draft, editor, checker, approver):
    client.force_login(editor)
    client.post(edit_url(draft), poster_form(button="submit", slug=draft.slug))
    for user, outcome in ((checker, "《停水通知》已进入“审批”环节。"), (approver, "《停水通知》已批准并发布。")):
        client.force_login(user)
        response = client.post(edit_url(draft), decide("approve", slug=draft.slug))
        assert response.status_code == 302
        assert outcome in said(response)
    page = fresh(draft)
    assert page.live
    assert WorkflowState.objects.get().status == "approved"
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").get().user == approver


def test_who_is_to_decide_gets_that_as_the_first_button(client, draft, editor, checker):
    def first_button():
        footer = client.get(edit_url(draft)).content.decode().partition("<footer")[2]
        return min(("核稿通过", "保存草稿", "提交到核稿与审批"), key=lambda label: footer.find(label) % 10**6)

    domain.submit(draft, editor)
    client.force_login(checker)
    assert first_button() == "核稿通过"
    domain.withdraw(draft, editor)
    client.force_login(editor)
    assert first_button() == "保存草稿"


def test_changing_and_passing_at_once_is_refused_on_the_form(client, draft, editor, checker):
    domain.submit(draft, editor)
    client.force_login(checker)
    response = client.post(edit_url(draft), decide("approve", title="停水通知（改）", slug=draft.slug))
    assert errors_of(response) == {
        "__all__": ["您改动了内容又同时点了通过，而任何人都不能通过自己的稿件。请保存改动、由他人经办，或撤销改动。"]
    }
    assert "停水通知（改）" in response.content.decode()
    assert domain.author_ids(fresh(draft)) == {editor.pk}
    assert fresh(draft).current_workflow_task.name == "核稿"


def test_an_editing_checker_is_told_that_the_check_starts_again(client, draft, editor, checker):
    domain.submit(draft, editor)
    client.force_login(checker)
    response = client.post(edit_url(draft), poster_form("停水通知（改）", slug=draft.slug))
    assert "您改动了正在核稿或审批的稿件：核稿重新开始，由他人经办。" in said(response)


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_an_author_who_posts_the_stages_button_passes_nothing(client, request, draft, editor, superuser, who):
    author = request.getfixturevalue(who)
    edit(draft, author, intro="<p>改</p>")
    domain.submit(draft, author)
    client.force_login(author)
    client.post(edit_url(draft), decide("approve", slug=draft.slug))
    assert client.post(stage_url(draft, "approve"), {"comment": ""}).status_code in (302, 403)
    assert fresh(draft).current_workflow_task.name == "核稿"


def test_the_stages_dialogue_shows_a_refusal_as_a_message_on_the_edit_form(client, draft, editor, checker):
    domain.submit(draft, editor)
    page = fresh(draft).get_latest_revision_as_object()
    page.intro = "<p>联系13812345678</p>"
    page.save_revision(user=editor)
    client.force_login(checker)
    problem = "“导语”中有手机号码（138****5678），不得公开：请删除，或改为单位座机、用星号遮盖。"
    response = client.post(stage_url(draft, "approve"), {"comment": ""})
    assert (response.status_code, response.url) == (302, edit_url(draft))
    assert said(response) == [problem]
    response = client.post(stage_url(draft, "approve"), {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.json() == {"step": "success", "redirect": edit_url(draft)}
    assert problem in client.get(edit_url(draft)).content.decode()


def test_the_return_dialogue_asks_for_a_remark(client, draft, editor, checker):
    domain.submit(draft, editor)
    client.force_login(checker)
    url = stage_url(draft, "reject")
    response = client.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert "此项必填。" in json.loads(response.content)["html"]
    response = client.post(edit_url(draft), decide("reject", "写明时间", slug=draft.slug))
    assert "《停水通知》已退回作者，作者会看到您的意见。" in said(response)
    assert WorkflowState.objects.get().status == "needs_changes"
    assert WorkflowState.objects.get().current_task_state.comment == "写明时间"


def test_the_publishing_dialogue_of_wagtails_bulk_actions_lets_nobody_through(client, draft, approver, superuser):
    for user in (approver, superuser):
        client.force_login(user)
        response = client.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}", {"include_descendants": "on"})
        assert response.status_code in (200, 302)
        assert not fresh(draft).live


def test_bulk_publishing_a_parent_publishes_no_child(client, draft, editor, superuser):
    child = draft.add_child(instance=Poster(title="下级", owner=editor))
    child.save_revision(user=editor)
    client.force_login(superuser)
    root = Page.get_first_root_node()
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={root.pk}", {"include_descendants": "on"})
    assert not fresh(draft).live
    assert not fresh(child).live


def test_copies_are_drafts(client, live, superuser):
    client.force_login(superuser)
    url = f"/admin/pages/{live.pk}/copy/"
    page = client.get(url).content.decode()
    assert 'name="publish_copies"' not in page
    assert 'name="alias"' not in page
    parent = live.get_parent().pk
    data = {"new_title": "副本", "new_slug": "copy", "new_parent_page": parent, "publish_copies": "on", "alias": "on"}
    client.post(url, data)
    copy = Poster.objects.get(slug="copy")
    assert (copy.live, copy.alias_of_id) == (False, None)


def test_reverting_to_a_version_that_was_live_makes_a_draft(client, live, editor, superuser, checker, approver):
    old = live.live_revision
    edit(live, editor, title="停水通知（更正）")
    domain.submit(live, editor)
    domain.approve(live, checker)
    domain.approve(live, approver)
    client.force_login(superuser)
    url = f"/admin/pages/{live.pk}/revisions/{old.pk}/revert/"
    assert b'name="action-publish"' not in client.get(url).content
    data = {**poster_form("停水通知", slug=live.slug), "revision": old.pk}
    client.post(edit_url(live), data)
    assert fresh(live).title == "停水通知（更正）"
    assert fresh(live).get_latest_revision_as_object().title == "停水通知"


def test_wagtails_admin_api_publishes_nothing(client, live, draft_elsewhere, superuser):
    client.force_login(superuser)

    def post(page, action, **data):
        url = f"/admin/api/main/pages/{page.pk}/action/{action}/"
        return client.post(url, json.dumps(data), "application/json")

    assert post(draft_elsewhere, "publish").status_code == 403
    refused = post(live, "copy", title="副本")
    assert refused.status_code == 400
    assert refused.json() == {
        "__all__": ["《副本》没有发布：任何人都不能直接发布。请提交，经一人核稿、另一人审批后自动发布。"]
    }
    assert post(draft_elsewhere, "create_alias", update_slug="alias").status_code == 201
    assert [page.title for page in Poster.objects.filter(live=True)] == ["停水通知"]


def test_a_refusal_nobody_caught_is_an_answer_and_no_error_page(client, live, draft_elsewhere, superuser, monkeypatch):
    """As an app of somebody else's may do it: a view that publishes without asking."""
    monkeypatch.setattr("wagtail.actions.unpublish_page.UnpublishPageAction.execute", publish_instead(draft_elsewhere))
    client.force_login(superuser)
    url, message = (
        f"/admin/pages/{live.pk}/unpublish/",
        ("《防火通知》没有发布：任何人都不能直接发布。请提交，经一人核稿、另一人审批后自动发布。"),
    )
    response = client.post(url)
    assert (response.status_code, response.url) == (302, edit_url(draft_elsewhere))
    assert said(response) == [message]
    response = client.post(url, headers={"accept": "application/json"})
    assert response.status_code == 400
    assert response.json() == {
        "success": False,
        "error_code": "publication_refused",
        "error_message": message,
        "errors": {"__all__": [message]},
    }


def publish_instead(page):
    return lambda *args, **kwargs: page.get_latest_revision().publish(skip_permission_checks=True)


def test_approvers_take_a_page_down_and_editors_do_not(client, live, editor, approver):
    client.force_login(editor)
    client.post(f"/admin/pages/{live.pk}/unpublish/")
    assert fresh(live).live
    client.force_login(approver)
    client.post(f"/admin/pages/{live.pk}/unpublish/")
    assert not fresh(live).live


def test_an_editor_proposes_the_day_and_the_approval_makes_it_good(client, draft, editor, checker, approver, tomorrow):
    client.force_login(editor)
    assert b'name="go_live_at"' in client.get(edit_url(draft)).content
    day = f"{tomorrow.astimezone():%Y-%m-%d} 09:30"
    client.post(edit_url(draft), poster_form(button="submit", slug=draft.slug, go_live_at=day))
    domain.approve(draft, checker)
    page = domain.approve(draft, approver)
    assert not page.live
    assert f"{page.scheduled_revision.approved_go_live_at.astimezone():%Y-%m-%d}" == day[:10]


def test_an_autosave_is_never_held_up(client, draft, editor):
    client.force_login(editor)
    response = client.post(
        edit_url(draft),
        poster_form("联系13812345678", slug=draft.slug),
        headers={"accept": "application/json"},
    )
    assert response.json()["success"] is True


def test_editors_and_checkers_may_not_change_who_sees_a_page_and_approvers_may(client, live, editor, approver):
    assert not live.permissions_for_user(editor).can_set_view_restrictions()
    assert live.permissions_for_user(approver).can_set_view_restrictions()


def test_the_dashboard_lists_what_a_checker_may_decide_and_not_their_own(client, draft, editor, both, checker):
    edit(draft, both, intro="<p>改</p>")
    domain.submit(draft, editor)
    client.force_login(checker)
    assert "停水通知" in client.get("/admin/").content.decode()
    assert [state.revision.object_str for state in TaskState.objects.reviewable_by(checker)] == ["停水通知"]
    assert list(TaskState.objects.reviewable_by(both)) == []


def test_a_checker_who_comments_on_the_page_is_no_author_and_may_pass_it(client, draft, editor, checker, mailoutbox):
    domain.submit(draft, editor)
    client.force_login(checker)
    form = poster_form(slug=draft.slug)
    form |= {
        "comments-TOTAL_FORMS": "1",
        "comments-0-id": "",
        "comments-0-text": "停水几小时？",
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-deleted": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "1000",
    }
    client.post(edit_url(draft), form)
    assert fresh(draft).wagtail_admin_comments.get().text == "停水几小时？"
    assert domain.author_ids(fresh(draft)) == {editor.pk}
    assert domain.approve(draft, checker).current_workflow_task.name == "审批"


def test_rich_text_made_in_code_can_be_passed_in_the_editor_which_gives_it_keys(
    client, root, editor, checker, approver
):
    page = root.add_child(instance=Poster(title="停水通知", owner=editor, intro="<p>明天</p>"))
    page.save_revision(user=editor)
    domain.submit(page, editor)
    for user in (checker, approver):
        client.force_login(user)
        client.post(edit_url(page), decide("approve", slug=page.slug, intro="<p>明天</p>"))
    assert fresh(page).live
    assert domain.author_ids(fresh(page)) == set()
