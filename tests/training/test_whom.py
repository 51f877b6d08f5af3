"""Whom roles, units and people mean on a day."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from organisation.models import Person
from suite.roles.domain import group
from tests.training.town import Town, appoint, leave
from training.domain.whom import concerning, concerns, persons, persons_of
from training.models import MaterialIndexPage, MaterialPage, Requirement

DAY = datetime.date(2026, 11, 2)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def ask(town):
    """Asks roles (by key), units and people to read something."""
    home = Site.objects.get(is_default_site=True).root_page
    index = home.add_child(instance=MaterialIndexPage(title="学习资料", live=False))
    material = index.add_child(instance=MaterialPage(title="保密须知", kind="document", live=False))

    def requirement(roles=(), units=(), people=()):
        made = Requirement.objects.create(material=material, due=DAY, reason="上级要求")
        made.roles.set([group(role) for role in roles])
        made.units.set(units)
        made.people.set(people)
        return made

    return requirement


def names(whom, on=DAY):
    """Whom it means, asked in all three ways, which have to agree."""
    found = persons(whom, on)
    everybody = Person.objects.all()
    assert {one for one in everybody if concerns(whom, one, on)} == set(found)
    assert {one for one in everybody if whom in concerning(Requirement.objects.all(), one, on)} == set(found)
    return sorted(one.name for one in found)


def test_a_role_means_everybody_who_plays_it(town, ask):
    town.person("田野", "cadre")
    town.person("江海", "leader")
    assert names(ask(roles=["cadre"])) == ["田野"]


def test_a_unit_means_who_has_a_post_in_it_or_below_it(town, ask):
    town.person("田野", unit=town.office)
    town.person("白露", unit=town.centre)
    town.person("石磊", unit=town.team)
    assert names(ask(units=[town.centre])) == ["白露", "石磊"]


def test_people_are_meant_by_name_with_or_without_an_account(town, ask):
    assert names(ask(people=[town.person("田野", account=False)])) == ["田野"]


def test_who_is_named_in_several_ways_is_meant_once(town, ask):
    one = town.person("田野", "cadre", unit=town.team)
    appoint(one, town.centre)
    town.person("江海", "leader")
    made = ask(["cadre"], [town.centre, town.team], [one])
    assert names(made) == ["田野"]
    assert Requirement.objects.count() == concerning(Requirement.objects.all(), one, DAY).count() == 1


def test_nobody_named_means_nobody(town, ask):
    town.person("田野", "cadre", unit=town.office)
    assert names(ask()) == []


def test_posts_count_on_their_first_and_last_day_and_not_outside(town, ask):
    town.person("田野", unit=town.office, since=DAY, until=DAY)
    made = ask(units=[town.office])
    assert [names(made, day) for day in (DAY - ONE_DAY, DAY, DAY + ONE_DAY)] == [[], ["田野"], []]


def test_who_left_is_not_meant_in_any_way(town, ask):
    one = town.person("田野", "cadre", unit=town.office)
    made = ask(["cadre"], [town.office], [one])
    assert names(made) == ["田野"]
    leave(one)
    assert names(made) == []


def test_an_account_that_is_switched_off_plays_no_role(town, ask):
    one = town.person("田野", "cadre")
    one.user.is_active = False
    one.user.save()
    assert names(ask(roles=["cadre"])) == []


def test_who_moves_to_another_unit_is_meant_there(town, ask):
    one = town.person("田野", unit=town.office, until=DAY)
    appoint(one, town.team, since=DAY + ONE_DAY)
    office, centre = ask(units=[town.office]), ask(units=[town.centre])
    assert (names(office), names(centre)) == (["田野"], [])
    assert (names(office, DAY + ONE_DAY), names(centre, DAY + ONE_DAY)) == ([], ["田野"])


def test_many_are_asked_about_in_as_many_queries_as_one(town, ask):
    town.person("田野", "cadre", unit=town.office)
    one = [ask(["cadre"], [town.office])]
    many = one + [ask(["cadre"], [town.team]) for number in range(5)]

    def queries(whoms):
        with CaptureQueriesContext(connection) as asked:
            persons_of(whoms, DAY)
        return len(asked)

    assert (queries(one), queries(many), queries([])) == (5, 5, 0)


def test_what_is_named_is_shown_by_name(town, ask):
    town.centre.short_name = "便民中心"
    town.centre.save()
    made = ask(["cadre"], [town.centre], [town.person("田野")])
    assert made.named == [group("cadre").name, "便民中心", "田野"]
