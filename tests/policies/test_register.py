import pytest
from django.urls import reverse

from policies.models import PolicyPage, PolicyTheme

pytestmark = pytest.mark.django_db

REGISTER = "/admin/policies/policypage/"


@pytest.fixture
def theme():
    return PolicyTheme.objects.create(name="养老")


@pytest.fixture
def policies(room, theme):
    for title, of in (("甲办法", theme), ("乙办法", None)):
        room.add_child(instance=PolicyPage(title=title, theme=of))


def titles(response):
    return sorted(policy.title for policy in response.context["object_list"])


def test_the_register_lists_every_document_and_filters_by_theme(client, policies, theme, person):
    client.force_login(person("approver"))
    assert titles(client.get(REGISTER)) == ["乙办法", "甲办法"]
    assert titles(client.get(f"{REGISTER}?theme__id__exact={theme.pk}")) == ["甲办法"]
    assert titles(client.get(f"{REGISTER}?q=乙")) == ["乙办法"]


@pytest.mark.parametrize("role", ["cadre", "system_admin"])
def test_who_has_nothing_to_do_with_policies_does_not_see_the_register(client, policies, person, role):
    client.force_login(person(role))
    assert client.get(REGISTER).status_code in (302, 403)
    assert REGISTER not in client.get("/admin/", follow=True).content.decode()


def test_the_menu_of_a_document_leads_to_the_two_records(client, policies, person):
    client.force_login(person("approver"))
    page = PolicyPage.objects.get(title="甲办法")
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for name in ("policies_confidentiality", "policies_validity"):
        assert reverse(name, args=[page.pk]) in html


def test_a_refused_record_keeps_what_was_typed_and_says_why(client, policies, person):
    approver = person("approver")
    client.force_login(approver)
    page, other = PolicyPage.objects.order_by("title")
    address = reverse("policies_validity", args=[page.pk])
    typed = {"status": "in_force", "since": "2026-01-01", "replaced_by": other.pk, "basis": "会议纪要三号"}
    html = client.post(address, typed).content.decode()
    assert "现行有效的文件没有被取代" in html
    assert 'value="会议纪要三号"' in html
    assert not page.validity_records.exists()


def test_a_record_that_holds_is_written_and_shown_in_the_history(client, policies, person):
    client.force_login(person("approver"))
    page = PolicyPage.objects.get(title="甲办法")
    address = reverse("policies_validity", args=[page.pk])
    response = client.post(address, {"status": "in_force", "since": "2026-01-01", "basis": ""})
    assert response.status_code == 302
    assert "自2026年1月1日起：现行有效" in client.get(address).content.decode().replace(" ", "")


def test_an_editor_gets_no_form_for_validity(client, policies, person):
    client.force_login(person("editor"))
    page = PolicyPage.objects.first()
    assert client.get(reverse("policies_validity", args=[page.pk])).status_code in (302, 403)
