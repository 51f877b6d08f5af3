from wagtail import hooks

from suite.roles import Role
from suite.roles.checks import check_roles


def complaints(*roles):
    with hooks.register_temporarily("register_roles", lambda: roles):
        return [(error.id, error.msg) for error in check_roles(None)]


def test_well_declared_roles_pass():
    assert complaints(Role("trainer", "Trainer", "", ["auth.view_user"]), Role("trainer", "Trainer")) == []


def test_a_permission_nobody_declares_fails():
    assert complaints(Role("trainer", "Trainer", "", ["auth.fly", "nowhere.add_x", "nonsense"])) == [
        ("roles.E001", f"Role trainer names the permission {label}, which no installed model declares.")
        for label in ("auth.fly", "nowhere.add_x", "nonsense")
    ]


def test_two_names_for_one_role_fail():
    assert complaints(Role("trainer", "Trainer"), Role("trainer", "Coach")) == [
        ("roles.E002", "Role trainer has several names: Coach, Trainer.")
    ]


def test_a_role_nobody_names_fails():
    assert complaints(Role("trainr", permissions=["auth.view_user"])) == [
        ("roles.E003", "Nobody names the role trainr.")
    ]
