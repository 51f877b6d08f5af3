import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail import hooks

from suite.roles import Role, domain
from suite.roles.models import RoleGroup

pytestmark = pytest.mark.django_db

KEYS = {
    *("editor", "checker", "approver", "liaison", "publicist", "agent", "cadre", "window_clerk", "case_handler"),
    *("hall_director", "efficiency_office", "supervisor", "leader", "head", "leading_group"),
    *("system_admin", "security_admin", "audit_admin"),
}


def labels(group):
    return {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}


def declare(*roles):
    return hooks.register_temporarily("register_roles", lambda: roles)


def test_migrate_makes_the_groups_of_every_role_with_chinese_names():
    assert set(domain.declared_roles()) >= KEYS
    assert domain.group("checker").name == "核稿"
    assert domain.group("audit_admin").name == "审计管理员"
    assert "wagtailadmin.access_admin" in labels(domain.group("editor"))


def test_several_plugins_add_permissions_to_one_role():
    with declare(
        Role("trainer", "Trainer", "trains", ["auth.view_user"]), Role("trainer", permissions=["auth.view_group"])
    ):
        domain.sync_roles()
        assert labels(domain.group("trainer")) == {"auth.view_user", "auth.view_group"}
        assert domain.declared_roles()["trainer"].description == "trains"


def test_syncing_again_changes_nothing():
    before = list(RoleGroup.objects.order_by("key").values())
    domain.sync_roles()
    assert list(RoleGroup.objects.order_by("key").values()) == before


def test_what_is_declared_no_longer_is_taken_away_and_what_the_office_added_stays():
    with declare(Role("trainer", "Trainer", "", ["auth.view_user", "auth.view_group"])):
        domain.sync_roles()
    group = domain.group("trainer")
    group.permissions.add(Permission.objects.get(codename="add_group"))
    with declare(Role("trainer", "Trainer", "", ["auth.view_user"])):
        domain.sync_roles()
        assert labels(group) == {"auth.view_user", "auth.add_group"}
    domain.sync_roles()
    assert labels(group) == {"auth.add_group"}


def test_what_the_office_granted_before_a_plugin_declared_it_stays_after_the_plugin_goes():
    with declare(Role("trainer", "Trainer")):
        domain.sync_roles()
    domain.group("trainer").permissions.add(Permission.objects.get(codename="view_group"))
    with declare(Role("trainer", "Trainer", "", ["auth.view_group"])):
        domain.sync_roles()
    domain.sync_roles()
    assert labels(domain.group("trainer")) == {"auth.view_group"}


def test_what_the_office_took_away_by_hand_does_not_come_back():
    with declare(Role("trainer", "Trainer", "", ["auth.view_user"])):
        domain.sync_roles()
        domain.group("trainer").permissions.clear()
        domain.sync_roles()
        assert labels(domain.group("trainer")) == set()


def test_an_office_renames_a_group_and_the_name_stays():
    Group.objects.filter(role__key="checker").update(name="校对")
    domain.sync_roles()
    assert domain.group("checker").name == "校对"


def test_a_group_made_by_hand_is_taken_over_by_the_role_of_its_name():
    made = Group.objects.create(name="Trainer")
    with declare(Role("trainer", "Trainer")):
        domain.sync_roles()
    assert domain.group("trainer") == made


def test_two_roles_of_one_name_get_two_groups():
    Group.objects.filter(role__key="checker").update(name="Trainer")
    with declare(Role("trainer", "Trainer")):
        domain.sync_roles()
    assert domain.group("trainer").name == "Trainer (trainer)"


def test_migrating_syncs():
    with declare(Role("trainer", "Trainer", "", ["auth.view_user"])):
        call_command("migrate", verbosity=0)
        assert labels(domain.group("trainer")) == {"auth.view_user"}
