"""Who reads a material, and that nobody else gets any of it."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from organisation.models import Appointment
from suite.publishing.permissions import anyone_may_read
from suite.roles.domain import group
from tests.training.conftest import appoint
from training.domain.materials import may_read, readable_by
from training.models import MaterialPage


def readers(material, township):
    """The names of those who may read it; by the one function and by the list alike."""
    one_by_one = {name for name, person in township.people.items() if may_read(person.user, material)}
    listed = {name for name, person in township.people.items() if readable_by(person.user).filter(pk=material.pk)}
    assert one_by_one == listed
    return one_by_one


EVERYBODY = {"李", "王", "赵", "孙", "周", "吴"}


def test_a_villagers_material_is_for_everybody(villagers_material, township):
    assert may_read(AnonymousUser(), villagers_material)
    assert anyone_may_read(None, villagers_material)
    assert readers(villagers_material, township) == EVERYBODY


def test_a_staff_material_is_for_who_is_signed_in(staff_material, township):
    assert not may_read(AnonymousUser(), staff_material)
    assert not anyone_may_read(None, staff_material)
    assert list(readable_by(AnonymousUser())) == []
    assert readers(staff_material, township) == EVERYBODY


def test_an_account_that_was_closed_reads_nothing_for_staff(staff_material, township):
    user = township.user("李")
    user.is_active = False
    assert not may_read(user, staff_material)
    assert list(readable_by(user)) == []


def test_an_account_that_was_closed_gets_into_no_section_of_its_own(villagers_material, section, township):
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    user = township.user("李")
    assert may_read(user, villagers_material)
    user.is_active = False
    assert not may_read(user, villagers_material)


def test_roles_narrow_it(draft_material, publish, township):
    material = publish(draft_material(roles=[group("head")]))
    # Who runs training reads everything.
    assert readers(material, township) == {"王", "周"}


def test_units_narrow_it_to_those_in_them_and_below_them(draft_material, publish, township):
    material = publish(draft_material(units=[township.units.office]))
    assert readers(material, township) == {"李", "王", "周"}


def test_a_role_or_a_unit_is_enough(draft_material, publish, township):
    material = publish(draft_material(units=[township.units.village], roles=[group("leader")]))
    assert readers(material, township) == {"孙", "吴", "周"}


def test_who_has_left_the_unit_reads_it_no_more(draft_material, publish, township):
    material = publish(draft_material(units=[township.units.team]))
    assert may_read(township.user("李"), material)
    yesterday = localdate() - datetime.timedelta(days=1)
    Appointment.objects.filter(person=township.people["李"]).update(until=yesterday)
    assert not may_read(township.user("李"), material)


def test_who_left_the_service_and_keeps_an_account_reads_what_is_for_all_staff_and_no_unit(
    draft_material, publish, staff_material, township
):
    material = publish(draft_material(units=[township.units.team]))
    person = township.people["李"]
    person.active = False
    person.save()
    assert not may_read(township.user("李"), material)
    assert may_read(township.user("李"), staff_material)


def test_who_comes_tomorrow_does_not_read_it_today(draft_material, publish, township):
    material = publish(draft_material(units=[township.units.team]))
    tomorrow = localdate() + datetime.timedelta(days=1)
    assert not may_read(appoint("钱", township.units.team, since=tomorrow).user, material)


def test_who_may_edit_it_reads_it_without_being_named(draft_material, publish, township, editors):
    material = publish(draft_material(roles=[group("head")]))
    assert may_read(editors.editor, material)
    assert not may_read(township.user("赵"), material)


def test_a_draft_is_read_by_nobody(draft_material, township, editors):
    material = draft_material(audience="villagers")
    assert not may_read(editors.editor, material)
    assert readers(material, township) == set()


def test_the_restriction_follows_whom_the_published_page_is_for(villagers_material, change, editors):
    draft = villagers_material.get_latest_revision_as_object()
    draft.audience = "staff"
    draft.save_revision(user=editors.editor)
    # The draft changes nothing for readers.
    assert anyone_may_read(None, MaterialPage.objects.get(pk=villagers_material.pk))
    live = change(villagers_material, audience="staff")
    assert not anyone_may_read(None, live)
    again = change(live, audience="villagers")
    assert anyone_may_read(None, MaterialPage.objects.get(pk=again.pk))


def test_nobody_takes_the_restriction_away_beside_the_page(staff_material, django_user_model):
    admin = django_user_model.objects.create_superuser("root")
    assert not staff_material.permissions_for_user(admin).can_set_view_restrictions()


def test_a_copy_of_a_staff_material_is_restricted_too(staff_material, section, editors):
    copy = staff_material.copy(to=section, update_attrs={"slug": "copy", "title": "副本"}, keep_live=False)
    assert {row.restriction_type for row in copy.get_view_restrictions()} == {"login"}


@pytest.mark.parametrize(("restriction", "allowed"), [("login", False), ("password", False)])
def test_a_restricted_section_keeps_strangers_from_a_villagers_material(villagers_material, restriction, allowed):
    parent = villagers_material.get_parent()
    PageViewRestriction.objects.create(page=parent, restriction_type=restriction, password="x")
    assert may_read(AnonymousUser(), MaterialPage.objects.get(pk=villagers_material.pk)) is allowed
