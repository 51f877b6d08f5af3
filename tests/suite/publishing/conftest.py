"""People, a page tree, a draft and a live page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from tests.suite.publishing.steps import make_draft, make_user, pass_both


@pytest.fixture
def editor(db):
    return make_user("editor", "editor")


@pytest.fixture
def second_editor(db):
    return make_user("second_editor", "editor")


@pytest.fixture
def checker(db):
    return make_user("checker", "checker")


@pytest.fixture
def second_checker(db):
    return make_user("second_checker", "checker")


@pytest.fixture
def approver(db):
    return make_user("approver", "approver")


@pytest.fixture
def second_approver(db):
    return make_user("second_approver", "approver")


@pytest.fixture
def both(db):
    """Checker and approver in one person."""
    return make_user("both", "checker", "approver")


@pytest.fixture
def root(db):
    return Page.get_first_root_node()


@pytest.fixture
def draft(root, editor):
    return make_draft(root, editor, "停水通知")


@pytest.fixture
def live(draft, editor, checker, approver):
    """A page that went through the workflow."""
    return pass_both(draft, editor, checker, approver)


@pytest.fixture
def live_elsewhere(root, editor, checker, approver):
    return pass_both(make_draft(root, editor, "防汛通知"), editor, checker, approver)


@pytest.fixture
def tomorrow():
    return timezone.now().replace(microsecond=0) + timedelta(days=1)


@pytest.fixture
def draft_elsewhere(root, editor):
    return make_draft(root, editor, "防火通知")
