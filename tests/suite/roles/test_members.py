import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import ModelLogEntry

from suite.roles import domain
from suite.roles.models import RoleSettings
from suite.roles.validators import holders_of_several

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("li", first_name="李", last_name="某")


@pytest.fixture
def keeper():
    user = User.objects.create_user("keeper")
    domain.assign(user, "security_admin", None)
    return user


def separate(choice):
    settings = RoleSettings.load()
    settings.separate_administrators = choice
    settings.full_clean()
    settings.save()


def test_a_role_is_given_asked_for_and_taken(person, keeper):
    domain.assign(person, "checker", keeper)
    assert domain.user_has_role(person, "checker")
    assert list(domain.users_in("checker")) == [person]
    domain.withdraw(person, "checker", keeper)
    assert not domain.user_has_role(person, "checker")
    assert list(domain.users_in("checker")) == []


def test_who_gave_and_took_it_is_in_the_log(person, keeper):
    domain.assign(person, "checker", keeper)
    domain.withdraw(person, "checker", keeper)
    entries = ModelLogEntry.objects.for_instance(person).order_by("pk")
    assert [(e.action, e.user, e.data) for e in entries] == [
        ("roles.assign", keeper, {"role": "核稿"}),
        ("roles.withdraw", keeper, {"role": "核稿"}),
    ]


def test_clearing_all_groups_is_in_the_log(person):
    domain.assign(person, "checker", None)
    person.groups.clear()
    assert ModelLogEntry.objects.for_instance(person).first().action == "roles.withdraw"


def test_only_the_security_administrator_gives_roles(person):
    with pytest.raises(ValidationError):
        domain.assign(person, "checker", person)
    assert not domain.user_has_role(person, "checker")


def test_someone_who_left_or_never_logged_in_holds_no_role(person):
    domain.assign(person, "checker", None)
    person.is_active = False
    person.save()
    assert not domain.user_has_role(person, "checker")
    assert list(domain.users_in("checker")) == []
    assert not domain.user_has_role(AnonymousUser(), "checker")


@pytest.mark.parametrize(
    ("first", "second"),
    [("system_admin", "security_admin"), ("security_admin", "audit_admin"), ("audit_admin", "system_admin")],
)
def test_no_one_person_is_two_of_the_three_administrators(person, first, second):
    domain.assign(person, first, None)
    with pytest.raises(ValidationError, match="三员"):
        domain.assign(person, second, None)
    assert domain.role_keys(User.objects.get(pk=person.pk)) == {first}


def test_nor_by_adding_the_person_to_the_group_or_the_group_to_the_person(person):
    domain.assign(person, "audit_admin", None)
    security = domain.group("security_admin")
    for way in (
        lambda: person.groups.add(security),
        lambda: security.user_set.add(person),
        lambda: person.groups.set([security, domain.group("audit_admin")]),
    ):
        with pytest.raises(ValidationError, match="李"), transaction.atomic():
            way()
    assert set(person.groups.all()) == {domain.group("audit_admin")}


def test_changing_from_one_to_the_other_is_allowed(person):
    domain.assign(person, "audit_admin", None)
    person.groups.set([domain.group("security_admin")])
    assert set(person.groups.all()) == {domain.group("security_admin")}


def test_a_superuser_counts_as_system_administrator(person):
    domain.assign(person, "audit_admin", None)
    person.is_superuser = True
    with pytest.raises(ValidationError):
        person.save()
    boss = User.objects.create_superuser("boss")
    domain.assign(boss, "system_admin", None)
    with pytest.raises(ValidationError):
        domain.assign(boss, "security_admin", None)


def test_a_small_office_switches_the_rule_off_and_not_on_again_while_somebody_breaks_it(person):
    assert not domain.separation_is_off()
    separate(False)
    assert domain.separation_is_off()
    domain.assign(person, "system_admin", None)
    domain.assign(person, "audit_admin", None)
    assert holders_of_several() == ["李 某"]
    with pytest.raises(ValidationError, match="李 某"):
        separate(True)
    domain.withdraw(person, "audit_admin", None)
    separate(True)
    assert not domain.separation_is_off()


def test_the_rule_holds_for_a_renamed_group(person):
    Group.objects.filter(role__key="audit_admin").update(name="审计员")
    domain.assign(person, "audit_admin", None)
    with pytest.raises(ValidationError, match="审计员"):
        domain.assign(person, "system_admin", None)
