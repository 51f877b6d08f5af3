"""Every way for code to go live, tried without a clearance and with one."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Value
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPagePermissionError, PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Page

from suite.publishing import PublicationRefused, domain
from suite.publishing.models import Clearance
from tests.suite.publishing.steps import edit, fresh, make_draft, make_user, pass_both
from tests.suite.publishing.testapp.models import Poster, PosterRow

NOBODY_DIRECTLY = "《{}》没有发布：任何人都不能直接发布。请提交，经一人核稿、另一人审批后自动发布。"
CHANGED = "《{}》审批后又有改动，不能发布：请重新提交。"


def refused(act, *args, **kwargs):
    """Run `act`; return the messages of the refusal it must raise."""
    with pytest.raises(PublicationRefused) as refusal:
        act(*args, **kwargs)
    return refusal.value.messages


def test_a_page_checked_and_approved_by_two_others_is_live(live, checker, approver, editor):
    assert live.live
    clearance = Clearance.objects.get(page_id=live.pk)
    assert (clearance.checked_by, clearance.approved_by) == (checker, approver)
    assert clearance.authors == [{"id": editor.pk, "name": "editor"}]
    assert clearance.went_live_at


def test_a_new_page_is_a_draft(root):
    assert not Poster(title="新稿").live
    assert not root.add_child(instance=Poster(title="新稿")).live


def test_a_new_page_cannot_be_created_live(root):
    assert refused(root.add_child, instance=Poster(title="新稿", live=True)) == [NOBODY_DIRECTLY.format("新稿")]
    assert not Poster.objects.exists()


def test_code_cannot_set_a_page_live(draft):
    draft.live = True
    assert refused(draft.save) == [NOBODY_DIRECTLY.format("停水通知")]
    assert refused(draft.save, clean=False) == [NOBODY_DIRECTLY.format("停水通知")]
    assert refused(draft.save, update_fields=["live"]) == [NOBODY_DIRECTLY.format("停水通知")]
    assert not fresh(draft).live


def test_code_cannot_set_a_page_live_through_wagtails_plain_page(draft):
    plain = Page.objects.get(pk=draft.pk)
    plain.live = True
    assert refused(plain.save) == [NOBODY_DIRECTLY.format("停水通知")]
    assert refused(plain.save, update_fields=["live"]) == [NOBODY_DIRECTLY.format("停水通知")]
    assert not fresh(draft).live


def test_code_cannot_change_what_a_live_page_shows(live):
    live.title = "停电通知"
    assert refused(live.save) == [NOBODY_DIRECTLY.format("停电通知")]
    assert refused(live.save, update_fields=["title"]) == [NOBODY_DIRECTLY.format("停电通知")]
    plain = Page.objects.get(pk=live.pk)
    plain.title = "停气通知"
    assert refused(plain.save) == [NOBODY_DIRECTLY.format("停气通知")]
    assert fresh(live).title == "停水通知"


def test_code_cannot_change_the_rows_of_a_live_page(live):
    live.rows.add(PosterRow(text="第一行"))
    assert refused(live.save) == [NOBODY_DIRECTLY.format("停水通知")]
    assert refused(live.save, update_fields=["rows"]) == [NOBODY_DIRECTLY.format("停水通知")]
    assert not fresh(live).rows.exists()


def test_a_live_page_can_be_saved_unchanged_moved_and_locked(live, root, approver):
    live.save()
    section = make_draft(root, approver, "栏目")
    live.move(section, pos="last-child", user=approver)
    moved = Page.objects.get(pk=live.pk)
    moved.locked = True
    moved.save()
    assert fresh(live).live
    assert fresh(live).locked
    assert fresh(live).get_parent().pk == section.pk


def test_rows_pictures_and_blocks_do_not_make_an_unchanged_page_look_changed(root, editor, checker, approver):
    body = [("paragraph", "<p>正文</p>"), ("contacts", [{"name": "值班室", "phone": "0579-87654321"}])]
    page = Poster(title="名单", owner=editor, body=body)
    page.rows = [PosterRow(text="甲"), PosterRow(text="乙")]
    page = root.add_child(instance=page)
    page.save_revision(user=editor)
    pass_both(page, editor, checker, approver)
    page = fresh(page)
    page.save()
    assert [row.text for row in fresh(page).rows.all()] == ["甲", "乙"]
    # What was published in the last round is not published again without a new one.
    page.unpublish()
    assert refused(page.get_latest_revision().publish) == [NOBODY_DIRECTLY.format("名单")]


@pytest.mark.parametrize("username", ["editor", "checker", "approver", "superuser", None])
def test_publishing_a_revision_is_refused_whoever_does_it(draft, checker, approver, username):
    make_user("superuser", is_superuser=True)
    user = get_user_model().objects.filter(username=username).first()
    revision = draft.get_latest_revision()
    assert refused(revision.publish, user=user, skip_permission_checks=True) == [NOBODY_DIRECTLY.format("停水通知")]
    action = PublishPageRevisionAction(revision, user=user)
    assert refused(action.execute, skip_permission_checks=True) == [NOBODY_DIRECTLY.format("停水通知")]
    assert not fresh(draft).live


def test_wagtails_publish_action_finds_nobody_who_may_publish(draft, approver):
    superuser = make_user("superuser", is_superuser=True)
    for user in (approver, superuser):
        with pytest.raises(PublishPagePermissionError):
            PublishPageRevisionAction(draft.get_latest_revision(), user=user).execute()


def test_reverting_to_a_version_that_was_live_does_not_bring_it_back(live, editor, checker, approver, second_editor):
    first = live.live_revision
    edit(live, editor, title="停水通知（更正）")
    pass_both(live, editor, checker, approver)
    assert refused(first.publish) == [NOBODY_DIRECTLY.format("停水通知")]
    reverted = RevertToPageRevisionAction(fresh(live), first, user=second_editor).execute()
    assert refused(reverted.publish) == [NOBODY_DIRECTLY.format("停水通知")]
    assert fresh(live).title == "停水通知（更正）"
    assert pass_both(live, second_editor, checker, approver).title == "停水通知"


def test_who_wrote_the_version_brought_back_is_an_author_again(live, editor, checker, approver, second_editor):
    first = live.live_revision
    edit(live, second_editor, title="停水通知（更正）")
    pass_both(live, second_editor, checker, approver)
    RevertToPageRevisionAction(fresh(live), first, user=second_editor).execute()
    assert domain.author_ids(fresh(live)) == {editor.pk, second_editor.pk}


def test_a_copy_of_a_live_page_is_refused_as_live_and_fine_as_a_draft(live):
    act = CopyPageAction(live, update_attrs={"slug": "copy", "title": "副本"}, keep_live=True)
    assert refused(act.execute) == [NOBODY_DIRECTLY.format("副本")]
    assert Poster.objects.count() == 1
    copy = CopyPageAction(live, update_attrs={"slug": "copy"}, keep_live=False).execute()
    assert not copy.live
    assert refused(copy.get_latest_revision().publish) == [NOBODY_DIRECTLY.format("停水通知")]


def test_the_authors_of_a_copy_are_those_of_the_page_and_who_copied(live, editor, second_editor):
    copy = CopyPageAction(live, update_attrs={"slug": "copy"}, keep_live=False, user=second_editor).execute(
        skip_permission_checks=True
    )
    assert domain.author_ids(fresh(copy)) == {editor.pk, second_editor.pk}


def test_an_alias_is_live_only_while_its_source_is(live, draft, editor, checker, approver):
    alias = CreatePageAliasAction(live, update_slug="alias").execute()
    assert fresh(alias).live
    edit(live, editor, title="停水通知（更正）")
    pass_both(live, editor, checker, approver)
    assert fresh(alias).title == "停水通知（更正）"
    fresh(live).unpublish()
    alias = fresh(alias)
    assert not alias.live
    alias.live = True
    assert refused(alias.save) == ["《停水通知（更正）》是另一页面的替身，而那个页面还没有发布：请先发布那个页面。"]


def test_an_alias_shows_nothing_else_than_its_source(live):
    alias = fresh(CreatePageAliasAction(live, update_slug="alias").execute())
    alias.title = "别的内容"
    assert refused(alias.save) == ["《别的内容》是另一页面的替身，内容与那个页面一致：请到那个页面修改。"]


def test_an_alias_of_a_draft_is_a_draft(draft):
    assert not fresh(CreatePageAliasAction(draft, update_slug="alias").execute()).live


def test_an_alias_made_into_a_page_of_its_own_keeps_what_was_cleared_and_no_more(live, editor):
    alias = fresh(CreatePageAliasAction(live, update_slug="alias").execute())
    page = ConvertAliasPageAction(alias, user=editor).execute()
    assert fresh(page).live
    revision = edit(page, editor, title="别的内容")
    assert refused(revision.publish) == [NOBODY_DIRECTLY.format("别的内容")]


def test_bulk_writes_are_refused(draft, live_elsewhere):
    message = "已发布的页面不能批量改动：《{}》已经发布或将被发布。请逐页提交，或使用publish_batch()。"
    drafts = Poster.objects.filter(pk=draft.pk)
    assert refused(drafts.update, live=True) == [message.format("停水通知")]
    assert refused(drafts.update, live=Value(True)) == [message.format("停水通知")]
    assert refused(Page.objects.filter(pk=draft.pk).update, live=True) == [message.format("停水通知")]
    assert refused(Poster.objects.all().update, title="改") == [message.format("防汛通知")]
    draft.live = True
    assert refused(Poster.objects.bulk_update, [draft], ["live"]) == [message.format("停水通知")]
    live_elsewhere.title = "改"
    assert refused(Poster.objects.bulk_update, [live_elsewhere], ["title"]) == [message.format("防汛通知")]
    assert not fresh(draft).live
    assert fresh(live_elsewhere).title == "防汛通知"


def test_bulk_writes_that_show_nothing_new_pass(draft, live_elsewhere):
    assert Poster.objects.filter(pk=draft.pk).update(title="停气通知") == 1
    assert Poster.objects.all().update(has_unpublished_changes=True) == 2
    assert Poster.objects.all().update(live=False) == 2
    assert not fresh(live_elsewhere).live


def test_a_checked_revision_overwritten_behind_the_editors_back_is_not_approved(draft, editor, checker, approver):
    revision = draft.get_latest_revision()
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    content = {**revision.content, "title": "改过的通知"}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    assert refused(domain.approve, draft, approver) == ["《停水通知》核稿后又有改动：须先重新核稿。"]
    assert not fresh(draft).live


def test_a_cleared_revision_overwritten_in_place_is_refused(draft, editor, checker, approver, tomorrow):
    edit(draft, editor, go_live_at=tomorrow)
    pass_both(draft, editor, checker, approver)
    revision = fresh(draft).scheduled_revision
    content = {**revision.content, "title": "改过的通知", "go_live_at": None}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    revision.refresh_from_db()
    assert refused(revision.publish) == [CHANGED.format("改过的通知")]


def test_nothing_is_scheduled_without_a_clearance(draft, editor, tomorrow):
    revision = edit(draft, editor, go_live_at=tomorrow)
    assert refused(revision.publish) == [NOBODY_DIRECTLY.format("停水通知")]
    assert refused(draft.save_revision, approved_go_live_at=tomorrow) == [NOBODY_DIRECTLY.format("停水通知")]
    assert fresh(draft).scheduled_revision is None


def test_a_clearance_cannot_be_forged_by_one_person_or_an_author(draft, editor, checker):
    for people, message in (
        ({"checked_by": checker, "approved_by": checker}, "放行须有两个不同的人：一人核稿，一人审批。"),
        ({"checked_by": checker}, "放行须有两个不同的人：一人核稿，一人审批。"),
        ({"checked_by": checker, "approved_by": editor}, "任何人都不能放行自己的稿件：核稿人或审批人是作者之一。"),
    ):
        with pytest.raises(ValidationError) as refusal:
            Clearance.objects.create(page_id=draft.pk, digest="0" * 64, authors=[{"id": editor.pk}], **people)
        assert refusal.value.messages == [message]


def test_a_clearance_that_was_given_stays_as_it_is(live, second_checker):
    clearance = Clearance.objects.get()
    clearance.checked_by = second_checker
    with pytest.raises(ValidationError) as refusal:
        clearance.save()
    assert refusal.value.messages == ["已作出的放行不能更改；新一轮编审会作出新的放行。"]


def test_the_evidence_outlives_page_and_people(live, editor, approver):
    live.delete()
    approver.delete()
    clearance = Clearance.objects.get()
    assert (clearance.page, clearance.approved_by) == (None, None)
    assert clearance.authors == [{"id": editor.pk, "name": "editor"}]


def test_a_second_version_needs_a_second_round(live, editor, checker, approver):
    revision = edit(live, editor, title="停水通知（更正）")
    assert refused(revision.publish) == [NOBODY_DIRECTLY.format("停水通知（更正）")]
    assert fresh(live).title == "停水通知"
    assert pass_both(live, editor, checker, approver).title == "停水通知（更正）"


def test_a_round_that_changes_nothing_ends_too(live, editor, checker, approver, second_editor):
    edit(live, second_editor)
    pass_both(live, second_editor, checker, approver)
    assert not Clearance.objects.waiting().exists()
    assert domain.author_ids(fresh(live)) == set()


def test_a_page_taken_down_stays_down(live, approver):
    live.unpublish(user=approver)
    assert not fresh(live).live
    assert refused(live.get_latest_revision().publish) == [NOBODY_DIRECTLY.format("停水通知")]
