"""The steps of the editorial workflow as the tests name them."""

from django.contrib.auth import get_user_model

from suite.publishing import domain
from suite.roles.domain import group
from tests.suite.publishing.testapp.models import Poster


def make_user(username, *roles, **fields):
    user = get_user_model().objects.create_user(
        username, f"{username}@example.com", "password", first_name=username, **fields
    )
    user.groups.set([group(role) for role in roles])
    return user


def make_draft(parent, author, title, **fields):
    page = parent.add_child(instance=Poster(title=title, owner=author, **fields))
    page.save_revision(user=author, log_action=True)
    return page


def edit(page, user, **changes):
    """Save a changed draft the way the admin does."""
    page = Poster.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    return page.save_revision(user=user, log_action=True)


def pass_both(page, author, checker, approver):
    domain.submit(page, author)
    domain.approve(page, checker)
    return domain.approve(page, approver)


def fresh(page):
    return Poster.objects.get(pk=page.pk)
