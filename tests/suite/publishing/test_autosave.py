"""Autosave makes an author of whoever has the page open: not of the one who is to decide on it."""

from suite.publishing import domain


def autosaves(client, user, page):
    client.force_login(user)
    return client.get(f"/admin/pages/{page.pk}/edit/").context["autosave_enabled"]


def test_an_editor_at_work_is_saved_by_itself(client, draft, editor):
    assert autosaves(client, editor, draft) is True


def test_nothing_is_saved_by_itself_for_who_decides(client, draft, editor, checker):
    domain.submit(draft, editor)
    assert autosaves(client, checker, draft) is False
