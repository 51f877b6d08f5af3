"""A reading room, and people who may check and approve."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Site

from policies.models import PolicyIndexPage
from suite.roles.domain import group


@pytest.fixture
def person(db):
    """`person("checker")`: an account in that role; `person("checker", "li")` another one."""

    def account(role, name=""):
        user = get_user_model().objects.create_user(name or role, f"{name or role}@example.com", "x")
        user.groups.add(group(role))
        return user

    return account


@pytest.fixture
def room(db):
    """A reading room, still a draft: what is below it can be published all the same."""
    return Site.objects.get(is_default_site=True).root_page.add_child(instance=PolicyIndexPage(title="政策文件"))
