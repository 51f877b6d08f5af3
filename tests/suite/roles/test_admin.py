"""The users and groups of Wagtail's admin under the rule of the three administrators."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from suite.roles import domain

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = User.objects.create_user("li", "li@example.org", "secret", first_name="李", last_name="某")
    domain.assign(user, "audit_admin", None)
    return user


def login_as(client, key):
    user = User.objects.create_user(key, password="secret")
    domain.assign(user, key, None)
    client.force_login(user)
    return user


def form_of(user, **changes):
    data = {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
    }
    return {**data, **changes}


def test_the_user_form_shows_the_refusal_beside_the_roles(client, person):
    login_as(client, "security_admin")
    both = [domain.group(key).pk for key in ("audit_admin", "system_admin")]
    response = client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form_of(person, groups=both))
    assert response.status_code == 200
    assert "三员" in str(response.context["form"].errors["groups"])
    assert "三员" in response.content.decode()
    assert domain.role_keys(User.objects.get(pk=person.pk)) == {"audit_admin"}


def test_the_security_administrator_changes_roles_and_nothing_else_of_an_account(client, person):
    login_as(client, "security_admin")
    data = form_of(
        person, groups=[domain.group("security_admin").pk], username="zhao", password1="Nq7-uu3x", password2="Nq7-uu3x"
    )
    response = client.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)
    assert response.status_code == 302
    person = User.objects.get(pk=person.pk)
    assert domain.role_keys(person) == {"security_admin"}
    assert person.username == "li"
    assert person.check_password("secret")


def test_the_system_administrator_keeps_accounts_but_gives_no_role_and_makes_no_superuser(client, person):
    login_as(client, "system_admin")
    data = form_of(person, groups=[domain.group("security_admin").pk], first_name="丽", is_superuser="on")
    response = client.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)
    assert response.status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (person.first_name, person.is_superuser) == ("丽", False)
    assert domain.role_keys(person) == {"audit_admin"}


def test_the_system_administrator_opens_an_account(client):
    login_as(client, "system_admin")
    data = {
        "username": "wang",
        "email": "w@example.org",
        "first_name": "王",
        "last_name": "某",
        "password1": "Nq7-uu3x",
        "password2": "Nq7-uu3x",
        "groups": [domain.group("security_admin").pk],
    }
    response = client.post(reverse("wagtailusers_users:add"), data)
    assert response.status_code == 302
    assert list(User.objects.get(username="wang").groups.all()) == []


def test_only_a_superuser_edits_a_superuser(client):
    login_as(client, "system_admin")
    boss = User.objects.create_superuser("boss", password="secret")
    client.post(reverse("wagtailusers_users:edit", args=[boss.pk]), form_of(boss, password1="x", password2="x"))
    assert User.objects.get(pk=boss.pk).check_password("secret")
    client.force_login(boss)
    assert client.get(reverse("wagtailusers_users:edit", args=[boss.pk])).status_code == 200


def test_a_superuser_made_of_an_audit_administrator_is_refused_on_the_form(client, person):
    client.force_login(User.objects.create_superuser("boss"))
    response = client.post(
        reverse("wagtailusers_users:edit", args=[person.pk]), form_of(person, groups=[], is_superuser="on")
    )
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["groups"]
    assert not User.objects.get(pk=person.pk).is_superuser


def bulk(client, action, users, **data):
    url = reverse("wagtail_bulk_action", args=["auth", "user", action])
    return client.post(f"{url}?" + "&".join(f"id={user.pk}" for user in users), data)


def test_the_bulk_action_shows_the_refusal_and_gives_nobody_the_role(client, person):
    login_as(client, "security_admin")
    other = User.objects.create_user("other")
    response = bulk(client, "assign_role", [person, other], role=domain.group("system_admin").pk)
    assert response.status_code == 200
    assert "三员" in response.content.decode()
    assert list(domain.users_in("system_admin")) == []
    assert bulk(client, "assign_role", [other], role=domain.group("system_admin").pk).status_code == 302
    assert list(domain.users_in("system_admin")) == [other]


def test_the_system_administrator_gives_no_role_in_bulk(client, person):
    login_as(client, "system_admin")
    bulk(client, "assign_role", [person], role=domain.group("checker").pk)
    assert list(domain.users_in("checker")) == []


def test_the_security_administrator_closes_no_account_in_bulk(client, person):
    login_as(client, "security_admin")
    bulk(client, "set_active_state", [person], mark_as_active="False")
    assert User.objects.get(pk=person.pk).is_active


def test_the_group_of_a_role_cannot_be_deleted_and_another_can(client):
    login_as(client, "security_admin")
    checkers, choir = domain.group("checker"), Group.objects.create(name="合唱队")
    response = client.post(reverse("wagtailusers_groups:delete", args=[checkers.pk]), follow=True)
    assert "核稿" in response.content.decode()
    client.post(reverse("wagtailusers_groups:delete", args=[choir.pk]))
    assert list(Group.objects.filter(name__in=["核稿", "合唱队"])) == [checkers]
