"""Two people in one form: who saves second is told, and neither loses anything."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from suite.publishing import domain
from tests.suite.publishing.forms import decide, poster_form
from tests.suite.publishing.steps import edit, fresh
from tests.suite.publishing.test_admin import edit_url, errors_of


def opened(client, user, page):
    """What the form that `user` opens says about the version it shows."""
    client.force_login(user)
    found = re.findall(r'name="(loaded_revision_\w+)" value="([^"]*)"', client.get(edit_url(page)).content.decode())
    assert [name for name, _value in found] == ["loaded_revision_id", "loaded_revision_created_at"]
    return dict(found)


def titles(page):
    return [revision.as_object().title for revision in page.revisions.order_by("pk")]


def told(page):
    """The sentence about the newest version of `page`."""
    newest = fresh(page).latest_revision
    return (
        f"{newest.user.username}于{timezone.localtime(newest.created_at):%Y-%m-%d %H:%M}保存了更新的版本，"
        "是在您打开本页之后。这次还没有保存，您输入的内容都还在下面。请在另一个标签页打开“历史”对照；"
        "再次保存时，以您的为最新草稿，对方的仍在历史中。"
    )


@pytest.mark.parametrize("button", [None, "submit"])
def test_who_saves_second_is_told_keeps_what_they_typed_and_saves_by_saving_again(
    client, draft, editor, second_editor, button
):
    mine = opened(client, editor, draft)
    other = Client()
    theirs = opened(other, second_editor, draft)
    assert other.post(edit_url(draft), poster_form("乙改", slug=draft.slug, **theirs)).status_code == 302

    response = client.post(edit_url(draft), poster_form("甲改", button, draft.slug, **mine))
    assert errors_of(response) == {"__all__": [told(draft)]}
    assert 'value="甲改"' in response.content.decode()
    assert titles(draft) == ["停水通知", "乙改"]
    assert fresh(draft).current_workflow_state is None

    again = dict(re.findall(r'name="(loaded_revision_\w+)" value="([^"]*)"', response.content.decode()))
    assert client.post(edit_url(draft), poster_form("甲改", button, draft.slug, **again)).status_code == 302
    assert titles(draft) == ["停水通知", "乙改", "甲改"]


def test_a_version_that_autosave_wrote_over_since_is_newer_too(client, draft, editor, second_editor):
    other = Client()
    theirs = opened(other, second_editor, draft)
    as_json = {"HTTP_ACCEPT": "application/json"}
    first = other.post(edit_url(draft), poster_form("乙一", slug=draft.slug, **theirs), **as_json).json()
    mine = opened(client, editor, draft)
    once_more = {"overwrite_revision_id": first["revision_id"]}
    assert other.post(edit_url(draft), poster_form("乙二", slug=draft.slug, **once_more), **as_json).json()["success"]
    assert mine["loaded_revision_id"] == str(fresh(draft).latest_revision_id)
    response = client.post(edit_url(draft), poster_form("甲改", slug=draft.slug, **mine))
    assert errors_of(response) == {"__all__": [told(draft)]}
    assert titles(draft) == ["停水通知", "乙二"]


def test_who_goes_on_after_their_own_autosave_is_not_held_up(client, draft, editor):
    form = opened(client, editor, draft)
    saved = client.post(
        edit_url(draft), poster_form("一", slug=draft.slug, **form), HTTP_ACCEPT="application/json"
    ).json()
    form["overwrite_revision_id"] = saved["revision_id"]
    assert client.post(edit_url(draft), poster_form("二", slug=draft.slug, **form)).status_code == 302
    assert titles(draft) == ["停水通知", "二"]


def test_nobody_decides_on_a_version_they_have_not_seen_and_their_remark_is_kept(client, draft, editor, checker):
    domain.submit(draft, editor)
    seen = opened(client, checker, draft)
    edit(draft, editor, title="又改")
    response = client.post(edit_url(draft), decide("reject", "缺依据", slug=draft.slug, **seen))
    assert errors_of(response) == {"__all__": [f"{told(draft)} 您的意见：缺依据"]}
    assert titles(draft)[-1] == "又改"
    assert fresh(draft).current_workflow_state.status == "in_progress"


def test_a_preview_of_an_old_form_is_still_shown(client, draft, editor, second_editor):
    mine = opened(client, editor, draft)
    edit(draft, second_editor, title="乙改")
    answer = client.post(f"/admin/pages/{draft.pk}/edit/preview/", poster_form("甲改", slug=draft.slug, **mine))
    assert answer.json()["is_valid"] is True
